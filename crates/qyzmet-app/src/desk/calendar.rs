//! The working-day calendar: an administrator makes a day working or free, and running terms are reckoned anew.

use jiff::civil::Date;
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
    cases::{parse, regulation_of, terms, waits::set_clock},
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
    /// The other day of a swap: a Saturday or Sunday is worked in place of it.
    pub instead_of: Option<Date>,
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
        let Self { day, working, instead_of, reason } = self;
        let who = actor.clone();
        cx.write(move |tx, draw| {
            let reason = reason.trim().to_owned();
            let payload =
                json!({ "day": day, "working": working, "instead_of": instead_of, "reason": reason });
            let changed_at = draw.now();
            let one = AmendedDay { day, working, instead_of, reason: reason.clone(), account, changed_at };
            let other = instead_of.map(|other| AmendedDay {
                day: other,
                working: !working,
                instead_of: Some(day),
                ..one.clone()
            });
            put_all(tx, [Some(one), other].into_iter().flatten().collect())?;
            Record::of(who.clone(), "calendar-amended").subject(account).payload(payload).write(tx, draw)?;
            Ok(())
        })
        .await?;
        reckon_anew(&cx, day, &actor).await
    }
}

/// Keeps the days, unless the calendar would contradict itself.
fn put_all(tx: &mut Tx<'_>, days: Vec<AmendedDay>) -> Result<(), Error> {
    let mut all = calendar::all(tx)?;
    all.retain(|kept| days.iter().all(|day| day.day != kept.day));
    all.extend(days.iter().cloned());
    terms::amended(&all).map_err(|_| Error::Desk(DeskProblem::BadDay))?;
    days.iter().try_for_each(|day| calendar::put(tx, day))?;
    Ok(())
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
        let row = cases::find(tx, wait.account, wait.case)?.ok_or(Error::NotFound)?;
        // A case that cannot be read keeps its term, and keeps nobody else from a new one.
        let (Ok(regulation), Ok(case)) = (regulation_of(app, &row), parse(&row)) else {
            tracing::warn!(case = %row.id, "a case that cannot be read keeps its term");
            continue;
        };
        let mut anew = wait.clone();
        set_clock(&mut anew, reckoner.of_action(&regulation, &case, wait.action).as_ref(), draw.now());
        if anew.due_at == wait.due_at {
            continue;
        }
        let is_over = anew.due_at.is_some_and(|due| due < draw.now());
        anew.level = if is_over { anew.level } else { anew.level.min(1) };
        waits::reckoned(tx, &anew)?;
        Record::of(actor.to_owned(), "term-reckoned-anew")
            .subject(wait.account)
            .payload(json!({
                "case": wait.case,
                "action": wait.action,
                "day": day,
                "before": wait.due_at,
                "after": anew.due_at,
            }))
            .write(tx, draw)?;
        changed += 1;
    }
    Ok((changed, waits.last().cloned()))
}
