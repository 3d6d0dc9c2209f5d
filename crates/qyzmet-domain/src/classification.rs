//! Classification of e-services: four answers give points, points give the method of identification [R10-3, R10-5].
//!
//! The rules are dated data (`rules.rs`): a classification uses the set in force on its day, and the successor of order
//! 10 will be another set beside it.

mod exceptions;
mod rules;
#[cfg(test)]
mod tests;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::Clause;

pub use exceptions::{EXCEPTIONS, Exception};
pub use rules::{Band, Choice, ORDER_10, RULE_SETS, RuleSet, Warning};

/// The four answers, and the two properties that outweigh them [R10-3, R10-A1.2].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Facts {
    /// Criterion 1: third persons who get the result could do damage [R10-3.1a].
    pub disclosure_risk: bool,
    /// Criterion 2: the outcome changes the provider's base [R10-3.2].
    pub changes_register: bool,
    /// Criterion 3: from filing to the result [R10-3.3].
    pub term: SignedDuration,
    /// Criterion 4: a fee set by law (Q-03) [R10-3.4].
    pub paid: bool,
    /// A permit is issued [R10-A1.2].
    pub permit: bool,
    /// One request starts several services [R10-2.5, R10-A1.2].
    pub composite: bool,
}

/// The three methods of identification [R10-4].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Login and password [R10-5.6].
    Password,
    /// Login, password and a one-time password [R10-5.7].
    Otp,
    /// Login, password and EDS [R10-5.8].
    Eds,
}

impl Method {
    /// All methods [R10-4].
    pub const ALL: [Self; 3] = [Self::Password, Self::Otp, Self::Eds];

    /// The text form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Otp => "otp",
            Self::Eds => "eds",
        }
    }
}

/// What one criterion gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// 1 to 4.
    pub criterion: u8,
    /// Which of the two options was chosen: 1 or 2.
    pub choice: u8,
    /// Its points.
    pub points: u8,
    /// The clause that gives them.
    pub clause: Clause,
}

/// The class of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// What each criterion gave.
    pub points: [Point; 4],
    /// Their sum [R10-5.5].
    pub score: u8,
    /// The method that follows.
    pub method: Method,
    /// The clauses on which the method rests: of the points, then of the band or the override.
    pub because: Vec<Clause>,
    /// The clause that outweighs the score, for permits and composite services [R10-A1.2].
    pub override_by: Option<Clause>,
}

/// The class by order 10 as it stands; [`RuleSet::on`] chooses by date.
#[must_use]
pub fn classify(facts: &Facts) -> Classification {
    ORDER_10.classify(facts)
}
