//! Terms and limits of the conduct of operators: order 839 leaves them to the deployment.

use jiff::SignedDuration;
use qyzmet_domain::conduct::Rules;
use serde::{Deserialize, Serialize};

/// Conduct of operators of the authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Conduct {
    /// Days that an acknowledgement of the instruction holds.
    pub acknowledge_days: u16,
    /// Days before its end on which the operator is reminded.
    pub remind_days: u16,
    /// Days that a check of the workstation holds.
    pub check_days: u16,
    /// Days after that for which a warning is enough.
    pub check_grace_days: u16,
    /// Minutes without use after which a desk locks itself.
    pub idle_min: u16,
    /// Minutes within which work at two places is work at once.
    pub at_once_min: u16,
    /// Hours in which copies that were asked for are handed over.
    pub copies_hours: u16,
    /// Years for which papers of recipients are kept.
    pub keep_service_years: u8,
    /// Years for which documents about operators are kept.
    pub keep_operator_years: u8,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            acknowledge_days: 365,
            remind_days: 14,
            check_days: 30,
            check_grace_days: 7,
            idle_min: 10,
            at_once_min: 10,
            copies_hours: 24,
            keep_service_years: 5,
            keep_operator_years: 10,
        }
    }
}

impl Conduct {
    /// As the rules take them.
    #[must_use]
    pub fn rules(&self) -> Rules {
        let days = |count: u16| SignedDuration::from_hours(24 * i64::from(count));
        let minutes = |count: u16| SignedDuration::from_mins(count.into());
        Rules {
            acknowledge_every: days(self.acknowledge_days),
            remind_before: days(self.remind_days),
            check_every: days(self.check_days),
            check_grace: days(self.check_grace_days),
            idle: minutes(self.idle_min),
            at_once: minutes(self.at_once_min),
            copies_within: SignedDuration::from_hours(self.copies_hours.into()),
            keep_service_years: self.keep_service_years,
            keep_operator_years: self.keep_operator_years,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_of_the_file_are_those_of_the_rules() {
        assert_eq!(Conduct::default().rules(), Rules::default());
    }
}
