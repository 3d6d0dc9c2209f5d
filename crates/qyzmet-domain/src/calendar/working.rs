//! When a unit works: on which days of the week, and in which hours of such a day.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::{Calendar, DayKind, DayOff, Hours};

/// A day of the week as service folders write it: `monday`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayOfWeek(Weekday);

/// The words of the days, Monday first.
const WORDS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// A text that names no day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of: monday, tuesday, wednesday, thursday, friday, saturday, sunday")]
pub struct UnknownDay;

/// No day at all, a day twice, or days that do not stand in the order of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("working days are at least one day of the week, in order and each once")]
pub struct InvalidDays;

impl DayOfWeek {
    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        WORDS[usize::from(self.0.to_monday_zero_offset().unsigned_abs()) % WORDS.len()].0
    }

    /// Its place in the week, Monday is 0.
    #[must_use]
    pub fn place(self) -> i8 {
        self.0.to_monday_zero_offset()
    }
}

impl FromStr for DayOfWeek {
    type Err = UnknownDay;

    fn from_str(text: &str) -> Result<Self, UnknownDay> {
        WORDS.iter().find(|(word, _)| *word == text).map(|(_, day)| Self(*day)).ok_or(UnknownDay)
    }
}

impl fmt::Display for DayOfWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for DayOfWeek {
    type Error = UnknownDay;

    fn try_from(text: String) -> Result<Self, UnknownDay> {
        text.parse()
    }
}

impl From<DayOfWeek> for String {
    fn from(day: DayOfWeek) -> Self {
        day.as_str().to_owned()
    }
}

/// The days of the week on which a unit works.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<DayOfWeek>", into = "Vec<DayOfWeek>")]
pub struct WorkingDays(Vec<DayOfWeek>);

impl WorkingDays {
    /// The days, in their order; at least one.
    #[must_use]
    pub fn days(&self) -> &[DayOfWeek] {
        &self.0
    }

    fn has(&self, day: Weekday) -> bool {
        self.0.iter().any(|own| own.0 == day)
    }
}

impl TryFrom<Vec<DayOfWeek>> for WorkingDays {
    type Error = InvalidDays;

    fn try_from(days: Vec<DayOfWeek>) -> Result<Self, InvalidDays> {
        let in_order = days.windows(2).all(|pair| pair[0].place() < pair[1].place());
        if days.is_empty() || !in_order { Err(InvalidDays) } else { Ok(Self(days)) }
    }
}

impl From<WorkingDays> for Vec<DayOfWeek> {
    fn from(days: WorkingDays) -> Self {
        days.0
    }
}

/// Monday to Friday, the usual week of state bodies.
impl Default for WorkingDays {
    fn default() -> Self {
        Self(WORDS[..5].iter().map(|(_, day)| DayOfWeek(*day)).collect())
    }
}

/// The working time of a unit; the usual one where nothing else is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingTime {
    /// The days of the week.
    pub days: WorkingDays,
    /// The hours of a working day; what lies between two stretches is the dinner.
    pub hours: Hours,
}

impl WorkingTime {
    /// Why a unit does not work on a day; nothing when it does. A holiday is one for every unit, and so is each day of a
    /// swap; Saturday and Sunday are free for those alone who do not work then, and any other day likewise.
    #[must_use]
    pub fn day_off(&self, calendar: &Calendar, day: Date) -> Option<DayOff> {
        match calendar.day_off(day) {
            Some(DayOff::Weekend) if self.days.has(day.weekday()) => None,
            None if !self.days.has(day.weekday()) && !calendar.is_of_kind(day, DayKind::Working) => {
                Some(DayOff::Closed)
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(words: &[&str]) -> Result<WorkingDays, InvalidDays> {
        WorkingDays::try_from(words.iter().map(|word| word.parse().unwrap()).collect::<Vec<DayOfWeek>>())
    }

    #[test]
    fn days_of_the_week_read_as_they_are_written() {
        for (word, _) in WORDS {
            assert_eq!(word.parse::<DayOfWeek>().unwrap().to_string(), word);
        }
        assert_eq!("Monday".parse::<DayOfWeek>(), Err(UnknownDay));
        let written = serde_json::to_string(&WorkingDays::default()).unwrap();
        assert_eq!(written, r#"["monday","tuesday","wednesday","thursday","friday"]"#);
    }

    #[test]
    fn no_day_a_day_twice_and_days_out_of_order_are_no_week() {
        assert_eq!(days(&[]), Err(InvalidDays));
        assert_eq!(days(&["monday", "monday"]), Err(InvalidDays));
        assert_eq!(days(&["saturday", "monday"]), Err(InvalidDays));
        assert_eq!(days(&["tuesday", "saturday"]).unwrap().days().len(), 2);
    }
}
