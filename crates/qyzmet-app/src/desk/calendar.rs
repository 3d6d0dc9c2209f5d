//! The working-day calendar: an administrator makes a day working or free, and running terms are reckoned anew.

use jiff::{Timestamp, civil::Date};
use qyzmet_store::{
    Tx,
    repositories::{
        calendar::{self, AmendedDay},
        cases,
        waits::{self, WaitRow},
    },
};
use serde_json::json;

use crate::{
    Access, App, Cx, DeskProblem, Draw, Error, UseCase,
    cases::{parse, regulation_of, terms, waits::alarm},
    record::Record,
};

/// The longest reason that is kept, in characters.
const LONGEST: usize = 500;
/// Terms reckoned anew in one go.
const PAGE: u32 = 100;

/// Shows the amendments.
pub struct ShowCalendar;

/// The amendments of the calendar.
pub struct CalendarView {
    /// By day.
    pub days: Vec<DayView>,
}

/// A day that was made working or free.
pub struct DayView {
    /// Which day.
    pub day: Date,
    /// Whether it is a working day.
    pub working: bool,
    /// Why.
    pub reason: String,
}

impl UseCase for ShowCalendar {
    type Output = CalendarView;
    const NAME: &'static str = "show-calendar";
    const ACCESS: Access = Access::Administrator;

    async fn run(self, cx: Cx) -> Result<CalendarView, Error> {
        let days = cx.read(|tx| Ok(calendar::all(tx)?)).await?;
        let view = |AmendedDay { day, working, reason, .. }| DayView { day, working, reason };
        Ok(CalendarView { days: days.into_iter().map(view).collect() })
    }
}

/// Makes a day working or free.
pub struct AmendCalendar {
    /// Which day.
    pub day: Date,
    /// Whether it is a working day from now on.
    pub working: bool,
    /// Why: the act that moved it.
    pub reason: String,
}

impl UseCase for AmendCalendar {
    /// How many running terms have another end now.
    type Output = u64;
    const NAME: &'static str = "amend-calendar";
    const ACCESS: Access = Access::Administrator;

    async fn run(self, cx: Cx) -> Result<u64, Error> {
        let length = self.reason.trim().chars().count();
        if length == 0 || length > LONGEST {
            return Err(Error::Desk(DeskProblem::NoReason));
        }
        let (account, actor) = (cx.officer()?.person.account, cx.caller.actor());
        let Self { day, working, reason } = self;
        let who = actor.clone();
        cx.write(move |tx, draw| {
            let reason = reason.trim().to_owned();
            let payload = json!({ "day": day, "working": working, "reason": reason });
            calendar::put(tx, &AmendedDay { day, working, reason, account, changed_at: draw.now() })?;
            Record::of(who.clone(), "calendar-amended").subject(account).payload(payload).write(tx, draw)?;
            Ok(())
        })
        .await?;
        reckon_anew(&cx, day, &actor).await
    }
}

/// Walks through all running terms. A walk that is broken off is made good by amending the day again.
async fn reckon_anew(cx: &Cx, day: Date, actor: &str) -> Result<u64, Error> {
    let (mut changed, mut last) = (0, None::<WaitRow>);
    loop {
        let (app, from, actor) = (cx.app.clone(), last.take(), actor.to_owned());
        let (count, seen) =
            cx.write(move |tx, draw| page(tx, draw, &app, from.as_ref(), (day, &actor))).await?;
        changed += count;
        match seen {
            Some(wait) => last = Some(wait),
            None => return Ok(changed),
        }
    }
}

fn page(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    from: Option<&WaitRow>,
    (day, actor): (Date, &str),
) -> Result<(u64, Option<WaitRow>), Error> {
    let reckoner = terms::Reckoner::load(tx)?;
    let waits = waits::open_after(tx, from, PAGE)?;
    let mut changed = 0;
    for wait in &waits {
        let due = due(tx, app, &reckoner, wait)?;
        if wait.task == "date" || due == wait.due_at {
            continue;
        }
        let mut anew = WaitRow { due_at: due, ..wait.clone() };
        anew.level = if anew.level == 2 && due.is_some_and(|due| due >= draw.now()) { 1 } else { anew.level };
        anew.alarm_at = alarm(&anew);
        waits::reckoned(tx, &anew)?;
        Record::of(actor.to_owned(), "term-reckoned-anew")
            .subject(wait.account)
            .payload(json!({
                "case": wait.case,
                "action": wait.action,
                "day": day,
                "before": wait.due_at,
                "after": due,
            }))
            .write(tx, draw)?;
        changed += 1;
    }
    Ok((changed, waits.last().cloned()))
}

fn due(
    tx: &mut Tx<'_>,
    app: &App,
    reckoner: &terms::Reckoner,
    wait: &WaitRow,
) -> Result<Option<Timestamp>, Error> {
    let row = cases::find(tx, wait.account, wait.case)?.ok_or(Error::NotFound)?;
    let (regulation, case) = (regulation_of(app, &row)?, parse(&row)?);
    let reckoned = reckoner.of(&regulation, &case, wait.action, wait.came_at);
    Ok(reckoned.and_then(|reckoned| reckoned.due_at))
}
