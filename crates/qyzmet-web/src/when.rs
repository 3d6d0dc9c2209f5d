//! Moments and lengths of time in words, in the time of Kazakhstan.

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use qyzmet_domain::{Locale, calendar::KAZAKHSTAN};

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

/// Keys of the units of a term.
const TERMS: [&str; 5] =
    ["when-term-s", "when-term-min", "when-term-h", "when-term-days", "when-term-working-days"];

fn local(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::fixed(KAZAKHSTAN))
}

/// A day and minute, for example «2026 жылғы 21 қараша, 10:41».
pub(crate) fn moment(locale: Locale, at: Timestamp) -> String {
    let time = clock(at);
    words::with(locale, "when-moment", &[("day", Word::Text(&day(locale, at))), ("time", Word::Text(&time))])
}

/// A day, for example «2026 жылғы 21 қараша».
pub(crate) fn day(locale: Locale, at: Timestamp) -> String {
    date(locale, local(at).date())
}

/// A day of the calendar.
pub(crate) fn date(locale: Locale, at: Date) -> String {
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

/// A statutory term as the action table writes it (`1 min`, `7.50 s`, `3 working-days`), in words; what has no words is
/// shown as it stands.
pub(crate) fn term(locale: Locale, written: &str) -> String {
    let Some((amount, unit)) = written.split_once(' ') else { return written.to_owned() };
    let Some(key) = TERMS.iter().find(|key| key.strip_prefix("when-term-") == Some(unit)) else {
        return written.to_owned();
    };
    let comma = if locale == Locale::En { amount.to_owned() } else { amount.replace('.', ",") };
    let amount = amount.parse().map_or(Word::Text(&comma), Word::Count);
    words::with(locale, key, &[("amount", amount)])
}

/// The machine's form, for `<time datetime>`.
pub(crate) fn exact(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_the_time_of_kazakhstan() {
        let at = "2026-11-21T19:41:00Z".parse().unwrap();
        assert_eq!(moment(Locale::Kk, at), "2026 жылғы 22 қараша, 00:41");
        assert_eq!(moment(Locale::Ru, at), "22 ноября 2026 г., 00:41");
        assert_eq!(moment(Locale::En, at), "22 November 2026, 00:41");
        assert_eq!(exact(at), "2026-11-22T00:41:00+05:00");
    }

    #[test]
    fn terms_are_told_in_words() {
        assert_eq!(term(Locale::Kk, "10 min"), "10 минут");
        assert_eq!(term(Locale::Ru, "7.50 s"), "7,50 секунды");
        assert_eq!(term(Locale::Ru, "3 working-days"), "3 рабочих дня");
        assert_eq!(term(Locale::En, "1 days"), "1 day");
        assert_eq!(term(Locale::En, "soon"), "soon");
    }
}
