//! What may be asked of a case, and why it may not be done.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use qyzmet_domain::{CaseId, DocumentId, Means};
use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Channel, FieldErrors, Recipient};

/// A wish to move a case on: from a person, a worker, or an outside system through a worker.
#[derive(Clone, PartialEq, Eq)]
pub enum Command {
    /// Open a case.
    Open {
        /// Its name.
        case: CaseId,
        /// For whom.
        recipient: Recipient,
        /// Where.
        channel: Channel,
    },
    /// The person has filled the pages of an action; values as submitted, by field id.
    Fill {
        /// The action.
        action: u32,
        /// Raw values.
        values: BTreeMap<String, String>,
    },
    /// The person has confirmed the request.
    Confirm {
        /// The action.
        action: u32,
        /// With what.
        proof: Proof,
    },
    /// What was asked of the person has failed for good.
    Deny {
        /// The action.
        action: u32,
        /// Why.
        reason: Denial,
    },
    /// A register has answered.
    Answer {
        /// The action.
        action: u32,
        /// What it said, by fact name.
        facts: BTreeMap<String, String>,
        /// Its number of the answer.
        answer_id: String,
    },
    /// A register has definitely answered that it has nobody.
    Absent {
        /// The action.
        action: u32,
        /// Its number of the answer.
        answer_id: String,
    },
    /// The portal has done what an action asks: sent, called, issued.
    Done {
        /// The action.
        action: u32,
        /// What came of it, by fact name.
        facts: BTreeMap<String, String>,
    },
}

impl Command {
    /// The action it is about; opening is about none.
    #[must_use]
    pub fn action(&self) -> Option<u32> {
        match self {
            Self::Open { .. } => None,
            Self::Fill { action, .. }
            | Self::Confirm { action, .. }
            | Self::Deny { action, .. }
            | Self::Answer { action, .. }
            | Self::Absent { action, .. }
            | Self::Done { action, .. } => Some(*action),
        }
    }
}

/// Values may be personal; the kind and the action are not.
impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { case, .. } => write!(f, "Open({case})"),
            Self::Fill { action, .. } => write!(f, "Fill({action})"),
            Self::Confirm { action, .. } => write!(f, "Confirm({action})"),
            Self::Deny { action, reason } => write!(f, "Deny({action}, {reason:?})"),
            Self::Answer { action, .. } => write!(f, "Answer({action})"),
            Self::Absent { action, .. } => write!(f, "Absent({action})"),
            Self::Done { action, .. } => write!(f, "Done({action})"),
        }
    }
}

/// How a request was confirmed. Verified before it comes here; the engine asks only whether it is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The exact content that was shown and confirmed.
    pub request: DocumentId,
    /// What was given.
    pub means: Vec<Means>,
    /// Fingerprint of the signer's certificate; must be there when `means` has EDS.
    pub signer: Option<String>,
    /// When it was given.
    pub at: Timestamp,
}

words! {
    /// Why a confirmation, or another action, has failed for good [R58-9].
    Denial {
        /// Wrong code, to the last attempt.
        WrongCode = "wrong-code",
        /// Biometric authentication has failed.
        Biometrics = "biometrics",
        /// The number kept by the bank is another one.
        NumberMismatch = "number-mismatch",
        /// The person has withdrawn.
        Withdrawn = "withdrawn",
        /// The portal may not do what the action asks.
        NotAllowed = "not-allowed",
    }
}

/// Why a command changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no such case yet, or it is open already.
    #[error("a case is opened once, and only then asked for more")]
    NotOpen,
    /// The case runs under another version of the regulation.
    #[error("the case runs under another version of its regulation")]
    OtherVersion,
    /// The service is not given to such recipients [R58-3].
    #[error("the service is not given to recipients of this kind")]
    WrongRecipient,
    /// The service is not offered on this channel.
    #[error("the service is not offered on this channel")]
    WrongChannel,
    /// The action is not under way, or waits for something else: a late or repeated command.
    #[error("action {0} does not wait for this")]
    NotWaiting(u32),
    /// What was filled in cannot be taken.
    #[error("the form has errors")]
    Form(FieldErrors),
    /// The confirmation does not cover what the regulation asks on this channel [R10-A1.1.2].
    #[error("the confirmation is not enough: {} missing", .0.len())]
    Unproven(Vec<Means>),
    /// The signature names no certificate.
    #[error("a signature without its certificate")]
    UnknownSigner,
    /// A fact that this action may not state.
    #[error("action {action} may not state the fact {fact}")]
    ForeignFact {
        /// The action.
        action: u32,
        /// The fact.
        fact: String,
    },
    /// The regulation leads on and on without waiting for anybody; the checker does not let such a one through.
    #[error("the regulation never comes to rest")]
    Endless,
}
