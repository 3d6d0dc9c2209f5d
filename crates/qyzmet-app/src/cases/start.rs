//! A person starts a service: a case is opened, and a second click finds the same one.

use qyzmet_domain::{CaseId, Identifier, Locale, ServiceId};
use qyzmet_engine::{Channel, Command, Recipient, Regulation};
use qyzmet_store::{
    Tx,
    repositories::{
        accounts::{self, Account},
        cases::{self, CaseRow},
    },
};

use super::{
    advance::{Work, advance, new_row},
    load::parse,
};
use crate::{Access, Cx, Draw, Error, UseCase, catalogue::is_offered, numbering};

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
            let person = accounts::by_id(tx, account)?.ok_or(Error::NotFound)?;
            let work =
                Work { app: &app, regulation: &regulation, actor: &actor, locale: Locale::Kk, above: 0 };
            start(tx, draw, &work, (person, Channel::Portal))
        })
        .await
    }
}

/// Opens a case for somebody, or finds the one of the same service that is untouched in the same channel.
pub(crate) fn start(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    (person, channel): (Account, Channel),
) -> Result<CaseId, Error> {
    let (account, regulation) = (person.id, work.regulation);
    let open = cases::open_of_service(tx, account, regulation.id())?;
    if let Some(row) = open.filter(|row| is_untouched(row, regulation, channel)) {
        return Ok(row.id);
    }
    let recipient = Recipient { account, identifier: Identifier::Iin(person.iin), name: person.name };
    let id = draw.case();
    let row = new_row(id, account, regulation, draw);
    advance(tx, draw, work, row, Command::Open { case: id, recipient, channel })?;
    Ok(id)
}

fn is_untouched(row: &CaseRow, regulation: &Regulation, channel: Channel) -> bool {
    row.sequence == 1
        && row.frozen_at.is_none()
        && row.version == regulation.version.as_str()
        && parse(row).is_ok_and(|case| case.channel == channel)
}
