//! The reckoning of a term: when it is over, and everything that a person needs to reckon it again by hand.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Calendar, Clock, DayOff, WorkingTime, walk};
use crate::Term;

/// What is to be reckoned.
#[derive(Clone, Copy, Debug)]
pub struct Count<'a> {
    /// The event from which the term runs.
    pub began_at: Timestamp,
    /// The term of the act.
    pub term: Term,
    /// By which clock.
    pub clock: Clock,
    /// The working time of the unit.
    pub working: &'a WorkingTime,
    /// When the term rested, in order and apart from each other.
    pub paused: &'a [Pause],
}

/// A time during which a term rests, because the case waits for the recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub from: Timestamp,
    /// Until when; nothing while it still rests.
    pub until: Option<Timestamp>,
}

/// The rule by which a term was reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Every second counts from the event on; a day is 24 hours.
    Running,
    /// Only working hours count, from the event on.
    WorkingHours,
    /// Calendar days from the day after the event; the last one moves to a working day, and ends with the working hours.
    CalendarDays,
    /// Working days from the day after the event.
    WorkingDays,
}

/// A reckoned term, with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    /// The rule.
    pub rule: Rule,
    /// The event from which the term runs.
    pub began_at: Timestamp,
    /// The first moment that counts.
    pub counts_from: Timestamp,
    /// The term of the act.
    pub term: Term,
    /// The working time of the unit; nothing when every second counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working: Option<WorkingTime>,
    /// Days that did not count, and why.
    pub skipped: Vec<Skipped>,
    /// Times during which the term rested.
    pub paused: Vec<Pause>,
    /// The last moment in time; nothing while the term rests, or when it lies beyond all calendars.
    pub due_at: Option<Timestamp>,
    /// Whether a day on the way is not certain yet: beyond the calendar, or not announced.
    pub estimated: bool,
}

/// A day that did not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The day.
    pub date: Date,
    /// Why.
    #[serde(flatten)]
    pub day_off: DayOff,
}

impl Rule {
    /// The rule that a term and a clock ask for.
    #[must_use]
    pub fn of(term: Term, clock: Clock) -> Self {
        match (term, clock) {
            (Term::Running(_) | Term::CalendarDays(_), Clock::Running) => Self::Running,
            (Term::Running(_), Clock::Working) => Self::WorkingHours,
            (Term::CalendarDays(_), Clock::Working) => Self::CalendarDays,
            (Term::WorkingDays(_), _) => Self::WorkingDays,
        }
    }
}

impl Reckoning {
    /// Whether something done at `at` is in time; the last moment still is. `None` when that cannot be said.
    #[must_use]
    pub fn is_within(&self, at: Timestamp) -> Option<bool> {
        Some(at <= self.due_at?)
    }

    pub(super) fn begun(count: &Count<'_>) -> Self {
        let rule = Rule::of(count.term, count.clock);
        Self {
            rule,
            working: (rule != Rule::Running).then(|| count.working.clone()),
            began_at: count.began_at,
            counts_from: count.began_at,
            term: count.term,
            skipped: Vec::new(),
            paused: Vec::new(),
            due_at: None,
            estimated: false,
        }
    }
}

/// Reckons a term.
#[must_use]
pub fn reckon(count: &Count<'_>, calendar: &Calendar) -> Reckoning {
    let days = |days: u32| walk::days(count, calendar, days);
    match (Rule::of(count.term, count.clock), count.term) {
        (Rule::WorkingHours, Term::Running(length)) => walk::hours(count, calendar, length),
        (_, Term::WorkingDays(number)) => days(number),
        (Rule::CalendarDays, Term::CalendarDays(number)) => days(number),
        (_, Term::Running(length)) => running(count, length),
        (_, Term::CalendarDays(days)) => running(count, SignedDuration::from_hours(i64::from(days) * 24)),
    }
}

/// Reckons a term that needs no calendar; nothing when it needs one.
#[must_use]
pub fn reckon_running(count: &Count<'_>) -> Option<Reckoning> {
    let length = count.term.length()?;
    (Rule::of(count.term, count.clock) == Rule::Running).then(|| running(count, length))
}

/// Every second but those of the pauses.
fn running(count: &Count<'_>, length: SignedDuration) -> Reckoning {
    let mut reckoning = Reckoning::begun(count);
    let (mut at, mut rest) = (count.began_at, length);
    for pause in count.paused {
        let from = pause.from.max(at);
        let is_over = pause.until.is_some_and(|until| until <= at);
        let used = from.duration_since(at);
        if is_over || used > rest {
            continue;
        }
        reckoning.paused.push(*pause);
        let Some(until) = pause.until else { return reckoning };
        rest -= used;
        at = until;
    }
    reckoning.due_at = at.checked_add(rest).ok();
    reckoning
}
