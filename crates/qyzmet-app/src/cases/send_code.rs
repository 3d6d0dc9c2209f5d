//! A person asks for a new code: the former one is worth nothing from then on.

use qyzmet_domain::{CaseId, Locale};
use qyzmet_engine::{Waiting, waiting};
use qyzmet_store::repositories::codes;

use super::{
    advance::Work,
    code,
    load::{owned, parse, regulation_of},
};
use crate::{Access, Cx, Error, UseCase, record::Record};

/// Sends a new code to where the action table sends the codes of the case.
pub struct SendCodeAgain {
    /// Which case.
    pub case: CaseId,
    /// In which language.
    pub locale: Locale,
}

impl UseCase for SendCodeAgain {
    type Output = ();
    const NAME: &'static str = "send-code-again";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (account, app, actor) = (cx.account()?, cx.app.clone(), cx.caller.actor());
        cx.write(move |tx, draw| {
            let row = owned(tx, account, self.case)?;
            let regulation = regulation_of(&app, &row)?;
            let case = parse(&row)?;
            let confirming = |wait: &Waiting| matches!(wait, Waiting::Confirm { .. });
            if !waiting(&regulation, &case).iter().any(confirming) {
                return Err(Error::Late);
            }
            let (former, _) = codes::find(tx, account, self.case)?.ok_or(Error::Late)?;
            let work =
                Work { app: &app, regulation: &regulation, actor: &actor, locale: self.locale, above: 0 };
            code::send(tx, draw, &work, &case, former.purpose)?;
            Record::of(actor.clone(), "code-sent-again").subject(account).write(tx, draw)?;
            Ok(())
        })
        .await
    }
}
