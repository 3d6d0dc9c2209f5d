//! Executes the action table: commands become events, events fold into a case.

mod apply;
mod at;
mod decide;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use qyzmet_domain::{Means, OtpPurpose};

use crate::{Case, Regulation};

pub use apply::apply;
pub(crate) use at::At;
pub use decide::decide;

/// What must happen outside before a case can go on.
#[derive(Clone, PartialEq, Eq)]
pub enum Waiting {
    /// The person fills pages of the form.
    Fill {
        /// The action.
        action: u32,
        /// The pages, in their order.
        pages: Vec<String>,
    },
    /// The person confirms the request.
    Confirm {
        /// The action.
        action: u32,
        /// What is asked on this channel; may be nothing but pressing the button.
        means: Vec<Means>,
    },
    /// A register is asked. It is asked again until it answers: a failure is a delay.
    Query {
        /// The action.
        action: u32,
        /// The register.
        register: String,
        /// What it is asked about: subject and identifier.
        ask: BTreeMap<String, String>,
        /// The field of the form in which the person agreed.
        consent: Option<String>,
    },
    /// A message is sent.
    Notify {
        /// The action.
        action: u32,
        /// Key of its text: `message.<id>`.
        message: String,
        /// For a message with a one-time password: what the password is for.
        purpose: Option<OtpPurpose>,
        /// The number it goes to; nothing when it goes to the cabinet.
        to: Option<String>,
    },
    /// An operation of the portal is called.
    Call {
        /// The action.
        action: u32,
        /// Its name.
        operation: String,
        /// With what.
        with: BTreeMap<String, String>,
    },
    /// A positive result is issued.
    Issue {
        /// The action.
        action: u32,
    },
}

impl Waiting {
    /// The action that waits.
    #[must_use]
    pub fn action(&self) -> u32 {
        match self {
            Self::Fill { action, .. }
            | Self::Confirm { action, .. }
            | Self::Query { action, .. }
            | Self::Notify { action, .. }
            | Self::Call { action, .. }
            | Self::Issue { action } => *action,
        }
    }

    /// Whether it waits for the person; all else the portal does by itself.
    #[must_use]
    pub fn is_for_person(&self) -> bool {
        matches!(self, Self::Fill { .. } | Self::Confirm { .. })
    }
}

/// Identifiers and numbers are personal; the kind and the action are not.
impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self {
            Self::Fill { .. } => "Fill",
            Self::Confirm { .. } => "Confirm",
            Self::Query { .. } => "Query",
            Self::Notify { .. } => "Notify",
            Self::Call { .. } => "Call",
            Self::Issue { .. } => "Issue",
        };
        write!(f, "{kind}({})", self.action())
    }
}

/// What must happen outside before the case can go on; nothing when it is finished. Follows from the case alone, so
/// after a crash the same work is found again.
#[must_use]
pub fn waiting(regulation: &Regulation, case: &Case) -> Vec<Waiting> {
    let action = |number: &u32| regulation.process.action(*number);
    let now = case.steps.last().map_or(case.opened_at, |step| step.done_at);
    case.current
        .iter()
        .filter_map(action)
        .filter_map(|action| action.does.waits(&At { regulation, case, action, now }))
        .collect()
}
