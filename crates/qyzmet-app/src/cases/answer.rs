//! The answer of a register re-enters as a command, together with the end of the job that asked.

use std::collections::BTreeMap;

use qyzmet_domain::{AccountId, CaseId, Locale};
use qyzmet_engine::Command;
use qyzmet_store::{
    jobs::{self, Job},
    repositories::{accounts, cases},
};

use super::{
    advance::{Work, advance},
    load::regulation_of,
};
use crate::{Access, Cx, Error, UseCase};

/// What a register said about whom a case asked.
#[derive(Clone)]
pub(crate) enum RegisterWord {
    /// What it knows, by fact name.
    Knows(BTreeMap<String, String>),
    /// It definitely has nobody.
    Nobody,
}

/// Takes the answer of a register into a case and ends the job.
pub(crate) struct AnswerQuery {
    /// The job that asked.
    pub(crate) job: Job,
    /// Whose case.
    pub(crate) account: AccountId,
    /// Which case.
    pub(crate) case: CaseId,
    /// Which action asked.
    pub(crate) action: u32,
    /// What was said.
    pub(crate) word: RegisterWord,
    /// The register's number of the answer.
    pub(crate) answer_id: String,
}

impl UseCase for AnswerQuery {
    type Output = ();
    const NAME: &'static str = "answer-query";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (app, id) = (cx.app.clone(), self.case);
        cx.write(move |tx, draw| {
            let row = cases::find(tx, self.account, self.case)?.ok_or(Error::NotFound)?;
            let regulation = regulation_of(&app, &row)?;
            let locale = accounts::by_id(tx, self.account)?.map_or(Locale::Kk, |account| account.locale);
            let work = Work { app: &app, regulation: &regulation, actor: "system", locale, above: 0 };
            let (action, answer_id) = (self.action, self.answer_id.clone());
            let command = match self.word.clone() {
                RegisterWord::Knows(facts) => Command::Answer { action, facts, answer_id },
                RegisterWord::Nobody => Command::Absent { action, answer_id },
            };
            match advance(tx, draw, &work, row, command) {
                Ok(_) | Err(Error::Late) => {}
                Err(error) => return Err(error),
            }
            if jobs::complete(tx, &self.job, draw.now())? { Ok(()) } else { Err(Error::Late) }
        })
        .await?;
        cx.app.tell(id);
        Ok(())
    }
}
