//! Proofs that a stranger can check: an entry belongs to the journal, a journal only grew.

use qyzmet_domain::EntryId;
use serde::{Deserialize, Serialize};

use super::checkpoint::covering;
use super::leaf::{Fields, columns};
use super::merkle::{Hash, consistency_path, inclusion_path, leaf_hash, verify_inclusion};
use super::note::{NoteError, NoteKey};
use super::tiles::Tiles;
use crate::{StoreError, Tx, sql};

sql! {
    ENTRY = concat!("SELECT ", columns!(), " FROM journal WHERE id = $1");
}

/// Everything that is needed to check that an entry belongs to the journal, besides the journal's key. It holds the
/// salted hash of the payload, not the payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InclusionProof {
    /// The canonical text of the entry: a JSON array.
    pub entry: String,
    /// Its place in the tree.
    pub leaf: u64,
    /// Hashes from the leaf to the root, in hexadecimal.
    pub path: Vec<String>,
    /// The signed checkpoint to which the path leads.
    pub checkpoint: String,
}

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The checkpoint cannot be believed.
    #[error(transparent)]
    Checkpoint(#[from] NoteError),
    /// A hash cannot be read.
    #[error("a hash of the proof is malformed")]
    Malformed,
    /// The path does not lead to the root of the checkpoint.
    #[error("the entry does not belong to the journal")]
    NotIncluded,
}

impl InclusionProof {
    /// Checks the proof against the journal's key.
    pub fn verify(&self, key: &NoteKey) -> Result<(), ProofError> {
        let head = key.open(&self.checkpoint)?;
        let path: Option<Vec<Hash>> = self.path.iter().map(|text| unhex(text)).collect();
        let path = path.ok_or(ProofError::Malformed)?;
        let leaf = leaf_hash(self.entry.as_bytes());
        if verify_inclusion(leaf, self.leaf, head.size, &path, &head.root) {
            Ok(())
        } else {
            Err(ProofError::NotIncluded)
        }
    }
}

/// The proof for an entry; `None` when there is no such entry, or no checkpoint covers it yet.
pub fn inclusion_proof(tx: &mut Tx<'_>, entry: EntryId) -> Result<Option<InclusionProof>, StoreError> {
    let Some(row) = tx.one(&ENTRY, &[entry.into()])? else { return Ok(None) };
    let Some(leaf) = row.opt_int(13)?.map(i64::unsigned_abs) else { return Ok(None) };
    let Some(checkpoint) = covering(tx, leaf)? else { return Ok(None) };
    let (canonical, _) = Fields::from_row(&row)?.canonical();
    let mut tiles = Tiles::default();
    let path = inclusion_path(leaf, checkpoint.size, &mut |level, position| tiles.hash(tx, level, position))?;
    let entry = String::from_utf8(canonical)
        .map_err(|_| StoreError::Corrupt("an entry is not made of text".to_owned()))?;
    Ok(Some(InclusionProof {
        entry,
        leaf,
        path: path.iter().map(hex::encode).collect(),
        checkpoint: checkpoint.note,
    }))
}

/// The proof that the tree of `first` entries is the beginning of that of `second`, for
/// [`verify_consistency`](super::merkle::verify_consistency). Empty unless `0 < first < second`.
pub fn consistency_proof(tx: &mut Tx<'_>, first: u64, second: u64) -> Result<Vec<Hash>, StoreError> {
    if first == 0 || first >= second {
        return Ok(Vec::new());
    }
    let mut tiles = Tiles::default();
    consistency_path(first, second, &mut |level, position| tiles.hash(tx, level, position))
}

fn unhex(text: &str) -> Option<Hash> {
    hex::decode(text).ok()?.try_into().ok()
}
