//! When the term of an action is over: by the running clock, or by the working hours of its unit.

use jiff::Timestamp;
use qyzmet_domain::calendar::{Clock, Reckoning};
use qyzmet_engine::{Case, Regulation};
use qyzmet_store::Tx;

use super::waits::came_at;
use crate::Error;

/// The calendar as it is amended now.
pub(crate) struct Reckoner {}

/// How a term was reckoned.
pub(crate) struct Reckoned {
    /// When its clock began.
    pub(crate) began_at: Timestamp,
    /// When it is over; nothing when that cannot be told.
    pub(crate) due_at: Option<Timestamp>,
    /// Whether working hours alone count.
    pub(crate) working: bool,
    /// Days that did not count.
    pub(crate) skipped: Vec<String>,
    /// Times for which the clock rested.
    pub(crate) rests: Vec<(Timestamp, Timestamp)>,
}

impl Reckoner {
    /// Takes the calendar with its amendments.
    pub(crate) fn load(_tx: &mut Tx<'_>) -> Result<Self, Error> {
        Ok(Self {})
    }

    /// Reckons the term of an action to which the case came at a moment; nothing when it has none.
    pub(crate) fn of(
        &self,
        regulation: &Regulation,
        _case: &Case,
        action: u32,
        began_at: Timestamp,
    ) -> Option<Reckoned> {
        let action = regulation.process.action(action)?;
        let due_at = Reckoning { began_at, term: action.term? }.due_at();
        let working = regulation.process.clock(action) == Clock::Working;
        Some(Reckoned { began_at, due_at, working, skipped: Vec::new(), rests: Vec::new() })
    }
}

/// The last moment in time of an action to which the case has come; nothing when it has no term.
pub(super) fn due(
    tx: &mut Tx<'_>,
    regulation: &Regulation,
    case: &Case,
    action: u32,
) -> Result<Option<Timestamp>, Error> {
    let reckoned = Reckoner::load(tx)?.of(regulation, case, action, came_at(case));
    Ok(reckoned.and_then(|reckoned| reckoned.due_at))
}
