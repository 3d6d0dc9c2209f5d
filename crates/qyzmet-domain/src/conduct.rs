//! What order 839 asks of an operator of the authority: whether they may act at a moment, and if not, by which clause.
//!
//! Everything that is known of an operator comes in as a [`Standing`]; the numbers that the order leaves open come in as
//! [`Rules`]. Nothing here reads a clock or a row.

mod absence;
mod carrier;
mod duty;
mod retention;
mod rules;
#[cfg(test)]
mod tests;

pub use absence::{Absence, InvalidAbsence};
pub use carrier::{Carrier, CarrierKind, NotProtected};
pub use duty::{DutyKind, UnknownDuty};
pub use retention::{RetentionClass, UnknownClass};
pub use rules::Rules;

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{Clause, calendar::KAZAKHSTAN};

/// How long before an operator leaves the certificates have to be revoked [R839-15.1f]: days as the order says, not
/// working days.
pub const BEFORE_LEAVING: SignedDuration = SignedDuration::from_hours(48);

/// What is known of somebody at a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether they are an operator of the authority: others can be suspended, but owe nothing of what follows.
    pub operator: bool,
    /// Since when a key is lost and not replaced.
    pub key_lost_at: Option<Timestamp>,
    /// Absences that were told.
    pub absences: Vec<Absence>,
    /// From when on they work here no more.
    pub leaves_at: Option<Timestamp>,
    /// Whether a protected carrier of keys is in their hands.
    pub has_carrier: bool,
    /// When they signed the pledge to give certificates and keys to nobody.
    pub pledged_at: Option<Timestamp>,
    /// When they last acknowledged the instruction.
    pub acknowledged_at: Option<Timestamp>,
    /// When their workstation was last checked.
    pub checked_at: Option<Timestamp>,
}

/// Why an operator may not act now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bar {
    /// They have left [R839-15.1f].
    Left,
    /// Their key is lost [R839-19.5c].
    KeyLost,
    /// They are away for long [R839-15.1g].
    Away,
    /// No protected carrier is in their hands [R839-15.1a].
    NoCarrier,
    /// The pledge is not signed [R839-19.5a].
    NoPledge,
    /// The yearly acknowledgement of the instruction is overdue [R839-19.5f].
    NotAcknowledged,
    /// The workstation was not checked within the term and its grace [R839-19.5h].
    Unchecked,
}

impl Bar {
    /// Every bar, in the order in which they are asked about.
    pub const ALL: [Self; 7] = [
        Self::Left,
        Self::KeyLost,
        Self::Away,
        Self::NoCarrier,
        Self::NoPledge,
        Self::NotAcknowledged,
        Self::Unchecked,
    ];

    /// The word under which journal and locales know it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "operator-left",
            Self::KeyLost => "operator-key-lost",
            Self::Away => "operator-away",
            Self::NoCarrier => "operator-no-carrier",
            Self::NoPledge => "operator-no-pledge",
            Self::NotAcknowledged => "operator-not-acknowledged",
            Self::Unchecked => "operator-unchecked",
        }
    }

    /// The clause behind it.
    #[must_use]
    pub fn clause(self) -> Clause {
        match self {
            Self::Left | Self::Away | Self::NoCarrier => Clause::fixed("839-2012", "15.1"),
            Self::KeyLost | Self::NoPledge | Self::NotAcknowledged | Self::Unchecked => {
                Clause::fixed("839-2012", "19.5")
            }
        }
    }
}

/// Whether somebody may act at a desk now.
///
/// # Errors
/// The first [`Bar`] that stands in the way.
pub fn may_act(standing: &Standing, rules: &Rules, now: Timestamp) -> Result<(), Bar> {
    let stands = |bar: &Bar| match bar {
        Bar::Left => standing.leaves_at.is_some_and(|at| at <= now),
        Bar::KeyLost => standing.key_lost_at.is_some_and(|at| at <= now),
        Bar::Away => standing.absences.iter().any(|absence| absence.suspends(now)),
        _ if !standing.operator => false,
        Bar::NoCarrier => !standing.has_carrier,
        Bar::NoPledge => standing.pledged_at.is_none(),
        Bar::NotAcknowledged => is_over(standing.acknowledged_at, rules.acknowledge_every, now),
        Bar::Unchecked => is_over(standing.checked_at, rules.check_every + rules.check_grace, now),
    };
    Bar::ALL.into_iter().find(stands).map_or(Ok(()), Err)
}

/// Whether the workstation has to be checked again: a warning while the grace lasts [R839-19.5h].
#[must_use]
pub fn check_is_due(standing: &Standing, rules: &Rules, now: Timestamp) -> bool {
    standing.operator && is_over(standing.checked_at, rules.check_every, now)
}

/// Whether what was last done then counts no longer; never done counts as over.
fn is_over(last: Option<Timestamp>, holds: SignedDuration, now: Timestamp) -> bool {
    last.is_none_or(|last| now.duration_since(last) >= holds)
}

/// Whether a desk that was last used then has locked itself [R839-19.5g].
#[must_use]
pub fn is_idle(acted_at: Timestamp, rules: &Rules, now: Timestamp) -> bool {
    now.duration_since(acted_at) >= rules.idle
}

/// The first moment of a day in Kazakhstan; nothing for days beyond the range of moments.
#[must_use]
pub fn start_of(day: Date) -> Option<Timestamp> {
    KAZAKHSTAN.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()
}
