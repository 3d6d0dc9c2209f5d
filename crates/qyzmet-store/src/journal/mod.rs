//! The journal: who did what, when, by which clause, about whom, in the same transaction as the change itself.
//!
//! An entry is written by [`append()`]. A sealer gives entries their places in a Merkle tree ([`seal()`]) and signs its head
//! ([`checkpoint()`]); from then on a changed, missing or inserted entry is found by [`verify()`], and
//! [`inclusion_proof`] shows a stranger that an entry belongs to the tree. The tree holds a salted hash of the payload,
//! so [`erase`] can remove personal data without breaking it.

mod append;
mod checkpoint;
mod leaf;
pub mod merkle;
mod note;
mod proof;
mod read;
mod seal;
mod tiles;
mod verify;

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, Clause, EntryId};
use serde_json::Value;

use crate::Statement;
pub use append::{append, erase};
pub use checkpoint::{Checkpoint, checkpoint, last_checkpoint, stamp};
pub use note::{NoteError, NoteKey};
pub use proof::{InclusionProof, ProofError, consistency_proof, inclusion_proof};
pub use read::{case_length, case_of, cases, entry, last_about, of_case, of_kind, of_subject};
pub use seal::{Sealed, seal};
pub use verify::{Finding, Report, verify};

/// Every statement of the journal.
pub(crate) fn statements() -> impl Iterator<Item = &'static Statement> {
    let own = [
        append::STATEMENTS,
        checkpoint::STATEMENTS,
        proof::STATEMENTS,
        read::STATEMENTS,
        seal::STATEMENTS,
        tiles::STATEMENTS,
    ];
    own.into_iter().chain(verify::STATEMENTS.iter().copied()).flatten().copied()
}

/// An entry to be written. No `Debug`: the payload may be personal.
#[derive(Clone, PartialEq)]
pub struct NewEntry {
    /// Its number.
    pub id: EntryId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it: `person:<account>`, `officer:<account>`, `system`, ... An account number, never a name or an IIN.
    pub actor: String,
    /// By which act and paragraph.
    pub clause: Option<Clause>,
    /// What happened: `case.filled`, `sign-in`, ...
    pub what: String,
    /// About whom: the person sees the entry in the list of uses of their data.
    pub subject: Option<AccountId>,
    /// In which case, and which of its entries: from 1, without gaps. Two entries of one number cannot be written.
    pub case: Option<(CaseId, u64)>,
    /// The details as JSON text; the only field that may be personal, and that can be erased.
    pub payload: String,
    /// 16 random bytes that keep an erased payload from being guessed from its hash.
    pub salt: [u8; 16],
}

/// An entry as it was written. No `Debug`: the payload may be personal.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// Its number.
    pub id: EntryId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// By which act and paragraph.
    pub clause: Option<Clause>,
    /// What happened.
    pub what: String,
    /// About whom.
    pub subject: Option<AccountId>,
    /// In which case.
    pub case: Option<CaseId>,
    /// Its place among the entries of the case, from 1, without gaps.
    pub case_sequence: Option<u64>,
    /// The details; `None` after they were erased.
    pub payload: Option<Value>,
    /// Its place in the tree; `None` until it is sealed.
    pub leaf: Option<u64>,
}
