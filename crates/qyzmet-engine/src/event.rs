//! What has happened in a case. Events are kept for ever, so their meaning never changes.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, Clause, Evidence, Refusal, RequestNumber, ServiceId};
use serde::{Deserialize, Serialize};

use crate::process::Branch;
use crate::{Channel, Denial, Officer, Payment, Proof, Recipient, Version};

/// What every event says: which action, when, by which clause, and where the case goes from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Number of the action.
    pub action: u32,
    /// How often the case had left the action before.
    #[serde(default, skip_serializing_if = "is_first")]
    pub visit: u32,
    /// When.
    pub at: Timestamp,
    /// The clause that prescribes the action.
    pub clause: Clause,
    /// How the action ended.
    pub branch: Branch,
    /// The actions that are under way now; none when the case has ended.
    pub next: Vec<u32>,
}

/// Most cases come to an action once, and their events say nothing of it.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_first(visit: &u32) -> bool {
    *visit == 0
}

/// One comparison of a check, kept as evidence whether it held or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Comparison {
    /// What was compared with what, and where it came from.
    pub evidence: Evidence,
    /// Whether it held.
    pub holds: bool,
    /// The ground of refusal that it would be.
    pub ground: String,
}

/// What has happened.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A case was opened; its head names the first action.
    Opened {
        /// Head.
        head: Head,
        /// Its name.
        case: CaseId,
        /// The service.
        service: ServiceId,
        /// The version of the regulation.
        version: Version,
        /// For whom.
        recipient: Recipient,
        /// Where.
        channel: Channel,
    },
    /// A form was filled; values in their normal form, by fact name.
    Filled {
        /// Head.
        head: Head,
        /// `form.<field>` and `consent.<field>`.
        facts: BTreeMap<String, String>,
        /// The officer who filled it at a desk, when one did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Officer>,
    },
    /// The request was confirmed and accepted: the statutory term runs from here.
    Confirmed {
        /// Head.
        head: Head,
        /// With what.
        proof: Proof,
    },
    /// A confirmation, or another action, failed for good [R58-9].
    Denied {
        /// Head.
        head: Head,
        /// Why.
        reason: Denial,
        /// The ground that it is, when it leads to a refusal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comparison: Option<Comparison>,
    },
    /// A register answered.
    Answered {
        /// Head.
        head: Head,
        /// Which register.
        register: String,
        /// What it said.
        facts: BTreeMap<String, String>,
        /// Its number of the answer.
        answer_id: String,
    },
    /// A register definitely has nobody: the ground of refusal that this is.
    Absent {
        /// Head.
        head: Head,
        /// Which register.
        register: String,
        /// Its number of the answer.
        answer_id: String,
        /// The ground and its evidence.
        comparison: Comparison,
    },
    /// A register was not asked, because the person has not agreed [R58-A.9.2].
    Withheld {
        /// Head.
        head: Head,
        /// Which register.
        register: String,
        /// The ground and its evidence.
        comparison: Comparison,
    },
    /// The portal did what the action asks: sent a message, called an operation.
    Done {
        /// Head.
        head: Head,
        /// What came of it.
        facts: BTreeMap<String, String>,
    },
    /// Facts were compared.
    Checked {
        /// Head.
        head: Head,
        /// Every comparison, also those that held.
        comparisons: Vec<Comparison>,
    },
    /// The request was given its number.
    Numbered {
        /// Head.
        head: Head,
        /// The number.
        number: RequestNumber,
        /// Whether the request counts as accepted from here: where the table has no confirmation.
        accepts: bool,
    },
    /// An officer took in papers.
    Received {
        /// Head.
        head: Head,
        /// Who.
        by: Officer,
        /// Which papers.
        papers: Vec<String>,
        /// Whether the request counts as accepted from here.
        accepts: bool,
    },
    /// An officer decided: as it should be, or on a ground.
    Decided {
        /// Head.
        head: Head,
        /// Who.
        by: Officer,
        /// The ground and what the officer has found, when it is a violation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comparison: Option<Comparison>,
    },
    /// An officer asked the recipient for more.
    Asked {
        /// Head.
        head: Head,
        /// Who.
        by: Officer,
        /// What.
        question: String,
    },
    /// An officer approved with the own EDS.
    Approved {
        /// Head.
        head: Head,
        /// Who.
        by: Officer,
        /// With what.
        proof: Proof,
    },
    /// An officer has written what was issued onto something that the recipient holds, and has read it back.
    Written {
        /// Head.
        head: Head,
        /// Who.
        by: Officer,
    },
    /// An action at a desk was given to another officer.
    Assigned {
        /// Head; the action stays under way.
        head: Head,
        /// Who gave it.
        by: Officer,
        /// To whom.
        to: AccountId,
        /// Why.
        reason: String,
    },
    /// The fee was paid.
    Paid {
        /// Head.
        head: Head,
        /// What the gateway said.
        payment: Payment,
    },
    /// What was awaited has come.
    Arrived {
        /// Head.
        head: Head,
        /// What.
        name: String,
        /// Who said so: the unit.
        source: String,
        /// What it says.
        facts: BTreeMap<String, String>,
        /// The officer who reported it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Officer>,
    },
    /// The term of an action that waited ran out, or its date came.
    Expired {
        /// Head.
        head: Head,
        /// When.
        due_at: Timestamp,
        /// The ground that it is, when it leads to a refusal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comparison: Option<Comparison>,
    },
    /// A service of a composite was started.
    Started {
        /// Head; the action stays under way.
        head: Head,
        /// The service.
        service: ServiceId,
        /// Its case.
        case: CaseId,
    },
    /// A service of a composite has ended; with the last one the action ends.
    Joined {
        /// Head.
        head: Head,
        /// Its case.
        case: CaseId,
        /// How it ended.
        ending: String,
        /// Services that gave no positive result, when they are a ground of refusal.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        comparisons: Vec<Comparison>,
    },
    /// A positive result was issued.
    Issued {
        /// Head.
        head: Head,
        /// What came of it.
        facts: BTreeMap<String, String>,
        /// Whether within the term of the service.
        within_term: Option<bool>,
    },
    /// A reasoned refusal was made.
    Refused {
        /// Head.
        head: Head,
        /// Ground, clause, evidence.
        refusal: Refusal,
        /// Whether within the term of the service.
        within_term: Option<bool>,
    },
    /// The case ended with neither result nor refusal.
    Finished {
        /// Head.
        head: Head,
        /// The word of the regulation for it.
        outcome: String,
        /// Whether within the term of the service.
        within_term: Option<bool>,
    },
}

impl Event {
    /// What every event says.
    #[must_use]
    pub fn head(&self) -> &Head {
        match self {
            Self::Opened { head, .. }
            | Self::Filled { head, .. }
            | Self::Confirmed { head, .. }
            | Self::Denied { head, .. }
            | Self::Answered { head, .. }
            | Self::Absent { head, .. }
            | Self::Withheld { head, .. }
            | Self::Done { head, .. }
            | Self::Checked { head, .. }
            | Self::Numbered { head, .. }
            | Self::Received { head, .. }
            | Self::Decided { head, .. }
            | Self::Asked { head, .. }
            | Self::Approved { head, .. }
            | Self::Written { head, .. }
            | Self::Assigned { head, .. }
            | Self::Paid { head, .. }
            | Self::Arrived { head, .. }
            | Self::Expired { head, .. }
            | Self::Started { head, .. }
            | Self::Joined { head, .. }
            | Self::Issued { head, .. }
            | Self::Refused { head, .. }
            | Self::Finished { head, .. } => head,
        }
    }

    /// The officer who did it, when one did.
    #[must_use]
    pub fn by(&self) -> Option<&Officer> {
        match self {
            Self::Received { by, .. }
            | Self::Decided { by, .. }
            | Self::Asked { by, .. }
            | Self::Approved { by, .. }
            | Self::Written { by, .. }
            | Self::Assigned { by, .. } => Some(by),
            Self::Filled { by, .. } | Self::Arrived { by, .. } => by.as_ref(),
            _ => None,
        }
    }

    /// The word for it, as in its stored form; the journal writes `case.<word>`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Filled { .. } => "filled",
            Self::Confirmed { .. } => "confirmed",
            Self::Denied { .. } => "denied",
            Self::Answered { .. } => "answered",
            Self::Absent { .. } => "absent",
            Self::Withheld { .. } => "withheld",
            Self::Done { .. } => "done",
            Self::Checked { .. } => "checked",
            Self::Numbered { .. } => "numbered",
            Self::Received { .. } => "received",
            Self::Decided { .. } => "decided",
            Self::Asked { .. } => "asked",
            Self::Approved { .. } => "approved",
            Self::Written { .. } => "written",
            Self::Assigned { .. } => "assigned",
            Self::Paid { .. } => "paid",
            Self::Arrived { .. } => "arrived",
            Self::Expired { .. } => "expired",
            Self::Started { .. } => "started",
            Self::Joined { .. } => "joined",
            Self::Issued { .. } => "issued",
            Self::Refused { .. } => "refused",
            Self::Finished { .. } => "finished",
        }
    }
}

/// Values may be personal; the kind and the action are not.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.head();
        write!(f, "{}({} -> {:?})", self.name(), head.action, head.next)
    }
}
