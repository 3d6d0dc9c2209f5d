//! One run of a service: the fold of its events.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, Clause, Identifier, Refusal, RequestNumber, ServiceId};
use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Comparison, Proof, Version};

mod step;

pub use step::Step;

/// One run of a service. Made and changed by [`crate::apply`] only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its name.
    pub id: CaseId,
    /// The service.
    pub service: ServiceId,
    /// The version of the regulation under which it runs to its end [R10-8.D].
    pub version: Version,
    /// For whom.
    pub recipient: Recipient,
    /// Where it was asked for.
    pub channel: Channel,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When the complete confirmed request was accepted: the statutory term runs from here.
    pub accepted_at: Option<Timestamp>,
    /// What is known, each fact with its source.
    pub facts: Facts,
    /// The request as confirmed.
    pub proof: Option<Proof>,
    /// Actions that are done, in their order.
    pub steps: Vec<Step>,
    /// Actions under way; empty when the case is finished.
    pub current: Vec<u32>,
    /// Comparisons that did not hold, until a refusal names them.
    pub failed: Option<Failed>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The number of the request, once it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<RequestNumber>,
    /// What officers have approved with their own EDS.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// Services of a composite that were started [R10-2.5].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// To whom an action at a desk was given, when it was.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub assigned: BTreeMap<u32, AccountId>,
    /// How many events made it.
    pub sequence: u64,
}

/// Who receives the service [R10-2.6].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The account.
    pub account: AccountId,
    /// IIN or BIN.
    pub identifier: Identifier,
    /// Name as registered.
    pub name: String,
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recipient").field("account", &self.account).finish_non_exhaustive()
    }
}

/// An employee who acts in a case: who, and for which unit of the action table. Whether the account may act for the unit
/// is settled before it comes here.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Officer {
    /// The account.
    pub id: AccountId,
    /// Id of the unit.
    pub unit: String,
}

/// What an officer has approved [R839-6.P9].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The action.
    pub action: u32,
    /// Who.
    pub by: Officer,
    /// With what, over exactly what.
    pub proof: Proof,
}

/// One service that a composite has started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The action that started it.
    pub action: u32,
    /// The visit of the case to that action: a table that comes back to it starts its services anew.
    #[serde(default)]
    pub visit: u32,
    /// The service.
    pub service: ServiceId,
    /// Its case.
    pub case: CaseId,
    /// How it ended: `issued`, `refused`, or the word of its regulation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<String>,
}

words! {
    /// Where a service is asked for [R10-2.4, R58-A.2].
    Channel {
        /// The portal in a browser.
        Portal = "portal",
        /// The mobile application of the portal [R10-2.14].
        MobileApp = "mobile-app",
        /// The application of a second-tier bank.
        BankApp = "bank-app",
        /// The desk of a public service centre or of the provider [R839-1a].
        ServiceCentre = "service-centre",
        /// Instant messages of the network.
        Ussd = "ussd",
        /// Text messages.
        Sms = "sms",
    }
}

/// One known thing and who said it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The value in its text form.
    pub value: String,
    /// The register that answered, `request` for what the person wrote, `portal` for what the portal did.
    pub source: String,
    /// The register's number of its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_id: Option<String>,
}

/// What is known in a case: `form.<field>`, `consent.<field>`, `person.<...>` and so on.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(pub BTreeMap<String, Fact>);

impl Facts {
    /// The value of a fact.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|fact| fact.value.as_str())
    }

    /// The fact with its source.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.0.get(name)
    }
}

/// Values are personal; names are not.
impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A ground of refusal that a check or a query has met, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// Id of the ground.
    pub ground: String,
    /// The clause of the action that met it, by which it is explained when the ground is unknown.
    pub clause: Clause,
    /// What did not hold.
    pub comparisons: Vec<Comparison>,
}

/// How and when a case ended [R58-A.5].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The action that ended it.
    pub action: u32,
    /// When.
    pub at: Timestamp,
    /// The clause.
    pub clause: Clause,
    /// Whether it stayed within the term of the service; nothing when no request was accepted or working days decide
    /// [R58-A.3].
    pub within_term: Option<bool>,
    /// What came out.
    pub ending: Ending,
}

/// What came out of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Ending {
    /// A positive result was issued.
    Issued,
    /// A reasoned refusal.
    Refused(Refusal),
    /// Neither: the request was not completed, for example a wrong code [R58-9].
    Closed {
        /// The word of the regulation for it.
        name: String,
    },
}

impl Ending {
    /// `issued`, `refused`, or the word of the regulation.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Issued => "issued",
            Self::Refused(_) => "refused",
            Self::Closed { name } => name,
        }
    }
}

impl Case {
    /// When the case came to the actions that are under way.
    #[must_use]
    pub fn reached_at(&self) -> Timestamp {
        self.steps.last().map_or(self.opened_at, |step| step.done_at)
    }

    /// How often the case has left an action before.
    #[must_use]
    pub fn visit(&self, action: u32) -> u32 {
        let left = self.steps.iter().filter(|step| step.action == action).count();
        u32::try_from(left).unwrap_or(u32::MAX)
    }

    /// Whether the case has ended.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.outcome.is_some()
    }
}
