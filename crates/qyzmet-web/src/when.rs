//! Moments and lengths of time in words. Kazakhstan has had one time since 1 March 2024: UTC+5.

use jiff::{
    Timestamp, Zoned,
    tz::{self, TimeZone},
};
use qyzmet_domain::Locale;

use crate::words::{self, Word};

/// Keys of the months, in the form that follows a day.
const MONTHS: [&str; 12] = [
    "when-month-1",
    "when-month-2",
    "when-month-3",
    "when-month-4",
    "when-month-5",
    "when-month-6",
    "when-month-7",
    "when-month-8",
    "when-month-9",
    "when-month-10",
    "when-month-11",
    "when-month-12",
];

fn local(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::fixed(tz::offset(5)))
}

/// A day and minute, for example «2026 жылғы 21 қараша, 10:41».
pub(crate) fn moment(locale: Locale, at: Timestamp) -> String {
    let time = clock(at);
    words::with(locale, "when-moment", &[("day", Word::Text(&day(locale, at))), ("time", Word::Text(&time))])
}

/// A day, for example «2026 жылғы 21 қараша».
pub(crate) fn day(locale: Locale, at: Timestamp) -> String {
    let at = local(at);
    let month = words::text(locale, MONTHS[usize::from(at.month().unsigned_abs() - 1) % MONTHS.len()]);
    let (year, day) = (at.year().to_string(), at.day().to_string());
    let words = [("year", Word::Text(&year)), ("month", Word::Text(month)), ("day", Word::Text(&day))];
    words::with(locale, "when-day", &words)
}

/// Hours and minutes.
pub(crate) fn clock(at: Timestamp) -> String {
    let at = local(at);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// The machine's form, for `<time datetime>`.
pub(crate) fn exact(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
