//! A case whose events are not as they were written is frozen until they are again: no command moves it, others go on.

use qyzmet_domain::{CaseId, Locale};
use qyzmet_store::{
    Tx,
    repositories::{
        accounts,
        cases::{self, CaseRow},
    },
};
use serde_json::json;

use crate::{
    App, Cx, Draw, Error,
    cases::{Work, regulation_of, rejoin},
    record::Record,
};

/// A case that does not agree with its events.
#[derive(Clone)]
pub(super) struct Damaged {
    pub(super) row: CaseRow,
    /// The event that was changed, by its number in the case, when one can be named.
    pub(super) event: Option<u64>,
}

/// Freezes what was found and is not frozen yet, and lets go what agrees again. The answer is how many cases rest now.
pub(super) async fn settle(cx: &Cx, damaged: &[Damaged], sound: &[CaseRow]) -> Result<u64, Error> {
    for case in damaged.iter().filter(|case| case.row.frozen_at.is_none()) {
        let (case, id) = (case.clone(), case.row.id);
        cx.write(move |tx, draw| freeze(tx, draw, &case)).await?;
        tracing::error!(case = %id, "a case does not agree with its events and is frozen");
        cx.app.tell(id);
    }
    for row in sound {
        let (app, row, id) = (cx.app.clone(), row.clone(), row.id);
        cx.write(move |tx, draw| release(tx, draw, &app, &row)).await?;
        cx.app.tell(id);
    }
    Ok(damaged.len() as u64)
}

fn freeze(tx: &mut Tx<'_>, draw: &mut Draw, case: &Damaged) -> Result<(), Error> {
    cases::freeze(tx, &case.row, Some(draw.now()))?;
    note(tx, draw, &case.row, ("case-frozen", case.event))
}

/// A composite that was frozen looks which of its members have ended meanwhile.
fn release(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, row: &CaseRow) -> Result<(), Error> {
    cases::freeze(tx, row, None)?;
    note(tx, draw, row, ("case-released", None))?;
    let row = cases::find(tx, row.account, row.id)?.ok_or(Error::NotFound)?;
    let regulation = regulation_of(app, &row)?;
    let locale = accounts::by_id(tx, row.account)?.map_or(Locale::Kk, |account| account.locale);
    let work = Work { app, regulation: &regulation, actor: "system", locale, above: 0 };
    rejoin(tx, draw, &work, row)
}

/// What happens to a case without being an event of it.
fn note(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    row: &CaseRow,
    (what, event): (&'static str, Option<u64>),
) -> Result<(), Error> {
    let case: CaseId = row.id;
    Record::of("system".to_owned(), what)
        .subject(row.account)
        .payload(json!({ "case": case, "event": event }))
        .write(tx, draw)?;
    Ok(())
}
