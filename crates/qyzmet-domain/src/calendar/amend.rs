//! What an administrator changes in the calendar: a day of Kurban Ait that was announced, a swap that was decided.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Calendar, DayRule, InvalidCalendar};

/// One change of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// The day.
    pub date: Date,
    /// What it is from now on; nothing when it is as usual again.
    pub day: Option<DayRule>,
    /// The decision by which it changes, for the journal.
    pub basis: String,
}

impl Calendar {
    /// The calendar after the amendments, taken together, so that both days of a swap can be named.
    ///
    /// # Errors
    /// [`InvalidCalendar`] when the days would contradict each other; nothing is changed then.
    pub fn amended(&self, amendments: &[Amendment]) -> Result<Self, InvalidCalendar> {
        let mut parts = self.0.clone();
        for Amendment { date, day, .. } in amendments {
            match day {
                Some(rule) if rule.date == *date => parts.days.insert(*date, rule.clone()),
                Some(rule) => return Err(InvalidCalendar::Twice(rule.date)),
                None => parts.days.remove(date),
            };
        }
        Self::try_from(parts)
    }
}
