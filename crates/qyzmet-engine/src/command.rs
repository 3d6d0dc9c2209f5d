//! What may be asked of a case, and why it may not be done.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, DocumentId, Means, RequestNumber, ServiceId};
use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Channel, Officer, Recipient};

mod rejection;

pub use rejection::Rejection;

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
        /// The visit that the person saw.
        visit: u32,
        /// Raw values.
        values: BTreeMap<String, String>,
    },
    /// An officer has filled the pages of an action at a desk; values as submitted, by field id.
    FillAt {
        /// The action.
        action: u32,
        /// The officer, as the desk showed the work.
        at: Desk,
        /// Raw values.
        values: BTreeMap<String, String>,
    },
    /// The person has confirmed the request.
    Confirm {
        /// The action.
        action: u32,
        /// The visit that the person saw.
        visit: u32,
        /// With what.
        proof: Proof,
    },
    /// What was asked of the person has failed for good.
    Deny {
        /// The action.
        action: u32,
        /// The visit in which it has failed.
        visit: u32,
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
    /// The request is given its number.
    Number {
        /// The action.
        action: u32,
        /// The number.
        number: RequestNumber,
    },
    /// An officer has taken in papers at a desk.
    Receive {
        /// The action.
        action: u32,
        /// The officer, as the desk showed the work.
        at: Desk,
        /// The papers that were handed over.
        papers: Vec<String>,
    },
    /// An officer decides.
    Decide {
        /// The action.
        action: u32,
        /// The officer, as the desk showed the work.
        at: Desk,
        /// What.
        decision: Decision,
    },
    /// An officer approves with the own EDS [R839-6.P9].
    Approve {
        /// The action.
        action: u32,
        /// The officer, as the desk showed the work.
        at: Desk,
        /// The signature, verified before it comes here.
        proof: Proof,
    },
    /// An officer has written what was issued onto something that the recipient holds; read back and compared before it comes
    /// here [R839-9.P10].
    Write {
        /// The action.
        action: u32,
        /// The officer, as the desk showed the work.
        at: Desk,
    },
    /// The action at a desk is given to another officer of the unit.
    Assign {
        /// The action.
        action: u32,
        /// Who gives it, as the desk showed the work.
        at: Desk,
        /// To whom.
        to: AccountId,
        /// Why.
        reason: String,
    },
    /// The payment gateway has taken the fee.
    Pay {
        /// The action.
        action: u32,
        /// The visit for which it was ordered.
        visit: u32,
        /// What was paid.
        payment: Payment,
    },
    /// What an action waits for has come.
    Arrive {
        /// The action.
        action: u32,
        /// The visit that whoever reports it saw.
        visit: u32,
        /// The event.
        event: String,
        /// What it says, by fact name; names begin with that of the event.
        facts: BTreeMap<String, String>,
        /// The officer who reports it, when one does.
        by: Option<Officer>,
    },
    /// The term of an action that waits has run out, or the date for which it waits has come.
    Expire {
        /// The action.
        action: u32,
        /// When that was, as reckoned by the calendar.
        due_at: Timestamp,
    },
    /// A service of a composite was started as a case of its own.
    Start {
        /// The action.
        action: u32,
        /// The service.
        service: ServiceId,
        /// Its case.
        case: CaseId,
    },
    /// A service of a composite has ended.
    Join {
        /// The action.
        action: u32,
        /// Its case.
        case: CaseId,
        /// How it ended: `issued`, `refused`, or the word of its regulation.
        ending: String,
    },
}

/// An officer at a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Who.
    pub by: Officer,
    /// The visit of the case that the officer saw, from [`crate::Work::visit`].
    pub visit: u32,
}

/// What an officer decides.
#[derive(Clone, PartialEq, Eq)]
pub enum Decision {
    /// All is as it should be.
    Ok,
    /// A ground of refusal holds.
    Violation {
        /// The ground, out of those of the action.
        ground: String,
        /// What the officer has found, in words.
        finding: String,
    },
    /// The recipient is asked for more.
    More {
        /// What is asked.
        question: String,
    },
}

/// What the payment gateway says of a fee that was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The gateway's number of it.
    pub id: String,
    /// How much, in tenge.
    pub amount: u32,
    /// When.
    pub at: Timestamp,
}

impl Command {
    /// The action it is about; opening is about none.
    #[must_use]
    pub fn action(&self) -> Option<u32> {
        match self {
            Self::Open { .. } => None,
            Self::Fill { action, .. }
            | Self::FillAt { action, .. }
            | Self::Confirm { action, .. }
            | Self::Deny { action, .. }
            | Self::Answer { action, .. }
            | Self::Absent { action, .. }
            | Self::Done { action, .. }
            | Self::Number { action, .. }
            | Self::Receive { action, .. }
            | Self::Decide { action, .. }
            | Self::Approve { action, .. }
            | Self::Write { action, .. }
            | Self::Assign { action, .. }
            | Self::Pay { action, .. }
            | Self::Arrive { action, .. }
            | Self::Expire { action, .. }
            | Self::Start { action, .. }
            | Self::Join { action, .. } => Some(*action),
        }
    }
}

impl Command {
    /// Of the commands that a person can send twice: the visit of the case to the action for which it was meant, from
    /// [`crate::Case::visit`]. A button pressed twice, or on an old page, then changes nothing although the case may have
    /// come back to the same action.
    #[must_use]
    pub fn visit(&self) -> Option<u32> {
        match self {
            Self::Fill { visit, .. }
            | Self::Confirm { visit, .. }
            | Self::Deny { visit, .. }
            | Self::Pay { visit, .. }
            | Self::Arrive { visit, .. } => Some(*visit),
            Self::FillAt { at, .. }
            | Self::Receive { at, .. }
            | Self::Decide { at, .. }
            | Self::Approve { at, .. }
            | Self::Write { at, .. }
            | Self::Assign { at, .. } => Some(at.visit),
            _ => None,
        }
    }
}

/// Values may be personal; the kind and the action are not.
impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Open { case, .. } => return write!(f, "Open({case})"),
            Self::Deny { action, reason, .. } => return write!(f, "Deny({action}, {reason:?})"),
            Self::Fill { .. } => "Fill",
            Self::FillAt { .. } => "FillAt",
            Self::Confirm { .. } => "Confirm",
            Self::Answer { .. } => "Answer",
            Self::Absent { .. } => "Absent",
            Self::Done { .. } => "Done",
            Self::Number { .. } => "Number",
            Self::Receive { .. } => "Receive",
            Self::Decide { .. } => "Decide",
            Self::Approve { .. } => "Approve",
            Self::Write { .. } => "Write",
            Self::Assign { .. } => "Assign",
            Self::Pay { .. } => "Pay",
            Self::Arrive { .. } => "Arrive",
            Self::Expire { .. } => "Expire",
            Self::Start { .. } => "Start",
            Self::Join { .. } => "Join",
        };
        write!(f, "{kind}({})", self.action().unwrap_or_default())
    }
}

/// What the officer wrote may be personal; the kind and the ground are not.
impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok => f.write_str("Ok"),
            Self::Violation { ground, .. } => write!(f, "Violation({ground})"),
            Self::More { .. } => f.write_str("More"),
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
