//! The passport of a service: the ten rows of its standard, and the answers from which its class follows.

use std::collections::BTreeMap;

use jiff::civil::Date;
use qyzmet_domain::calendar::Clock;
use qyzmet_domain::{Clause, Means, ServiceId, Term};

use crate::Channel;
use crate::words::words;

/// `service.toml` [R58-4b].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name.
    pub id: ServiceId,
    /// The act that regulates it.
    pub act: String,
    /// First day of this wording.
    pub valid_from: Date,
    /// The body that owns, classifies and publishes it [R10-7].
    pub owner: String,
    /// Degree of automation [R58-A.4].
    pub automation: Automation,
    /// Type.
    pub kind: ServiceType,
    /// Whether it issues a permit [R10-A1.2].
    pub permit: bool,
    /// Whether one request starts several services [R10-2.5].
    pub composite: bool,
    /// Who may receive it [R58-3].
    pub recipients: Vec<RecipientKind>,
    /// Whether new cases are taken; what is not offered can be read and not asked for.
    pub offered: bool,
    /// Where it is offered [R58-A.2].
    pub channels: Vec<Channel>,
    /// How long it may take [R58-A.3].
    pub term: ServiceTerm,
    /// What it costs [R58-A.6].
    pub fee: Fee,
    /// When it is offered [R58-A.7].
    pub schedule: Schedule,
    /// Telephones of the contact centre [R58-A.10].
    pub contacts: Vec<String>,
    /// Devices it can be received with.
    pub devices: Vec<String>,
    /// Criterion 1 of its classification, with the provider's reasons [R10-3.1b].
    pub disclosure_risk: Because,
    /// Criterion 2, with the register that changes [R10-2.3].
    pub changes_register: Because,
    /// A confirmation that another act fixes: a listed exception.
    pub confirm: Option<SpecialConfirmation>,
    /// The only grounds of refusal [R58-A.9.1, R58-A.9.2].
    pub grounds: Vec<GroundOfRefusal>,
    /// What it gives [R58-A.5].
    pub result: ResultRules,
}

words! {
    /// Degree of automation.
    Automation {
        /// No person takes part on the provider's side.
        Full = "full",
        /// With people or papers somewhere on the way.
        Partial = "partial",
    }
}

words! {
    /// Type of an e-service.
    ServiceType {
        /// Informs.
        Informational = "informational",
        /// Exchanges requests and answers.
        Interactive = "interactive",
        /// Changes data or takes payment.
        Transactional = "transactional",
    }
}

words! {
    /// Kinds of recipients.
    RecipientKind {
        /// A natural person.
        Individual = "individual",
        /// A sole trader.
        Entrepreneur = "entrepreneur",
        /// A legal entity.
        LegalEntity = "legal-entity",
    }
}

words! {
    /// What a service costs.
    Fee {
        /// Nothing.
        Free = "free",
        /// A fee set by law.
        Paid = "paid",
    }
}

words! {
    /// When a service is offered.
    Schedule {
        /// Always, but for technical breaks.
        AroundTheClock = "around-the-clock",
        /// In the hours of the provider.
        WorkingHours = "working-hours",
    }
}

words! {
    /// What a positive result is.
    ResultKind {
        /// Data shown in the cabinet.
        Record = "record",
        /// A document.
        Document = "document",
    }
}

words! {
    /// From when the term runs.
    TermStart {
        /// From acceptance of the complete confirmed request.
        Acceptance = "acceptance",
    }
}

/// The term of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceTerm {
    /// How long.
    pub limit: Term,
    /// From when.
    pub from: TermStart,
    /// By which clock, when the standard says another than that of its kind.
    pub clock: Option<Clock>,
    /// The clause that sets it.
    pub clause: Option<Clause>,
}

impl ServiceTerm {
    /// The clock: working days end with the working hours, all else runs on.
    #[must_use]
    pub fn clock(&self) -> Clock {
        let of_kind =
            if matches!(self.limit, Term::WorkingDays(_)) { Clock::Working } else { Clock::Running };
        self.clock.unwrap_or(of_kind)
    }
}

/// One answer of the classification and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// Yes or no.
    pub answer: bool,
    /// Key of the text with the reasons (criterion 1), or the register (criterion 2).
    pub because: String,
}

/// A confirmation fixed by an act other than order 10.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialConfirmation {
    /// The clauses that fix it: each must stand on the list of exceptions.
    pub clauses: Vec<Clause>,
    /// What is asked on each channel.
    pub means: BTreeMap<Channel, Vec<Means>>,
}

/// A ground on which a request can be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroundOfRefusal {
    /// Its id.
    pub id: String,
    /// The clause that allows it.
    pub clause: Clause,
}

/// What a positive result is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRules {
    /// Data or document.
    pub kind: ResultKind,
    /// The file with its printed form.
    pub template: String,
    /// Whether an authorised employee of the provider signs it [R74-5.4].
    pub signed: bool,
}

impl Service {
    /// The ground with this id.
    #[must_use]
    pub fn ground(&self, id: &str) -> Option<&GroundOfRefusal> {
        self.grounds.iter().find(|ground| ground.id == id)
    }
}
