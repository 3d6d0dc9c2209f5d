//! Reckoning of terms: when a clock began, when it is due, and whether what was done was in time.

mod hours;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Term;

pub use hours::{Clock, Hours, InvalidHours, Span, UnknownClock};

/// One running clock over a statutory term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    /// When the clock began.
    pub began_at: Timestamp,
    /// The term of the act.
    pub term: Term,
}

impl Reckoning {
    /// The last moment in time, or `None` when the term counts working days, which need a production calendar.
    #[must_use]
    pub fn due_at(&self) -> Option<Timestamp> {
        self.began_at.checked_add(self.term.length()?).ok()
    }

    /// Whether something done at `at` is in time; the last moment still is. `None` when that cannot be reckoned.
    #[must_use]
    pub fn is_within(&self, at: Timestamp) -> Option<bool> {
        Some(at <= self.due_at()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [R58-A.3]
    #[test]
    fn the_last_moment_is_still_in_time() {
        let began_at: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let reckoning = Reckoning { began_at, term: "10 min".parse().unwrap() };
        assert_eq!(reckoning.is_within("2026-11-21T10:10:00Z".parse().unwrap()), Some(true));
        assert_eq!(reckoning.is_within("2026-11-21T10:10:00.001Z".parse().unwrap()), Some(false));
        let working = Reckoning { began_at, term: "3 working-days".parse().unwrap() };
        assert_eq!(working.is_within(began_at), None);
    }
}
