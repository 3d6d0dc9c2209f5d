//! Finding a piece of work for an officer: only of the own unit, and never the officer's own request.

use std::sync::Arc;

use jiff::Timestamp;
use qyzmet_domain::{CaseId, Locale, OfficerSession};
use qyzmet_engine::{Case, Command, Desk, Officer, Regulation, Task};
use qyzmet_store::{
    Tx,
    repositories::{
        accounts,
        cases::{self, CaseRow},
        orders,
        waits::{self, WaitRow},
    },
};

use crate::{
    App, Cx, Draw, Error,
    cases::{Work, advance, live, parse, regulation_of},
    conduct::standing,
};

/// A piece of work: a case at one action of a unit's desk, now or earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The case.
    pub case: CaseId,
    /// The action.
    pub action: u32,
}

/// A piece of work with everything that belongs to it.
pub(super) struct Loaded {
    pub(super) wait: WaitRow,
    pub(super) row: CaseRow,
    pub(super) case: Case,
    pub(super) regulation: Arc<Regulation>,
    /// The order of certificates that is to be approved, in its canonical form.
    pub(super) order: Option<Vec<u8>>,
}

/// Loads a piece of work, for an officer who may act now. What belongs to another unit, or is the officer's own request, is as good as none.
pub(super) fn load(
    tx: &mut Tx<'_>,
    app: &App,
    officer: &OfficerSession,
    (place, now): (Place, Timestamp),
) -> Result<Loaded, Error> {
    standing::check(tx, app, officer, now)?;
    let desk = (officer.body.as_str(), officer.unit.as_str());
    let wait = waits::at_desk(tx, place.case, place.action, desk)?.ok_or(Error::NotFound)?;
    if wait.account == officer.person.account {
        return Err(Error::NotFound);
    }
    let row = live(cases::find(tx, wait.account, place.case)?.ok_or(Error::NotFound)?)?;
    let case = parse(&row)?;
    let order = if wait.task == Task::Approve.as_str() { order_of(tx, &case)? } else { None };
    Ok(Loaded { regulation: regulation_of(app, &row)?, case, wait, row, order })
}

fn order_of(tx: &mut Tx<'_>, case: &Case) -> Result<Option<Vec<u8>>, Error> {
    let Some(number) = &case.number else { return Ok(None) };
    Ok(orders::by_number(tx, &number.to_string())?.map(|order| order.text))
}

/// The officer as the engine knows them.
pub(super) fn of_unit(officer: &OfficerSession) -> Officer {
    Officer { id: officer.person.account, unit: officer.unit.clone() }
}

/// Gives the engine a command of an officer, in one unit with everything that follows from it.
pub(super) async fn command(
    cx: &Cx,
    place: Place,
    make: impl Fn(&OfficerSession, &Loaded, &mut Tx<'_>, &mut Draw) -> Result<Command, Error>
    + Send
    + Sync
    + 'static,
) -> Result<(), Error> {
    let (officer, app, actor) = (cx.officer()?, cx.app.clone(), cx.caller.actor());
    let done = cx.write(move |tx, draw| {
        let loaded = load(tx, &app, &officer, (place, draw.now()))?;
        if loaded.wait.left_at.is_some() {
            return Err(Error::Late);
        }
        let command = make(&officer, &loaded, tx, draw)?;
        carry_out(tx, draw, (&app, &actor), loaded, command)
    });
    match done.await {
        Ok(()) => cx.app.tell(place.case),
        Err(error) => return Err(standing::journal_refusal(cx, error).await),
    }
    Ok(())
}

/// Gives the engine a command, in the language in which the recipient is told of it.
pub(super) fn carry_out(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    (app, actor): (&App, &str),
    loaded: Loaded,
    command: Command,
) -> Result<(), Error> {
    let locale = accounts::by_id(tx, loaded.row.account)?.map_or(Locale::Kk, |account| account.locale);
    let work = Work { app, regulation: &loaded.regulation, actor, locale, above: 0 };
    advance(tx, draw, &work, loaded.row, command)?;
    Ok(())
}

/// The officer at the desk, as the page showed the work.
pub(super) fn at(officer: &OfficerSession, visit: u32) -> Desk {
    Desk { by: of_unit(officer), visit }
}
