//! A long absence suspends an operator for its days, and nobody has to end it [R839-15.1g].

use jiff::{Timestamp, civil::Date};

use super::start_of;

/// An absence of more days than this suspends: days of the calendar.
const LONG: i32 = 15;

/// An absence, its first and last day included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    from: Timestamp,
    until: Timestamp,
    days: i32,
}

/// An absence that ends before it begins, or lies beyond all calendars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an absence has a first day and a last one")]
pub struct InvalidAbsence;

impl Absence {
    /// From the first day to the last.
    ///
    /// # Errors
    /// [`InvalidAbsence`].
    pub fn new(first: Date, last: Date) -> Result<Self, InvalidAbsence> {
        let days = first.until(last).map_err(|_| InvalidAbsence)?.get_days() + 1;
        let after = last.tomorrow().map_err(|_| InvalidAbsence)?;
        if days < 1 {
            return Err(InvalidAbsence);
        }
        let (from, until) = (start_of(first).ok_or(InvalidAbsence)?, start_of(after).ok_or(InvalidAbsence)?);
        Ok(Self { from, until, days })
    }

    /// As it was kept: from a moment until another.
    ///
    /// # Errors
    /// [`InvalidAbsence`].
    pub fn between(from: Timestamp, until: Timestamp) -> Result<Self, InvalidAbsence> {
        let days = i32::try_from(until.duration_since(from).as_hours() / 24).map_err(|_| InvalidAbsence)?;
        if days < 1 { Err(InvalidAbsence) } else { Ok(Self { from, until, days }) }
    }

    /// When the first day begins.
    #[must_use]
    pub fn from(&self) -> Timestamp {
        self.from
    }

    /// When the last day is over.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// Whether it is long enough to suspend.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.days > LONG
    }

    /// Whether it suspends at a moment.
    #[must_use]
    pub fn suspends(&self, now: Timestamp) -> bool {
        self.is_long() && self.from <= now && now < self.until
    }
}
