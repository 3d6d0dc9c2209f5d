//! Documents that were accepted, each with its class and the moment before which it cannot be deleted [R839-15.4].

use jiff::Timestamp;
use qyzmet_domain::{DocumentId, conduct::RetentionClass};

use crate::{Row, StoreError, Tx, sql};

/// An accepted document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRow {
    /// Number of the duty or case that it belongs to.
    pub owner: String,
    /// What it is there: `letter`, `order`.
    pub kind: String,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// Its digest; nothing for paper.
    pub document: Option<DocumentId>,
    /// Its class.
    pub class: RetentionClass,
    /// Until when it has to be kept.
    pub kept_until: Timestamp,
}

sql! {
    INSERT = "INSERT INTO papers (owner, kind, accepted_at, document, class, kept_until) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    OF_OWNER = "SELECT owner, kind, accepted_at, document, class, kept_until FROM papers WHERE owner = $1 ORDER BY accepted_at, kind LIMIT 200";
    NAMING = "SELECT (SELECT count(*) FROM papers WHERE document = $1)
        + (SELECT count(*) FROM appeal_contacts WHERE letter = $1)
        + (SELECT count(*) FROM cases WHERE request_document = $1 OR request_signature = $1)
        + (SELECT count(*) FROM results WHERE document = $1 OR signature = $1 OR seal = $1 OR pdf = $1)
        + (SELECT count(*) FROM waits WHERE document = $1 OR signature = $1)
        + (SELECT count(*) FROM revocation_lists WHERE document = $1)";
    DELETE = "DELETE FROM papers WHERE owner = $1 AND kind = $2 AND accepted_at = $3 AND kept_until <= $4";
}

/// Keeps an accepted document.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, paper: &PaperRow) -> Result<(), StoreError> {
    tx.execute(
        &INSERT,
        &[
            paper.owner.as_str().into(),
            paper.kind.as_str().into(),
            paper.accepted_at.into(),
            paper.document.map(|document| document.to_string()).into(),
            paper.class.to_string().into(),
            paper.kept_until.into(),
        ],
    )?;
    Ok(())
}

/// The accepted documents of a duty or case.
///
/// # Errors
/// Those of the store.
pub fn of_owner(tx: &mut Tx, owner: &str) -> Result<Vec<PaperRow>, StoreError> {
    tx.rows(&OF_OWNER, &[owner.into()])?.iter().map(read).collect()
}

/// How many rows of any kind name a document. It looks through all cases and results, and is asked for one document at a time.
///
/// # Errors
/// Those of the store.
pub fn naming(tx: &mut Tx, document: DocumentId) -> Result<u64, StoreError> {
    tx.one(&NAMING, &[document.to_string().into()])?.map_or(Ok(0), |row| row.count(0))
}

/// Deletes a document whose term is over; `false` when it is not. There is no other way to delete one.
///
/// # Errors
/// Those of the store.
pub fn delete(tx: &mut Tx, paper: &PaperRow, now: Timestamp) -> Result<bool, StoreError> {
    let key = [paper.owner.as_str().into(), paper.kind.as_str().into(), paper.accepted_at.into(), now.into()];
    Ok(tx.execute(&DELETE, &key)? == 1)
}

fn read(row: &Row) -> Result<PaperRow, StoreError> {
    Ok(PaperRow {
        owner: row.text(0)?,
        kind: row.text(1)?,
        accepted_at: row.time(2)?,
        document: row.opt_parsed(3)?,
        class: row.parsed(4)?,
        kept_until: row.time(5)?,
    })
}
