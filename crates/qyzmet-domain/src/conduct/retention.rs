//! How long documents that were accepted are kept: each has a class, and each class a term [R839-15.4].

use std::{fmt, str::FromStr};

use jiff::{Timestamp, ToSpan};

use super::Rules;
use crate::calendar::KAZAKHSTAN;

/// The class of a document that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RetentionClass {
    /// Papers of recipients, taken in at the desk.
    Service,
    /// Letters, orders, applications and pledges about an operator.
    Operator,
}

/// No class of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no class of documents")]
pub struct UnknownClass;

impl RetentionClass {
    /// Until when a document of this class that was accepted then has to be kept: whole years of the calendar, and the
    /// end of the year in which they end, as archives count.
    #[must_use]
    pub fn until(self, accepted_at: Timestamp, rules: &Rules) -> Timestamp {
        let years = match self {
            Self::Service => rules.keep_service_years,
            Self::Operator => rules.keep_operator_years,
        };
        let year = KAZAKHSTAN.to_datetime(accepted_at).date().first_of_year();
        let end = year.checked_add((i32::from(years) + 1).years());
        end.ok().and_then(super::start_of).unwrap_or(Timestamp::MAX)
    }
}

impl fmt::Display for RetentionClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Service => "service",
            Self::Operator => "operator",
        })
    }
}

impl FromStr for RetentionClass {
    type Err = UnknownClass;

    fn from_str(text: &str) -> Result<Self, UnknownClass> {
        [Self::Service, Self::Operator]
            .into_iter()
            .find(|class| class.to_string() == text)
            .ok_or(UnknownClass)
    }
}
