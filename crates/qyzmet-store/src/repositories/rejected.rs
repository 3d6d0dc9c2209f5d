//! Versions of regulations that could not be taken into use: refused when they were to be published, or found unreadable later.

use jiff::Timestamp;

use crate::{Row, StoreError, Tx, sql};

/// A version that is not in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The service, or what its publisher called it when its passport cannot be read.
    pub service: String,
    /// The digest of the folder.
    pub version: String,
    /// Whether it had been published before.
    pub published: bool,
    /// The findings as JSON.
    pub reasons: String,
    /// When it was found first.
    pub found_at: Timestamp,
}

sql! {
    INSERT = "INSERT INTO rejected_versions (service, version, published, reasons, found_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (service, version) DO NOTHING";
    UPDATE = "UPDATE rejected_versions SET published = $3, reasons = $4 WHERE service = $1 AND version = $2";
    SETTLED = "DELETE FROM rejected_versions WHERE service = $1 AND (version = $2 OR NOT published)";
    ALL = "SELECT service, version, published, reasons, found_at FROM rejected_versions ORDER BY service, found_at DESC, version";
}

/// Notes a version with its newest reasons; the time of the first note stays. Tells whether it was not known yet.
///
/// # Errors
/// Those of the store.
pub fn note(tx: &mut Tx, rejected: &Rejected) -> Result<bool, StoreError> {
    let Rejected { service, version, published, reasons, found_at } = rejected;
    let row = [
        service.as_str().into(),
        version.as_str().into(),
        (*published).into(),
        reasons.as_str().into(),
        (*found_at).into(),
    ];
    let new = tx.execute(&INSERT, &row)? == 1;
    if !new {
        tx.execute(&UPDATE, &row[..4])?;
    }
    Ok(new)
}

/// Forgets what was refused of a service before this sound version of it was published, and what was said of the version.
///
/// # Errors
/// Those of the store.
pub fn settled(tx: &mut Tx, service: &str, version: &str) -> Result<(), StoreError> {
    tx.execute(&SETTLED, &[service.into(), version.into()])?;
    Ok(())
}

/// All of them, by service, the newest first.
///
/// # Errors
/// Those of the store.
pub fn all(tx: &mut Tx) -> Result<Vec<Rejected>, StoreError> {
    tx.rows(&ALL, &[])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Rejected, StoreError> {
    Ok(Rejected {
        service: row.text(0)?,
        version: row.text(1)?,
        published: row.flag(2)?,
        reasons: row.text(3)?,
        found_at: row.time(4)?,
    })
}
