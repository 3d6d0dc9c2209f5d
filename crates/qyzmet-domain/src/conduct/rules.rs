//! The numbers that order 839 leaves to the deployment.

use jiff::SignedDuration;

/// Terms and limits of an operator's conduct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long an acknowledgement of the instruction holds [R839-19.5f].
    pub acknowledge_every: SignedDuration,
    /// How long before its end the operator is reminded.
    pub remind_before: SignedDuration,
    /// How long a check of the workstation holds [R839-19.5h].
    pub check_every: SignedDuration,
    /// For how long after that a warning is enough.
    pub check_grace: SignedDuration,
    /// After which time without use a desk locks itself [R839-19.5g].
    pub idle: SignedDuration,
    /// Within which time work at two places is work at once [R839-19.5a].
    pub at_once: SignedDuration,
    /// How long the centre has to hand over copies that were asked for [R839-15.2b].
    pub copies_within: SignedDuration,
    /// Years for which papers of recipients are kept. The table of decree 1583 is not among our sources: a deployment
    /// sets the terms of its own archive [R839-15.4].
    pub keep_service_years: u8,
    /// Years for which documents about operators are kept.
    pub keep_operator_years: u8,
}

/// So many days.
const fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            acknowledge_every: days(365),
            remind_before: days(14),
            check_every: days(30),
            check_grace: days(7),
            idle: SignedDuration::from_mins(10),
            at_once: SignedDuration::from_mins(10),
            copies_within: days(1),
            keep_service_years: 5,
            keep_operator_years: 10,
        }
    }
}
