//! What the tree protects of an entry: one canonical text of its fields, with a salted hash in place of the payload.

use sha2::{Digest, Sha256};

use super::merkle::Hash;
use crate::{Row, StoreError};

/// Names of the protected fields in their canonical order.
pub(crate) const FIELDS: [&str; 9] =
    ["id", "at", "actor", "clause", "what", "subject", "case", "case_sequence", "payload_hash"];

/// Columns from which [`Fields::from_row`] reads, in its order.
macro_rules! columns {
    () => {
        "id, at, actor, clause, what, subject, case_id, case_sequence, payload_hash, \
         payload, salt, marks, leaf_hash, leaf"
    };
}
pub(crate) use columns;

/// The protected fields as they stand in the row.
pub(crate) struct Fields {
    pub(crate) id: String,
    pub(crate) at: i64,
    pub(crate) actor: String,
    pub(crate) clause: Option<String>,
    pub(crate) what: String,
    pub(crate) subject: String,
    pub(crate) case: Option<String>,
    pub(crate) case_sequence: Option<i64>,
    pub(crate) payload_hash: Vec<u8>,
}

impl Fields {
    /// Reads the first nine columns of [`columns!`].
    pub(crate) fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.text(0)?,
            at: row.int(1)?,
            actor: row.text(2)?,
            clause: row.opt_text(3)?,
            what: row.text(4)?,
            subject: row.text(5)?,
            case: row.opt_text(6)?,
            case_sequence: row.opt_int(7)?,
            payload_hash: row.blob(8)?,
        })
    }

    /// Each field as JSON: quoted, so that no two entries have the same text.
    fn parts(&self) -> [String; FIELDS.len()] {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let or_null = |text: &Option<String>| text.as_deref().map_or_else(|| "null".to_owned(), quoted);
        [
            quoted(&self.id),
            self.at.to_string(),
            quoted(&self.actor),
            or_null(&self.clause),
            quoted(&self.what),
            quoted(&self.subject),
            or_null(&self.case),
            self.case_sequence.map_or_else(|| "null".to_owned(), |number| number.to_string()),
            quoted(&hex::encode(&self.payload_hash)),
        ]
    }

    /// The canonical text, a JSON array, and a mark of each field.
    ///
    /// Marks are four bytes of a plain checksum each. They prove nothing; when the hash of the leaf no longer agrees,
    /// they say which field it was.
    pub(crate) fn canonical(&self) -> (Vec<u8>, Vec<u8>) {
        let parts = self.parts();
        let marks = parts.iter().flat_map(|part| checksum(part.as_bytes()).to_be_bytes()).collect();
        (format!("[\"qyzmet-journal-v1\",{}]", parts.join(",")).into_bytes(), marks)
    }
}

/// The salted hash of a payload.
pub(crate) fn payload_hash(salt: &[u8], payload: &str) -> Hash {
    Sha256::new().chain_update(salt).chain_update(payload.as_bytes()).finalize().into()
}

/// FNV-1a, 32 bits.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
