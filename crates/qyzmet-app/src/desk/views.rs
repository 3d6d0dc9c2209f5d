//! What the page of a case shows an officer.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, DocumentId, ServiceId};

use super::Urgency;
use crate::{ActionView, RefusalView, TermView};

/// A case at a desk.
pub struct WorkView {
    /// The case.
    pub case: CaseId,
    /// The action.
    pub action: u32,
    /// The visit: goes back with each command.
    pub visit: u32,
    /// `receive`, `decide`, `approve`, `fill`, `write`, `event`.
    pub task: String,
    /// What is to be done.
    pub what: String,
    /// The clause that prescribes it.
    pub clause: String,
    /// The service.
    pub title: String,
    /// Its id.
    pub service: ServiceId,
    /// The version of its regulation that the case began with.
    pub version: String,
    /// Number of the request.
    pub number: Option<String>,
    /// The recipient's name.
    pub recipient: String,
    /// The recipient's IIN or BIN.
    pub identifier: String,
    /// When the request was accepted.
    pub accepted_at: Option<Timestamp>,
    /// Since when it waits here.
    pub came_at: Timestamp,
    /// When the term of the action is over.
    pub due_at: Option<Timestamp>,
    /// How near that is.
    pub urgency: Urgency,
    /// Whether it was raised to the head.
    pub raised: bool,
    /// What the recipient states.
    pub claims: Vec<(String, String)>,
    /// What registers, other officers and the portal say.
    pub facts: Vec<FactView>,
    /// Digest of the request as confirmed, when there is one.
    pub request: Option<DocumentId>,
    /// Whether the recipient has signed it.
    pub signed: bool,
    /// The steps, each with its term.
    pub steps: Vec<DeskStep>,
    /// The term of the whole service, where a calendar was needed to reckon it.
    pub term: Option<TermView>,
    /// Why the order of certificates cannot be made or was not confirmed, as a word of the locales.
    pub order_problem: Option<String>,
    /// Whether certificates are to be confirmed while the authority that would issue them is not here.
    pub authority_away: bool,
    /// Whether a receipt can be printed: papers were taken in.
    pub has_receipt: bool,
    /// Papers to take in.
    pub papers: Vec<PaperView>,
    /// Grounds on which it can be refused; none when it cannot.
    pub grounds: Vec<GroundView>,
    /// The event that is awaited, when one is.
    pub event: Option<EventView>,
    /// Whether the recipient can be asked for more.
    pub may_ask: bool,
    /// Whether the work still waits here.
    pub open: bool,
    /// Whether the case has not ended: it may go on by itself for a moment, and then come back to this desk.
    pub goes_on: bool,
    /// Where the case waits at this desk now, when that is another action.
    pub next: Option<NextWork>,
    /// Whether this officer may act: the work is theirs or nobody's, and no other officer is needed.
    pub may_act: bool,
    /// Another officer is needed: this one has acted before.
    pub barred: bool,
    /// Who has the work.
    pub officer: Option<String>,
    /// Whether that is the officer who looks.
    pub mine: bool,
    /// How it came to them, when a colleague gave it.
    pub given: Option<GivenView>,
    /// Others of the unit to whom it can be given.
    pub colleagues: Vec<(AccountId, String)>,
    /// How the case ended, when it ended with a refusal.
    pub refusal: Option<RefusalView>,
}

/// Another action of the same case that waits at the same desk.
pub struct NextWork {
    /// Its number.
    pub action: u32,
    /// What is to be done.
    pub what: String,
}

/// How work came to the officer who has it.
pub struct GivenView {
    /// Who gave it; none when they have left the unit.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// One known thing, beside what the recipient states.
pub struct FactView {
    /// What.
    pub label: String,
    /// Its value.
    pub value: String,
    /// Who said so.
    pub source: String,
    /// The register's number of its answer.
    pub answer_id: Option<String>,
}

/// One step of the case.
pub struct DeskStep {
    /// The action with its state.
    pub action: ActionView,
    /// Who did it.
    pub by: Option<String>,
    /// The reckoning of its term, when it has one and the case came to it.
    pub term: Option<TermView>,
}

/// A paper to take in.
pub struct PaperView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// An event that is awaited.
pub struct EventView {
    /// Its words.
    pub text: String,
    /// What is asked about it.
    pub says: Vec<SaidView>,
}

/// One thing that is asked about an event.
pub struct SaidView {
    /// Its name.
    pub fact: String,
    /// What is asked.
    pub label: String,
    /// What can be said, with its words; any words when nothing is listed.
    pub choices: Vec<(String, String)>,
}

/// A ground of refusal to choose.
pub struct GroundView {
    /// Its id.
    pub id: String,
    /// The words of the act.
    pub text: String,
    /// Its clause.
    pub clause: String,
}
