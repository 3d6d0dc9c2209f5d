//! Clocks that have to be looked at: terms of payments and events that are over, dates that have come, and cases that are
//! raised to the head of the unit before and after their term.

use jiff::SignedDuration;
use qyzmet_domain::{AccountId, Locale};
use qyzmet_engine::Command;
use qyzmet_store::{
    Tx,
    repositories::{
        accounts, cases, officers,
        waits::{self, WaitRow},
    },
};
use serde_json::json;

use super::HEAD;
use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    cases::{
        Work, advance, parse, regulation_of,
        terms::Reckoner,
        waits::{is_of_desk, set_clock},
    },
    record::Record,
};

/// When the clock of a case that rests is looked at again.
const FROZEN: SignedDuration = SignedDuration::from_mins(10);
/// How many clocks are looked at in one go.
const MOST: u32 = 50;

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
            let (app, wait) = (cx.app.clone(), wait.clone());
            let case = wait.case;
            // One case that cannot go on keeps no other waiting.
            match cx.write(move |tx, draw| ring(tx, draw, &app, &wait)).await {
                Ok(()) => cx.app.tell(case),
                Err(error) => tracing::warn!(%case, %error, "a clock was not looked at and will be again"),
            }
        }
        Ok(rung.len())
    }
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
    let colleagues = officers::of_unit(tx, &wait.body, &wait.unit, draw.now())?;
    let is_head = |roles: &[String]| roles.iter().any(|role| role == HEAD);
    let heads: Vec<AccountId> = colleagues
        .iter()
        .filter(|colleague| is_head(&colleague.officer.roles))
        .map(|colleague| colleague.officer.account)
        .collect();
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

/// Lets the case go on when its time to wait is over [R1116-7.10].
fn expire(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, mut wait: WaitRow) -> Result<(), Error> {
    let Some(due_at) = wait.due_at else { return Ok(()) };
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
