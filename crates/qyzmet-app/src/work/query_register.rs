//! A case waits for a register: ask it over its real protocol and bring the answer in as a command.

mod organisations;
mod persons;

use std::{collections::BTreeMap, str::FromStr};

use qyzmet_domain::{AccountId, Bin, CaseId, Iin, Locale, MessageId, Register};
use qyzmet_engine::{Waiting, waiting};
use qyzmet_store::{jobs::Job, repositories::cases};
use serde::Deserialize;

use super::Failure;
use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    authority::issuing_action,
    cases::{AnswerQuery, RegisterWord, live, parse, regulation_of},
    ports::{ConsentQuestion, ConsentToken},
    run,
};

/// What a job for a case says.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Subject {
    pub(super) account: AccountId,
    pub(super) case: CaseId,
    pub(super) action: u32,
}

impl Subject {
    pub(super) fn of(job: &Job) -> Result<Self, Failure> {
        serde_json::from_value(job.payload.clone()).map_err(|_| Failure::for_good("a job without its case"))
    }
}

/// Carries the job out.
pub(super) async fn query(app: &App, job: &Job) -> Result<(), Failure> {
    let subject = Subject::of(job)?;
    let system = qyzmet_domain::Caller::System;
    let question = run(app, &system, FindQuestion { subject }).await?;
    let Some(Question { about, purpose }) = question else {
        return Err(Failure::for_good("the case no longer waits for this answer"));
    };
    let (word, answer_id) = match about {
        About::Person { iin, named } => persons::ask(app, iin, named, purpose).await?,
        About::Organisation { bin, requestor } => organisations::ask(app, bin, requestor, purpose).await?,
        About::Elsewhere => return Err(Failure::for_good("no connector for this register")),
    };
    let Subject { account, case, action } = subject;
    run(app, &system, AnswerQuery { job: job.clone(), account, case, action, word, answer_id }).await?;
    Ok(())
}

/// What is asked, as far as a register needs to know.
struct Question {
    about: About,
    /// What for, as the person reads it in the list of uses of their data.
    purpose: String,
}

/// Whom a register is asked about: a person by IIN, an entity by BIN.
enum About {
    Person {
        iin: Iin,
        /// Whether the names of the person are needed.
        named: bool,
    },
    Organisation {
        bin: Bin,
        /// For whom it is asked.
        requestor: Iin,
    },
    /// A register that this portal has no way to.
    Elsewhere,
}

impl About {
    fn read(register: &str, ask: &BTreeMap<String, String>, named: bool) -> Result<Self, Error> {
        match register.parse() {
            Ok(Register::Individuals) => Ok(Self::Person { iin: number(ask, "person")?, named }),
            Ok(Register::LegalEntities) => Ok(Self::Organisation {
                bin: number(ask, "organisation")?,
                requestor: number(ask, "person")?,
            }),
            Err(_) => Ok(Self::Elsewhere),
        }
    }
}

/// An identification number of the question.
fn number<T: FromStr>(ask: &BTreeMap<String, String>, subject: &str) -> Result<T, Error> {
    let number = ask.get(subject).and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| Error::fault("a question about nobody"))
}

/// Finds what a case waits for; nothing when it has been answered.
struct FindQuestion {
    subject: Subject,
}

impl UseCase for FindQuestion {
    type Output = Option<Question>;
    const NAME: &'static str = "find-question";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Option<Question>, Error> {
        let Subject { account, case, action } = self.subject;
        let row = cx.read(move |tx| Ok(cases::find(tx, account, case)?)).await?;
        let row = live(row.ok_or(Error::NotFound)?)?;
        let regulation = regulation_of(&cx.app, &row)?;
        let asked = waiting(&regulation, &parse(&row)?).into_iter().find_map(|wait| match wait {
            Waiting::Query { action: number, register, ask, .. } if number == action => Some((register, ask)),
            _ => None,
        });
        let Some((register, ask)) = asked else { return Ok(None) };
        let named = issuing_action(&regulation).is_some();
        let about = About::read(&register, &ask, named)?;
        Ok(Some(Question { about, purpose: regulation.title(Locale::Kk).to_owned() }))
    }
}

/// Obtains the consent of a person to ask a register, and a number for the question itself. Each attempt has message
/// numbers of its own, as gateways refuse numbers that they have seen.
async fn consent(
    app: &App,
    iin: Iin,
    register: Register,
    purpose: String,
) -> Result<(ConsentToken, MessageId), Failure> {
    let seed = app.entropy.seed().map_err(|error| Failure::from(Error::fault(error)))?;
    let mut draw = Draw::new(seed, app.now());
    let message = draw.message();
    let question = ConsentQuestion { message, at: app.now(), iin, register, purpose };
    Ok((app.ports.consents.token(question).await?, draw.message()))
}
