//! A person starts a service: a case is opened, and a second click finds the same one.

use qyzmet_domain::{CaseId, Identifier, Locale, ServiceId};
use qyzmet_engine::{Channel, Command, Recipient};
use qyzmet_store::repositories::{accounts, cases};

use super::advance::{Work, advance, new_row};
use crate::{Access, Cx, Error, UseCase, numbering};

/// Starts a service for the person who is signed in.
pub struct StartCase {
    /// Which service.
    pub service: ServiceId,
}

impl UseCase for StartCase {
    type Output = CaseId;
    const NAME: &'static str = "start-case";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<CaseId, Error> {
        let regulation =
            cx.app.catalogue.current(&self.service, numbering::day(cx.now)).ok_or(Error::NotFound)?;
        if !regulation.starts_on(Channel::Portal) {
            return Err(Error::NotFound);
        }
        let (account, app, actor) = (cx.account()?, cx.app.clone(), cx.caller.actor());
        cx.write(move |tx, draw| {
            let open = cases::open_of_service(tx, account, regulation.id())?;
            if let Some(row) = open.filter(|row| {
                row.sequence == 1 && row.frozen_at.is_none() && row.version == regulation.version.as_str()
            }) {
                return Ok(row.id);
            }
            let person = accounts::by_id(tx, account)?.ok_or(Error::NotFound)?;
            let recipient = Recipient { account, identifier: Identifier::Iin(person.iin), name: person.name };
            let id = draw.case();
            let work =
                Work { app: &app, regulation: &regulation, actor: &actor, locale: Locale::Kk, above: 0 };
            let row = new_row(id, account, &regulation, draw);
            advance(tx, draw, &work, row, Command::Open { case: id, recipient, channel: Channel::Portal })?;
            Ok(id)
        })
        .await
    }
}
