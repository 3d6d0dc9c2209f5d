//! The listed exceptions from order 10: explicit and visible, because the acts themselves force them.

use crate::Clause;

/// A service whose confirmation another act fixes, whatever its score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The question of interpretation that it answers.
    pub question: &'static str,
    /// The clauses that fix the confirmation: of the special rule.
    pub clauses: &'static [Clause],
    /// The clause of order 10 from which it departs.
    pub departs_from: Clause,
}

/// All exceptions; a regulation may fix its own confirmation only when its clause stands here.
pub static EXCEPTIONS: [Exception; 2] = [
    // Whoever asks for the first certificate has no EDS yet: an operator or biometrics identify the person.
    Exception {
        question: "Q-30",
        clauses: &[
            Clause::fixed("839-2012", "6.P1"),
            Clause::fixed("839-2012", "9.P1"),
            Clause::fixed("58-2016", "6.1"),
        ],
        departs_from: Clause::fixed("10-2016", "A1.1"),
    },
    // Order 58 is the special rule for its own service: OTP to the number being linked, with EDS or biometrics.
    Exception {
        question: "Q-40",
        clauses: &[
            Clause::fixed("58-2016", "5.2"),
            Clause::fixed("58-2016", "6.2"),
            Clause::fixed("58-2016", "7"),
            Clause::fixed("58-2016", "8"),
        ],
        departs_from: Clause::fixed("10-2016", "A1.1"),
    },
];

impl Exception {
    /// The exception that this clause grounds, if it is listed.
    #[must_use]
    pub fn by(clause: &Clause) -> Option<&'static Self> {
        EXCEPTIONS.iter().find(|exception| exception.clauses.contains(clause))
    }
}
