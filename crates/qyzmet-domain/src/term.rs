//! A statutory length of time: what the act gives somebody to do something.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// A length as the acts write it. Text form: `15 s`, `1.5 min`, `2 h`, `3 days`, `3 working-days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Term {
    /// Seconds, minutes and hours: the clock runs on.
    Running(SignedDuration),
    /// Calendar days.
    CalendarDays(u32),
    /// Working days of the production calendar.
    WorkingDays(u32),
}

/// A text that is no term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a term is a number and s, min, h, days or working-days, for example \"1.5 min\"")]
pub struct InvalidTerm;

/// Longest term that is believed: ten years in seconds. Keeps arithmetic far from its limits.
const LONGEST_SECONDS: u64 = 315_360_000;

impl Term {
    /// The length when the clock runs on; a day counts 24 hours. Working days give `None`: they need a calendar.
    #[must_use]
    pub fn length(self) -> Option<SignedDuration> {
        match self {
            Self::Running(length) => Some(length),
            Self::CalendarDays(days) => Some(SignedDuration::from_hours(i64::from(days) * 24)),
            Self::WorkingDays(_) => None,
        }
    }
}

/// Milliseconds of `amount` units of `unit_ms`; at most two decimals, which is finer than any act writes.
fn scaled(amount: &str, unit_ms: u64) -> Result<u64, InvalidTerm> {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 9 {
        return Err(InvalidTerm);
    }
    let hundredths: u64 = format!("{whole}{part:0<2}").parse().map_err(|_| InvalidTerm)?;
    let ms = hundredths * unit_ms / 100;
    if ms == 0 || ms / 1000 > LONGEST_SECONDS { Err(InvalidTerm) } else { Ok(ms) }
}

fn days(amount: &str) -> Result<u32, InvalidTerm> {
    amount.parse().ok().filter(|days| (1..=3650).contains(days)).ok_or(InvalidTerm)
}

impl FromStr for Term {
    type Err = InvalidTerm;

    fn from_str(text: &str) -> Result<Self, InvalidTerm> {
        let (amount, unit) = text.trim().split_once(' ').ok_or(InvalidTerm)?;
        let running = |unit_ms| {
            let ms = i64::try_from(scaled(amount, unit_ms)?).map_err(|_| InvalidTerm)?;
            Ok(Self::Running(SignedDuration::from_millis(ms)))
        };
        match unit.trim_start() {
            "s" => running(1_000),
            "min" => running(60_000),
            "h" => running(3_600_000),
            "day" | "days" => days(amount).map(Self::CalendarDays),
            "working-day" | "working-days" => days(amount).map(Self::WorkingDays),
            _ => Err(InvalidTerm),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CalendarDays(days) => write!(f, "{days} days"),
            Self::WorkingDays(days) => write!(f, "{days} working-days"),
            Self::Running(length) => {
                let ms = length.as_millis();
                match ms {
                    _ if ms % 3_600_000 == 0 => write!(f, "{} h", ms / 3_600_000),
                    _ if ms % 60_000 == 0 => write!(f, "{} min", ms / 60_000),
                    _ if ms % 1_000 == 0 => write!(f, "{} s", ms / 1_000),
                    _ => write!(f, "{}.{:02} s", ms / 1_000, ms % 1_000 / 10),
                }
            }
        }
    }
}

impl TryFrom<String> for Term {
    type Error = InvalidTerm;

    fn try_from(text: String) -> Result<Self, InvalidTerm> {
        text.parse()
    }
}

impl From<Term> for String {
    fn from(term: Term) -> Self {
        term.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_read_as_the_acts_write_them() {
        let running = |s| Term::Running(SignedDuration::from_secs(s));
        let cases = [
            ("15 s", running(15)),
            ("1.5 min", running(90)),
            ("10 min", running(600)),
            ("2 h", running(7200)),
        ];
        for (text, term) in cases {
            assert_eq!(text.parse(), Ok(term), "{text}");
            assert_eq!(term.to_string().parse(), Ok(term), "{text}");
        }
        assert_eq!("3 working-days".parse(), Ok(Term::WorkingDays(3)));
        assert_eq!("1 day".parse(), Ok(Term::CalendarDays(1)));
    }

    #[test]
    fn nonsense_is_no_term() {
        for text in
            ["", "10", "min", "0 s", "-1 s", "1,5 min", "1. s", "1 year", "99999999999 h", "1.234 s", "NaN s"]
        {
            assert_eq!(text.parse::<Term>(), Err(InvalidTerm), "{text}");
        }
    }
}
