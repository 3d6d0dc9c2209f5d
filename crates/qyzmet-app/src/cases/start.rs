//! A person starts a service: a case is opened, and a second click finds the same one.

use qyzmet_domain::{AccountId, CaseId, Identifier, Locale, ServiceId};
use qyzmet_engine::{Channel, Command, Recipient, Regulation};
use qyzmet_store::{
    Tx,
    repositories::{accounts, cases},
};

use super::advance::{Work, advance, new_row};
use crate::{Access, App, Cx, Draw, Error, UseCase, catalogue::is_offered, numbering};

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
        if !is_offered(&cx.app, &regulation) {
            return Err(Error::NotFound);
        }
        let (account, app, actor) = (cx.account()?, cx.app.clone(), cx.caller.actor());
        cx.write(move |tx, draw| {
            start(tx, draw, &Starter { app: &app, regulation: &regulation, account, actor: &actor })
        })
        .await
    }
}

/// Who starts what.
pub(crate) struct Starter<'a> {
    /// The application.
    pub(crate) app: &'a App,
    /// The version that new requests take.
    pub(crate) regulation: &'a Regulation,
    /// For whom.
    pub(crate) account: AccountId,
    /// Who does it, for the journal.
    pub(crate) actor: &'a str,
}

/// Opens a case, or finds the one that is open and untouched.
pub(crate) fn start(tx: &mut Tx<'_>, draw: &mut Draw, starter: &Starter<'_>) -> Result<CaseId, Error> {
    let Starter { app, regulation, account, actor } = *starter;
    let open = cases::open_of_service(tx, account, regulation.id())?;
    if let Some(row) = open.filter(|row| {
        row.sequence == 1 && row.frozen_at.is_none() && row.version == regulation.version.as_str()
    }) {
        return Ok(row.id);
    }
    let person = accounts::by_id(tx, account)?.ok_or(Error::NotFound)?;
    let recipient = Recipient { account, identifier: Identifier::Iin(person.iin), name: person.name };
    let id = draw.case();
    let work = Work { app, regulation, actor, locale: Locale::Kk, above: 0 };
    let row = new_row(id, account, regulation, draw);
    advance(tx, draw, &work, row, Command::Open { case: id, recipient, channel: Channel::Portal })?;
    Ok(id)
}
