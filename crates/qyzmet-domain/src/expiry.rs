//! How long a certificate still holds, in days of the calendar of Kazakhstan, and when its owner is reminded of its end.
//!
//! The acts set no reminder: the days are a choice of the platform, so that nobody finds a key useless on the day it is needed.

use jiff::{Timestamp, ToSpan, civil::Date};

use crate::calendar::KAZAKHSTAN;

/// A reminder by its days before the last day of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(u8);

impl Step {
    /// All of them, the earliest first.
    pub const ALL: [Self; 4] = [Self(30), Self(14), Self(7), Self(1)];
    /// The earliest: from here on the cabinet says it too.
    pub const EARLIEST: Self = Self::ALL[0];

    /// The reminder that fits so many days before the last one: the nearest that has come. Earlier ones are no longer
    /// sent: a portal that was away for a month reminds once.
    #[must_use]
    pub fn reached(days_left: i32) -> Option<Self> {
        let has_come = |step: &&Self| days_left >= 0 && days_left <= i32::from(step.0);
        Self::ALL.iter().rev().find(has_come).copied()
    }

    /// Days before the last day.
    #[must_use]
    pub fn days(self) -> u8 {
        self.0
    }

    /// The moment before which a certificate must end for this reminder to have come: the beginning of the day after the
    /// last day that it covers.
    #[must_use]
    pub fn covers_until(self, now: Timestamp) -> Timestamp {
        let beyond = day(now).saturating_add((i64::from(self.0) + 1).days());
        KAZAKHSTAN.to_timestamp(beyond.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
    }
}

/// Calendar days from now until the last day of what ends then: 0 on the last day, less when it is over.
#[must_use]
pub fn days_left(ends: Timestamp, now: Timestamp) -> i32 {
    if ends < now {
        return -1;
    }
    day(now).until(day(ends)).map_or(i32::MAX, |span| span.get_days())
}

/// Whether it is a time of day at which people are told what is not urgent: from nine in the morning to nine in the evening.
#[must_use]
pub fn is_daytime(now: Timestamp) -> bool {
    (9..21).contains(&KAZAKHSTAN.to_datetime(now).hour())
}

fn day(at: Timestamp) -> Date {
    KAZAKHSTAN.to_datetime(at).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(moment: &str) -> Timestamp {
        moment.parse().unwrap()
    }

    #[test]
    fn the_nearest_reminder_that_has_come_is_the_one_to_send() {
        let days = |left| Step::reached(left).map(Step::days);
        for (left, step) in [(31, None), (30, Some(30)), (15, Some(30)), (14, Some(14)), (8, Some(14))] {
            assert_eq!(days(left), step, "{left}");
        }
        for (left, step) in [(7, Some(7)), (2, Some(7)), (1, Some(1)), (0, Some(1)), (-1, None)] {
            assert_eq!(days(left), step, "{left}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar_in_kazakhstan_whatever_the_hour() {
        let ends = at("2026-12-20T20:30:00Z"); // half past one on the 21st
        assert_eq!(days_left(ends, at("2026-11-20T18:59:59Z")), 31);
        assert_eq!(days_left(ends, at("2026-11-20T19:00:00Z")), 30);
        assert_eq!(days_left(ends, at("2026-12-20T18:00:00Z")), 1);
        assert_eq!(days_left(ends, at("2026-12-20T19:00:00Z")), 0);
        assert_eq!(days_left(ends, ends), 0, "it holds until this moment, included");
        assert_eq!(days_left(ends, at("2026-12-20T20:30:01Z")), -1);
    }

    #[test]
    fn what_a_reminder_covers_is_what_has_as_many_days_left() {
        let now = at("2026-11-21T09:00:00Z");
        for step in Step::ALL {
            let until = step.covers_until(now);
            let just_before = until - jiff::SignedDuration::from_nanos(1);
            assert_eq!(days_left(just_before, now), i32::from(step.days()));
            assert_eq!(days_left(until, now), i32::from(step.days()) + 1);
        }
    }

    #[test]
    fn nobody_is_woken_by_a_reminder() {
        assert!(!is_daytime(at("2026-11-21T03:59:59Z")));
        assert!(is_daytime(at("2026-11-21T04:00:00Z")));
        assert!(is_daytime(at("2026-11-21T15:59:59Z")));
        assert!(!is_daytime(at("2026-11-21T16:00:00Z")));
    }
}
