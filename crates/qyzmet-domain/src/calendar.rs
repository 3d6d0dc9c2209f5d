//! Terms and the calendar: which days are working days, when a term is over, and how that was reckoned.

mod amend;
mod days;
mod escalate;
mod hours;
mod reckon;
#[cfg(test)]
mod tests;
mod walk;
mod working;

pub use amend::Amendment;
pub use days::{Calendar, DayKind, DayOff, DayRule, InvalidCalendar, Names};
pub use escalate::{Escalation, EscalationKind, EscalationRules, escalations};
pub use hours::{Clock, Hours, InvalidHours, Span, UnknownClock};
pub use reckon::{Count, Pause, Reckoning, Rule, Skipped, reckon, reckon_running};
pub use working::{DayOfWeek, InvalidDays, UnknownDay, WorkingDays, WorkingTime};

/// All of Kazakhstan keeps UTC+5 since 1 March 2024, without summer time.
pub const KAZAKHSTAN: jiff::tz::Offset = jiff::tz::offset(5);
