//! Published regulations: each version by its content, signed for the owning body.

use jiff::Timestamp;
use qyzmet_domain::ServiceId;

use crate::{Row, StoreError, Tx, sql};

/// A published version of a regulation.
#[derive(Clone, Debug)]
pub struct Published {
    /// Which service.
    pub service: ServiceId,
    /// Its version: the digest of the folder.
    pub version: String,
    /// The folder as JSON: name to base64 content.
    pub folder: String,
    /// The body that owns it.
    pub owner: String,
    /// The body's signature over the version.
    pub signature: Vec<u8>,
    /// When it was published.
    pub published_at: Timestamp,
}

sql! {
    INSERT = "INSERT INTO regulations (service, version, folder, owner, signature, published_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (service, version) DO UPDATE SET folder = excluded.folder, published_at = excluded.published_at, signature = excluded.signature";
    ALL = "SELECT service, version, folder, owner, signature, published_at FROM regulations ORDER BY published_at, service";
    LIST = "SELECT service, version, published_at FROM regulations ORDER BY service, published_at DESC, version";
    MARK = "SELECT COUNT(*), MAX(published_at) FROM regulations";
}

/// Publishes a version; publishing it again makes it the current one, and mends its files if they were damaged.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, published: &Published) -> Result<(), StoreError> {
    tx.execute(
        &INSERT,
        &[
            published.service.as_str().into(),
            published.version.as_str().into(),
            published.folder.as_str().into(),
            published.owner.as_str().into(),
            published.signature.clone().into(),
            published.published_at.into(),
        ],
    )?;
    Ok(())
}

/// All versions, the oldest first. A damaged row that names no service is left out and told in the log: it keeps no other
/// service from being served.
///
/// # Errors
/// Those of the store.
pub fn all(tx: &mut Tx) -> Result<Vec<Published>, StoreError> {
    Ok(tx.rows(&ALL, &[])?.iter().filter_map(|row| sound(read(row))).collect())
}

fn sound<T>(read: Result<T, StoreError>) -> Option<T> {
    read.inspect_err(|error| tracing::error!(%error, "a published version cannot be read")).ok()
}

/// A version without its files.
#[derive(Clone, Debug)]
pub struct ListedVersion {
    /// Which service.
    pub service: ServiceId,
    /// Its version.
    pub version: String,
    /// When it was published last.
    pub published_at: Timestamp,
}

/// All versions without their files, by service, the newest first; without damaged rows, as in [`all`].
///
/// # Errors
/// Those of the store.
pub fn list(tx: &mut Tx) -> Result<Vec<ListedVersion>, StoreError> {
    let read = |row: &Row| {
        Ok(ListedVersion { service: row.parsed(0)?, version: row.text(1)?, published_at: row.time(2)? })
    };
    Ok(tx.rows(&LIST, &[])?.iter().filter_map(|row| sound(read(row))).collect())
}

/// Changes whenever something is published.
///
/// # Errors
/// Those of the store.
pub fn mark(tx: &mut Tx) -> Result<(i64, i64), StoreError> {
    let row = tx.one(&MARK, &[])?;
    Ok(row.map_or((0, 0), |row| (row.int(0).unwrap_or(0), row.int(1).unwrap_or(0))))
}

fn read(row: &Row) -> Result<Published, StoreError> {
    Ok(Published {
        service: row.parsed(0)?,
        version: row.text(1)?,
        folder: row.text(2)?,
        owner: row.text(3)?,
        signature: row.blob(4)?,
        published_at: row.time(5)?,
    })
}
