//! Proof that the issue of a result stands in the journal: a stranger can check it against a signed checkpoint.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use qyzmet_domain::EntryId;
use qyzmet_store::{Tx, journal};
use serde::Serialize;

use crate::Error;

/// An inclusion proof (RFC 9162), in words that a page shows and a file that a program checks.
#[derive(Clone, Debug, Serialize)]
pub struct ProofView {
    /// The canonical text of the entry; the payload is in it as a salted hash only.
    pub entry: String,
    /// Place of the entry among all entries.
    pub leaf: u64,
    /// Size of the tree that the checkpoint signs.
    pub size: u64,
    /// Root of that tree, as hex.
    pub root: String,
    /// The hashes on the way to the root, as hex.
    pub path: Vec<String>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// The proof of an entry; `None` until the sealer has reached it.
pub(super) fn of_entry(tx: &mut Tx<'_>, entry: Option<EntryId>) -> Result<Option<ProofView>, Error> {
    let Some(entry) = entry else { return Ok(None) };
    let Some(proof) = journal::inclusion_proof(tx, entry)? else { return Ok(None) };
    let mut lines = proof.checkpoint.lines().skip(1);
    let size = lines.next().and_then(|size| size.parse().ok()).unwrap_or(0);
    let root = lines.next().and_then(|root| STANDARD.decode(root).ok()).map(hex::encode).unwrap_or_default();
    Ok(Some(ProofView {
        entry: proof.entry,
        leaf: proof.leaf,
        size,
        root,
        path: proof.path,
        checkpoint: proof.checkpoint,
    }))
}
