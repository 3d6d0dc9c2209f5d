//! Clocks that have to be looked at: terms of payments and events that are over, dates that have come, and cases that are
//! raised to the head of the unit before and after their term.

use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::Locale;
use qyzmet_engine::Command;
use qyzmet_store::{
    Tx,
    repositories::{
        accounts, cases,
        payments::{self, PaymentRow},
        waits::{self, WaitRow},
    },
};
use serde_json::json;

use super::heads::heads_of;
use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    cases::{
        Work, advance, parse, regulation_of,
        terms::Reckoner,
        waits::{PAYMENT, is_of_desk, set_clock},
    },
    record::Record,
};

/// When the clock of a case that rests is looked at again.
const FROZEN: SignedDuration = SignedDuration::from_mins(10);
/// How many clocks are looked at in one go.
const MOST: u32 = 50;
/// After which time a clock that could not be looked at is tried again.
const TROUBLED: SignedDuration = SignedDuration::from_mins(1);
/// How long the gateway has to say whether a fee was paid in time.
const ASKING: SignedDuration = SignedDuration::from_secs(10);

/// Looks at all clocks whose moment has come.
pub struct RingAlarms;

impl UseCase for RingAlarms {
    /// How many had rung.
    type Output = usize;
    const NAME: &'static str = "ring-alarms";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<usize, Error> {
        let now = cx.now;
        let rung = cx.read(move |tx| Ok(waits::alarms(tx, now, MOST)?)).await?;
        for wait in &rung {
            let (app, seen, case) = (cx.app.clone(), wait.clone(), wait.case);
            match cx.write(move |tx, draw| ring(tx, draw, &app, &seen)).await {
                Ok(()) => cx.app.tell(case),
                // One case that cannot go on keeps no other waiting, now or in the next round.
                Err(error) => {
                    tracing::warn!(%case, %error, "a clock was not looked at and will be again");
                    put_off(&cx, wait.clone()).await?;
                }
            }
        }
        Ok(rung.len())
    }
}

/// A clock that could not be looked at lets all others go first.
async fn put_off(cx: &Cx, wait: WaitRow) -> Result<(), Error> {
    let until = cx.now.checked_add(TROUBLED).map_err(Error::fault)?;
    cx.write(move |tx, _| Ok(waits::put_off(tx, &wait, until).map(drop)?)).await
}

/// One clock, looked at again inside the write: another process may have been faster.
fn ring(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, seen: &WaitRow) -> Result<(), Error> {
    let open = waits::open_of_case(tx, seen.account, seen.case)?;
    let same = |wait: &WaitRow| (wait.action, wait.visit) == (seen.action, seen.visit);
    let Some(wait) = open.into_iter().find(same) else { return Ok(()) };
    match wait.alarm_at {
        Some(at) if at <= draw.now() => {}
        _ => return Ok(()),
    }
    if is_of_desk(&wait) { raise(tx, draw, app, wait) } else { expire(tx, draw, app, wait) }
}

/// Raises a case to the heads of the unit: before the term is over, and after it.
fn raise(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, mut wait: WaitRow) -> Result<(), Error> {
    let over = wait.due_at.is_some_and(|due| draw.now() > due);
    let row = cases::find(tx, wait.account, wait.case)?.ok_or(Error::NotFound)?;
    let (regulation, case) = (regulation_of(app, &row)?, parse(&row)?);
    let moment = Reckoner::load(tx)?.of_action(&regulation, &case, wait.action);
    wait.level = if over { 2 } else { 1 };
    set_clock(&mut wait, moment.as_ref(), draw.now());
    waits::reckoned(tx, &wait)?;
    let heads = heads_of(tx, (&wait.body, &wait.unit), draw.now())?;
    Record::of("system".to_owned(), "work-raised")
        .subject(wait.account)
        .payload(json!({
            "case": wait.case,
            "action": wait.action,
            "unit": wait.unit,
            "due_at": wait.due_at,
            "over": over,
            "heads": heads,
        }))
        .write(tx, draw)?;
    Ok(())
}

/// The order of a fee about which the gateway has not been asked since its term was over: it may have been paid in time.
fn unasked(tx: &mut Tx<'_>, wait: &WaitRow, due_at: Timestamp) -> Result<Option<PaymentRow>, Error> {
    if wait.task != PAYMENT {
        return Ok(None);
    }
    let order = payments::of_case(tx, wait.case, wait.action, wait.visit)?;
    let is_asked = |order: &PaymentRow| order.asked_at.is_some_and(|asked| asked > due_at);
    Ok(order.filter(|order| order.gateway_id.is_some() && !is_asked(order)))
}

/// Has the gateway asked, and looks at the clock again after that. A gateway that does not answer delays a case and refuses
/// nobody.
fn ask_first(tx: &mut Tx<'_>, draw: &Draw, mut wait: WaitRow, order: &PaymentRow) -> Result<(), Error> {
    wait.alarm_at = Some(draw.now().checked_add(ASKING).map_err(Error::fault)?);
    waits::reckoned(tx, &wait)?;
    Ok(payments::look_later(tx, &order.id, Some(draw.now()))?)
}

/// Lets the case go on when its time to wait is over [R1116-7.10].
fn expire(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, mut wait: WaitRow) -> Result<(), Error> {
    let Some(due_at) = wait.due_at else { return Ok(()) };
    if let Some(order) = unasked(tx, &wait, due_at)? {
        return ask_first(tx, draw, wait, &order);
    }
    // Where the table does not say what follows from a late event, it is waited for further, and not looked at again.
    wait.alarm_at = None;
    let row = cases::find(tx, wait.account, wait.case)?.ok_or(Error::NotFound)?;
    if row.frozen_at.is_some() {
        wait.alarm_at = draw.now().checked_add(FROZEN).ok();
    }
    waits::reckoned(tx, &wait)?;
    if row.frozen_at.is_some() {
        return Ok(());
    }
    let regulation = regulation_of(app, &row)?;
    let locale = accounts::by_id(tx, wait.account)?.map_or(Locale::Kk, |account| account.locale);
    let work = Work { app, regulation: &regulation, actor: "system", locale, above: 0 };
    match advance(tx, draw, &work, row, Command::Expire { action: wait.action, due_at }) {
        Ok(_) | Err(Error::Late) => Ok(()),
        Err(error) => Err(error),
    }
}
