//! Checking the whole journal against itself and against its signed checkpoints.
//!
//! Three things must agree about each leaf: the entry as it stands, the hash that was written with it, and the hash in
//! the tree. Where they do not, the next signed checkpoint decides which of them was changed.

mod cases;
mod entries;
mod erased;
mod segment;

use std::collections::BTreeSet;

use super::merkle::Hash;
use super::note::NoteKey;
use crate::{Statement, StoreError, Tx};

pub(super) static STATEMENTS: &[&[&Statement]] = &[entries::STATEMENTS, cases::STATEMENTS];

/// Findings kept at most; a journal that was rewritten as a whole would have millions.
const KEPT: usize = 1000;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// A field of an entry was changed.
    #[error("entry {entry} (leaf {}): {field} was changed", place(*.leaf))]
    Changed {
        /// The entry, as its row names itself.
        entry: String,
        /// Its place, if it has one.
        leaf: Option<u64>,
        /// The field that no longer agrees.
        field: &'static str,
    },
    /// No entry has this place.
    #[error("leaf {leaf} is missing")]
    Missing {
        /// The place.
        leaf: u64,
    },
    /// An entry has no place, and none will be given to it: it was not written through the journal.
    #[error("entry {entry} has no place and waits for none")]
    Inserted {
        /// The entry.
        entry: String,
    },
    /// The tree does not hold the hash of the entry, and the checkpoint bears out the entry.
    #[error("the hash of leaf {leaf} in the tree was changed")]
    Tree {
        /// The place.
        leaf: u64,
    },
    /// Entries and tree agree with each other, or with nothing, but not with what was signed.
    #[error("leaves {from} to {to} are not those that were signed")]
    Rewritten {
        /// The first leaf after the last checkpoint that holds.
        from: u64,
        /// The last leaf that the checkpoint covers.
        to: u64,
    },
    /// A checkpoint cannot be believed.
    #[error("the checkpoint of size {size}: {why}")]
    Checkpoint {
        /// The size under which it is kept.
        size: u64,
        /// What is wrong with it.
        why: String,
    },
    /// A payload is gone, and it was not erased on purpose.
    #[error("entry {entry}: its payload is gone, and no entry says why")]
    Unexplained {
        /// The entry.
        entry: String,
    },
    /// The numbers of the entries of a case have a gap.
    #[error("case {case}: entry {expected} is missing")]
    Gap {
        /// The case.
        case: String,
        /// The number that should come next.
        expected: u64,
    },
}

fn place(leaf: Option<u64>) -> String {
    leaf.map_or_else(|| "none yet".to_owned(), |leaf| leaf.to_string())
}

/// What a check has seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries looked at.
    pub entries: u64,
    /// Of them, entries in the tree.
    pub sealed: u64,
    /// Entries whose payload was erased.
    pub erased: u64,
    /// Checkpoints that hold.
    pub checkpoints: u64,
    /// Entries that a checkpoint that holds covers.
    pub signed: u64,
    /// Cases whose entries were counted.
    pub cases: u64,
    /// What is wrong: at most a thousand findings are named.
    pub findings: Vec<Finding>,
    /// All findings, also those not named.
    pub wrong: u64,
    /// Entries without payload for which no reason has been found so far.
    unexplained: BTreeSet<String>,
}

impl Report {
    /// Whether everything is as it was written.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.wrong == 0
    }

    fn find(&mut self, finding: Finding) {
        self.wrong += 1;
        if self.findings.len() < KEPT {
            self.findings.push(finding);
        }
    }
}

/// Reads the whole journal once, page by page, in one snapshot. Checkpoints must be signed by `key`.
pub fn verify(tx: &mut Tx<'_>, key: &NoteKey) -> Result<Report, StoreError> {
    let mut report = Report::default();
    entries::sealed(tx, key, &mut report)?;
    entries::unsealed(tx, &mut report)?;
    erased::check(tx, &mut report)?;
    cases::check(tx, &mut report)?;
    Ok(report)
}

/// What the three sources say about one leaf.
struct Leaf {
    place: u64,
    entry: String,
    /// Hash of the entry as it stands.
    row: Hash,
    /// Hash in the tree.
    tree: Hash,
    /// What the entry itself shows to be changed.
    field: Option<&'static str>,
}
