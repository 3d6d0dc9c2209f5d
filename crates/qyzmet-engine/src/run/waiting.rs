//! What must happen outside before a case can go on.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use qyzmet_domain::{AccountId, CaseId, Means, OtpPurpose, ServiceId};

use super::At;
use crate::words::words;
use crate::{Case, Regulation, Verb};

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
    /// The request is given its number.
    Number {
        /// The action.
        action: u32,
    },
    /// An officer acts.
    Desk(Work),
    /// The recipient pays the fee; it is unpaid when the term of the action is over.
    Payment {
        /// The action.
        action: u32,
        /// How much, in tenge.
        amount: u32,
    },
    /// An event comes; it is late when the term of the action is over.
    Event {
        /// The action.
        action: u32,
        /// The unit that sees it come, and reports it.
        unit: String,
        /// Which.
        event: String,
    },
    /// A day comes.
    Date {
        /// The action.
        action: u32,
        /// Which; nothing when nobody has named it.
        until: Option<Date>,
    },
    /// The services of a composite run.
    Services {
        /// The action.
        action: u32,
        /// Those that are to be started.
        start: Vec<ServiceId>,
        /// The cases that have not ended yet.
        running: Vec<CaseId>,
    },
    /// A positive result is issued.
    Issue {
        /// The action.
        action: u32,
    },
}

words! {
    /// What an officer is asked to do.
    Task {
        /// Take in papers.
        Receive = "receive",
        /// Decide.
        Decide = "decide",
        /// Approve with the own EDS.
        Approve = "approve",
        /// Fill pages of the form.
        Fill = "fill",
        /// Write what was issued onto something that the recipient holds, and read it back.
        Write = "write",
    }
}

/// One action at the desk of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// The action.
    pub action: u32,
    /// The unit whose officers may act.
    pub unit: String,
    /// What is to be done.
    pub task: Task,
    /// The papers that are asked for.
    pub papers: Vec<String>,
    /// The grounds on which the officer can refuse; none when the action cannot refuse.
    pub grounds: Vec<String>,
    /// Whether the recipient can be asked for more.
    pub may_ask: bool,
    /// Officers who may not act, because another one is needed.
    pub apart_from: Vec<AccountId>,
    /// The officer to whom it was given.
    pub assigned: Option<AccountId>,
    /// How often the case has left this action before; goes back with the officer's command.
    pub visit: u32,
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
            | Self::Number { action }
            | Self::Desk(Work { action, .. })
            | Self::Payment { action, .. }
            | Self::Event { action, .. }
            | Self::Date { action, .. }
            | Self::Services { action, .. }
            | Self::Issue { action } => *action,
        }
    }

    /// Whether it waits for the person who asked; all else is for others or for the portal itself.
    #[must_use]
    pub fn is_for_person(&self) -> bool {
        matches!(self, Self::Fill { .. } | Self::Confirm { .. } | Self::Payment { .. })
    }
}

/// Identifiers and numbers are personal; the kind and the action are not.
impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Fill { .. } => "Fill",
            Self::Confirm { .. } => "Confirm",
            Self::Query { .. } => "Query",
            Self::Notify { .. } => "Notify",
            Self::Call { .. } => "Call",
            Self::Number { .. } => "Number",
            Self::Desk(_) => "Desk",
            Self::Payment { .. } => "Payment",
            Self::Event { .. } => "Event",
            Self::Date { .. } => "Date",
            Self::Services { .. } => "Services",
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
    let now = case.reached_at();
    case.current
        .iter()
        .filter_map(action)
        .filter_map(|action| action.does.waits(&At { regulation, case, action, now, calendar: None }))
        .collect()
}

/// The papers that a case brings to an action that takes papers in, less those that a known fact spares it; none for other
/// actions.
#[must_use]
pub fn papers_wanted(regulation: &Regulation, case: &Case, action: u32) -> Vec<String> {
    let now = case.reached_at();
    match regulation.process.action(action).map(|action| (action, &action.does)) {
        Some((action, Verb::Receive(receive))) => {
            receive.wanted(&At { regulation, case, action, now, calendar: None })
        }
        _ => Vec::new(),
    }
}
