//! Walking from day to day: working hours and whole days, with what is skipped on the way.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::{Calendar, Clock, Count, KAZAKHSTAN, Pause, Reckoning, Rule, Skipped, WorkingTime};

/// More days than any term takes, with its days off: ten years in working hours and what lies between.
const MOST_DAYS: usize = 40_000;

/// A walk over days, with the reckoning that it fills.
struct Walk<'a> {
    calendar: &'a Calendar,
    working: &'a WorkingTime,
    paused: &'a [Pause],
    reckoning: Reckoning,
}

/// Only working hours count, from the event on.
pub(super) fn hours(count: &Count<'_>, calendar: &Calendar, length: SignedDuration) -> Reckoning {
    let mut walk = Walk::begun(count, calendar);
    let (mut rest, mut first) = (length, None);
    let mut day = Some(date_of(count.began_at));
    for _ in 0..MOST_DAYS {
        let Some(date) = day else { break };
        day = date.tomorrow().ok();
        if !walk.works(date) {
            continue;
        }
        for span in count.working.hours.spans() {
            let (Some(from), Some(until)) = (moment(date, span.from()), moment(date, span.until())) else {
                break;
            };
            let from = from.max(count.began_at);
            if from < until {
                first.get_or_insert(from);
                if walk.spend(from, until, &mut rest) {
                    walk.reckoning.counts_from = first.unwrap_or(count.began_at);
                    return walk.reckoning;
                }
            }
        }
    }
    walk.reckoning.counts_from = first.unwrap_or(count.began_at);
    walk.reckoning
}

/// Whole days from the day after the event; the last one ends with the working hours, or with the day by the running clock.
pub(super) fn days(count: &Count<'_>, calendar: &Calendar, number: u32) -> Reckoning {
    let mut walk = Walk::begun(count, calendar);
    let closes = |date: Date| match count.clock {
        Clock::Working => {
            moment(date, count.working.hours.spans().last().map_or(Time::MAX, |span| span.until()))
        }
        Clock::Running => moment(date, LAST_MOMENT),
    };
    let is_by_working_days = walk.reckoning.rule == Rule::WorkingDays;
    let (mut counted, mut day) = (0, date_of(count.began_at).tomorrow().ok());
    if let Some(from) = day.and_then(|day| moment(day, Time::midnight())) {
        walk.reckoning.counts_from = from;
    }
    for _ in 0..MOST_DAYS {
        let Some(date) = day else { break };
        day = date.tomorrow().ok();
        match walk.rests(date) {
            Rest::Open => return walk.reckoning,
            Rest::Closed => continue,
            Rest::No => {}
        }
        // The last of so many calendar days moves on to a working day; those before count as they come.
        let is_last = counted + 1 >= number;
        if (is_by_working_days || is_last) && !walk.works(date) {
            continue;
        }
        counted += 1;
        if counted >= number {
            walk.reckoning.due_at = closes(date);
            break;
        }
    }
    walk.reckoning
}

/// Whether a term rests at the end of a day.
enum Rest {
    No,
    Closed,
    Open,
}

impl<'a> Walk<'a> {
    fn begun(count: &Count<'a>, calendar: &'a Calendar) -> Self {
        Self { calendar, working: count.working, paused: count.paused, reckoning: Reckoning::begun(count) }
    }

    /// Whether a day is worked; if not it is noted.
    fn works(&mut self, date: Date) -> bool {
        if !self.calendar.is_certain(date) {
            self.reckoning.estimated = true;
        }
        match self.working.day_off(self.calendar, date) {
            None => true,
            Some(day_off) => {
                self.reckoning.skipped.push(Skipped { date, day_off });
                false
            }
        }
    }

    /// A day on whose end the term rests does not count: the day of asking is lost, the day of the answer counts.
    fn rests(&mut self, date: Date) -> Rest {
        let Some(end) = moment(date, LAST_MOMENT) else { return Rest::No };
        let rests = |pause: &&Pause| pause.from <= end && pause.until.is_none_or(|until| until > end);
        let Some(pause) = self.paused.iter().find(rests) else { return Rest::No };
        self.note(pause);
        if pause.until.is_some() { Rest::Closed } else { Rest::Open }
    }

    fn note(&mut self, pause: &Pause) {
        if self.reckoning.paused.last() != Some(pause) {
            self.reckoning.paused.push(*pause);
        }
    }

    /// Takes from `rest` what lies between two moments and no pause; tells whether the walk is over.
    fn spend(&mut self, from: Timestamp, until: Timestamp, rest: &mut SignedDuration) -> bool {
        let mut at = from;
        for pause in self.paused {
            let is_over = pause.until.is_some_and(|until| until <= at);
            if is_over || pause.from >= until {
                continue;
            }
            if self.take(at, pause.from.max(at), rest) {
                return true;
            }
            self.note(pause);
            let Some(end) = pause.until else { return true };
            at = end;
        }
        at < until && self.take(at, until, rest)
    }

    fn take(&mut self, from: Timestamp, until: Timestamp, rest: &mut SignedDuration) -> bool {
        let here = until.duration_since(from);
        if *rest <= here {
            self.reckoning.due_at = from.checked_add(*rest).ok();
            return true;
        }
        *rest -= here;
        false
    }
}

/// The last moment of a day that a store with microseconds keeps.
const LAST_MOMENT: Time = jiff::civil::time(23, 59, 59, 999_999_000);

/// The day of a moment in Kazakhstan.
pub(super) fn date_of(at: Timestamp) -> Date {
    KAZAKHSTAN.to_datetime(at).date()
}

/// A time of a day in Kazakhstan.
pub(super) fn moment(date: Date, time: Time) -> Option<Timestamp> {
    KAZAKHSTAN.to_timestamp(date.to_datetime(time)).ok()
}

/// The opening of a day's work.
pub(super) fn opening(count: &Count<'_>, date: Date) -> Option<Timestamp> {
    let time = match count.clock {
        Clock::Working => count.working.hours.spans().first().map_or(Time::midnight(), |span| span.from()),
        Clock::Running => Time::midnight(),
    };
    moment(date, time)
}
