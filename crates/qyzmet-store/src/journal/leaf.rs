//! What the tree protects of an entry: one canonical text of its fields, with a salted hash in place of the payload.

use sha2::{Digest, Sha256};

use super::merkle::Hash;
use crate::{Row, StoreError};

/// Names of the protected fields in their canonical order.
pub(crate) const FIELDS: [&str; 9] =
    ["id", "at", "actor", "clause", "what", "subject", "case", "case_sequence", "payload_hash"];

/// Columns from which [`Fields::from_row`] reads, in its order; the last is the place in the tree, if there is one.
macro_rules! columns {
    () => {
        "journal.id, journal.at, journal.actor, journal.clause, journal.what, journal.subject, journal.case_id, \
         journal.case_sequence, journal.payload_hash, journal.payload, journal.salt, journal.marks, journal.leaf_hash, \
         (SELECT leaf FROM journal_place AS placed WHERE placed.shard = journal.shard \
          AND placed.subject = journal.subject AND placed.id = journal.id)"
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

    /// The canonical text, a JSON array, and a mark of each field.
    ///
    /// Marks are four bytes of a plain checksum each. They prove nothing; when the hash of the leaf no longer agrees,
    /// they say which field it was.
    pub(crate) fn canonical(&self) -> (Vec<u8>, Vec<u8>) {
        let mut text =
            Canonical { bytes: Vec::with_capacity(512), marks: Vec::with_capacity(4 * FIELDS.len()) };
        text.bytes.extend_from_slice(b"[\"qyzmet-journal-v1\"");
        text.quoted(Some(&self.id));
        text.number(Some(self.at));
        text.quoted(Some(&self.actor));
        text.quoted(self.clause.as_deref());
        text.quoted(Some(&self.what));
        text.quoted(Some(&self.subject));
        text.quoted(self.case.as_deref());
        text.number(self.case_sequence);
        text.quoted(Some(&hex::encode(&self.payload_hash)));
        text.bytes.push(b']');
        (text.bytes, text.marks)
    }
}

/// The canonical text while it is written, field by field.
struct Canonical {
    bytes: Vec<u8>,
    marks: Vec<u8>,
}

impl Canonical {
    /// Text as JSON: quoted, so that no two entries have the same canonical text.
    fn quoted(&mut self, text: Option<&str>) {
        self.field(|bytes| match text {
            // Writing text into memory cannot fail.
            Some(text) => drop(serde_json::to_writer(bytes, text)),
            None => bytes.extend_from_slice(b"null"),
        });
    }

    fn number(&mut self, number: Option<i64>) {
        self.field(|bytes| match number {
            Some(number) => bytes.extend_from_slice(number.to_string().as_bytes()),
            None => bytes.extend_from_slice(b"null"),
        });
    }

    fn field(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.bytes.push(b',');
        let start = self.bytes.len();
        write(&mut self.bytes);
        self.marks.extend_from_slice(&checksum(&self.bytes[start..]).to_be_bytes());
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every entry that was ever sealed depends on these bytes.
    #[test]
    fn the_canonical_text_of_an_entry_is_this_and_no_other() {
        let fields = Fields {
            id: "01".to_owned(),
            at: -5,
            actor: "person:\"Ә\\".to_owned(),
            clause: None,
            what: "case.filled".to_owned(),
            subject: String::new(),
            case: Some("02".to_owned()),
            case_sequence: Some(7),
            payload_hash: vec![0xab, 0x01],
        };
        let (text, marks) = fields.canonical();
        let expected = r#"["qyzmet-journal-v1","01",-5,"person:\"Ә\\",null,"case.filled","","02",7,"ab01"]"#;
        assert_eq!(String::from_utf8(text).unwrap(), expected);
        assert_eq!(marks.len(), 4 * FIELDS.len());
        assert_eq!(marks[..4], checksum(b"\"01\"").to_be_bytes());
        assert_eq!(marks[12..16], checksum(b"null").to_be_bytes());
    }
}
