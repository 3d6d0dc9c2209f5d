//! Journal entries as use cases write them: what happened, by which clause, about whom.

use qyzmet_domain::{AccountId, CaseId, Clause, EntryId};
use qyzmet_engine::Event;
use qyzmet_store::{
    Tx,
    journal::{self, NewEntry},
    repositories::cases::CaseRow,
};
use serde_json::Value;

use crate::{Draw, Error};

/// An entry in the making.
pub(crate) struct Record {
    actor: String,
    what: String,
    clause: Option<Clause>,
    subject: Option<AccountId>,
    case: Option<(CaseId, u64)>,
    payload: String,
}

impl Record {
    /// Begins an entry: who did what.
    pub(crate) fn of(actor: String, what: impl Into<String>) -> Self {
        Self { actor, what: what.into(), clause: None, subject: None, case: None, payload: "null".to_owned() }
    }

    /// An event of a case, which is the given one of its events, by the clause of its action.
    ///
    /// # Errors
    /// When the event cannot be written as JSON, which would be a mistake in its type.
    pub(crate) fn of_event(
        actor: &str,
        row: &CaseRow,
        (number, event): (u64, &Event),
    ) -> Result<Self, Error> {
        let entry = Self::of(actor.to_owned(), format!("case.{}", event.name()));
        Ok(Self {
            clause: Some(event.head().clause.clone()),
            payload: serde_json::to_string(event).map_err(Error::fault)?,
            case: Some((row.id, number)),
            ..entry.subject(row.account)
        })
    }

    /// By which act and paragraph; a text that is no clause is left out.
    pub(crate) fn clause(mut self, clause: &str) -> Self {
        self.clause = clause.parse().ok();
        self
    }

    /// About whom.
    pub(crate) fn subject(mut self, subject: AccountId) -> Self {
        self.subject = Some(subject);
        self
    }

    /// The details: the only part that may be personal.
    pub(crate) fn payload(mut self, payload: Value) -> Self {
        self.payload = payload.to_string();
        self
    }

    /// Writes it in the unit of work that makes the change.
    pub(crate) fn write(self, tx: &mut Tx<'_>, draw: &mut Draw) -> Result<EntryId, Error> {
        let id = draw.entry();
        journal::append(
            tx,
            &NewEntry {
                id,
                at: draw.now(),
                actor: self.actor,
                clause: self.clause,
                what: self.what,
                subject: self.subject,
                case: self.case,
                payload: self.payload,
                salt: draw.bytes(),
            },
        )?;
        Ok(id)
    }
}
