//! A person changes their mind before the request is confirmed.

use qyzmet_domain::{CaseId, Locale};
use qyzmet_engine::{Command, Denial};

use super::{
    advance::{Work, advance},
    confirm::asked,
    load::{owned, parse, regulation_of},
    seen::Seen,
};
use crate::{Access, Cx, Error, UseCase};

/// Ends a case that waits for its confirmation.
pub struct WithdrawCase {
    /// Which case.
    pub case: CaseId,
    /// What the page showed.
    pub seen: Seen,
}

impl UseCase for WithdrawCase {
    type Output = ();
    const NAME: &'static str = "withdraw-case";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (account, app, actor, id) = (cx.account()?, cx.app.clone(), cx.caller.actor(), self.case);
        let Seen { action, visit } = self.seen;
        cx.write(move |tx, draw| {
            let row = owned(tx, account, id)?;
            let regulation = regulation_of(&app, &row)?;
            let case = parse(&row)?;
            self.seen.still(&case, asked(&regulation, &case)?.0)?;
            let work =
                Work { app: &app, regulation: &regulation, actor: &actor, locale: Locale::Kk, above: 0 };
            advance(tx, draw, &work, row, Command::Deny { action, visit, reason: Denial::Withdrawn })?;
            Ok(())
        })
        .await?;
        cx.app.tell(id);
        Ok(())
    }
}
