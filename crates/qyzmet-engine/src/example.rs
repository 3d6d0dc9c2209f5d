//! Sample cases that stand in the folder of a service and run as its tests.

mod compare;
mod deeds;
mod run;

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::{Clause, Means};

use crate::finding::Place;
use crate::service::RecipientKind;
use crate::{Channel, Denial, Rejection};

pub use run::run_example;

/// One sample case.
#[derive(Clone, Debug)]
pub struct Example {
    /// What it shows, as a sentence.
    pub name: String,
    /// Before.
    pub given: Given,
    /// What the person does.
    pub when: Vec<When>,
    /// What comes of it.
    pub then: Then,
    pub(crate) place: Place,
}

impl Example {
    /// The file of the folder in which it stands.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.place.file
    }
}

/// The world before the case.
#[derive(Clone, Debug)]
pub struct Given {
    /// What kind of recipient asks.
    pub kind: RecipientKind,
    /// Where.
    pub channel: Channel,
    /// When.
    pub at: Timestamp,
    /// How long registers take to answer.
    pub delay: SignedDuration,
    /// What each register says.
    pub registers: BTreeMap<String, RegisterSays>,
    /// What each operation answers that is called.
    pub operations: BTreeMap<String, BTreeMap<String, String>>,
    /// The officers, by an invented name, and the unit of each.
    pub officers: BTreeMap<String, String>,
}

/// What a register says in an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterSays {
    /// That it has nobody.
    Absent,
    /// Facts about the subject that it is asked about.
    Facts(BTreeMap<String, String>),
}

/// One thing that somebody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// At which action.
    pub action: u32,
    /// What.
    pub deed: Deed,
    /// The officer who does it.
    pub by: Option<String>,
    /// When; a second after what was before, when it is not said.
    pub at: Option<Timestamp>,
    /// The word of the rejection, when it must change nothing.
    pub rejected: Option<String>,
}

/// What somebody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The person fills the form with these values, or an officer at a desk.
    Fill(BTreeMap<String, String>),
    /// The person confirms with these means.
    Confirm(Vec<Means>),
    /// The person, or what was called, fails for good.
    Deny(Denial),
    /// An officer takes in papers.
    Receive(Vec<String>),
    /// An officer decides that all is in order.
    Decide,
    /// An officer refuses.
    Refuse {
        /// The ground.
        ground: String,
        /// What was found.
        finding: String,
    },
    /// An officer asks the person for more.
    Ask(String),
    /// An officer approves with the own EDS.
    Approve,
    /// An officer writes what was issued onto something that the recipient holds.
    Write,
    /// The action goes to another officer.
    Assign {
        /// To whom.
        to: String,
        /// Why.
        reason: String,
    },
    /// The person pays so many tenge.
    Pay(u32),
    /// What was awaited comes, with these facts.
    Arrive(BTreeMap<String, String>),
    /// Nothing happens until the term is over, or until the date has come.
    Expire,
    /// A service of a composite ends.
    Join {
        /// Which.
        service: String,
        /// How.
        ending: String,
    },
}

/// What comes of it. What is not named is not compared.
#[derive(Clone, Debug)]
pub struct Then {
    /// Numbers of the actions, in their order.
    pub path: Vec<u32>,
    /// `issued`, `refused`, or the word of the regulation.
    pub outcome: String,
    /// Ground of the refusal.
    pub ground: Option<String>,
    /// Clause of the refusal, or of the action that ended the case.
    pub clause: Option<Clause>,
    /// A fact that is evidence of the refusal.
    pub evidence: Option<String>,
    /// An operation that was called.
    pub called: Option<Called>,
    /// Whether the case stayed within the term of the service.
    pub within_term: Option<bool>,
    /// When the term of the service was over, by the clocks of Kazakhstan.
    pub due: Option<DateTime>,
}

/// A call of an operation of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Its name.
    pub operation: String,
    /// With what.
    pub with: BTreeMap<String, String>,
}

/// The way an example really took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Numbers of the actions.
    pub actions: Vec<u32>,
    /// `issued`, `refused`, or the word of the regulation.
    pub outcome: String,
    /// From opening to the end.
    pub took: SignedDuration,
}

/// Why an example does not run as it says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// A deed of the example is not taken.
    #[error("action {action}: {why}")]
    Rejected {
        /// The action.
        action: u32,
        /// Why.
        why: Rejection,
    },
    /// The case cannot be opened so.
    #[error("the case cannot be opened: {0}")]
    NotOpened(Rejection),
    /// The case waits for something that the example does not say.
    #[error("action {0} waits for something that the example does not say")]
    Waits(u32),
    /// The case goes on and on.
    #[error("the case has taken {0} steps and has not come to an end")]
    Endless(usize),
    /// The example says something that the case never asks.
    #[error("the case never comes to what the example does at action {0}")]
    NotReached(u32),
    /// A deed that must change nothing was taken.
    #[error("action {action}: expected the rejection {code}, and it was taken")]
    NotRejected {
        /// The action.
        action: u32,
        /// The word of the rejection.
        code: String,
    },
    /// An officer whom the example does not give.
    #[error("action {0}: `by` must name an officer of `given.officer`")]
    UnknownOfficer(u32),
    /// Something came out differently.
    #[error("{what}: expected {expected}, found {found}")]
    Differs {
        /// What.
        what: &'static str,
        /// As the example says.
        expected: String,
        /// As it came.
        found: String,
    },
}
