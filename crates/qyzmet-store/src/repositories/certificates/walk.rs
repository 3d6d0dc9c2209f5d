//! Walks over revoked and changed certificates, page by page, so that a list of any length is written in constant memory.

use jiff::Timestamp;

use super::{
    State,
    row::{small, standing},
};
use crate::{Row, StoreError, Tx, sql};

sql! {
    OF_PART = "SELECT part, serial, reason, revoked_at, invalid_since FROM certificates WHERE issuer = $1 AND part = $2 AND serial > $3 AND state <> 'good' ORDER BY serial LIMIT $4";
    OF_ALL = "SELECT part, serial, reason, revoked_at, invalid_since FROM certificates WHERE issuer = $1 AND (part, serial) > ($2, $3) AND state <> 'good' ORDER BY part, serial LIMIT $4";
    CHANGED = "SELECT change, serial, part, state, reason, revoked_at, invalid_since, changed_at FROM certificates WHERE issuer = $1 AND change > $2 AND change IS NOT NULL ORDER BY change LIMIT $3";
    CHANGED_PARTS = "SELECT part, MAX(change) FROM certificates WHERE issuer = $1 AND change > $2 AND change IS NOT NULL GROUP BY part ORDER BY part";
    PAGE = "SELECT serial, revoked_at, reason FROM certificates WHERE issuer = $1 AND (revoked_at, serial) < ($2, $3) AND state <> 'good' ORDER BY revoked_at DESC, serial DESC LIMIT $4";
}

/// A certificate that is revoked or on hold, as a list says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedRow {
    /// Its part.
    pub part: u32,
    /// Its serial number.
    pub serial: Vec<u8>,
    /// `CRLReason` of RFC 5280 section 5.3.1.
    pub reason: u8,
    /// Since when.
    pub at: Timestamp,
    /// Since when the key is suspect.
    pub invalid_since: Option<Timestamp>,
}

/// A certificate whose state has changed: the entry of a delta list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The number of its latest change.
    pub change: u64,
    /// When that was.
    pub changed_at: Timestamp,
    /// Its part.
    pub part: u32,
    /// Its serial number.
    pub serial: Vec<u8>,
    /// What is said against it now; nothing when it was released from hold.
    pub revoked: Option<(u8, Timestamp)>,
    /// Since when the key is suspect.
    pub invalid_since: Option<Timestamp>,
}

/// The next revoked certificates of an issuer after the last one of the page before, of one part or of all, in a fixed order.
///
/// # Errors
/// Those of the store.
pub fn revoked_after(
    tx: &mut Tx,
    issuer: &str,
    part: Option<u32>,
    after: Option<&RevokedRow>,
    most: u32,
) -> Result<Vec<RevokedRow>, StoreError> {
    let serial = after.map_or([].as_slice(), |row| &row.serial);
    let rows = match part {
        Some(part) => tx.rows(&OF_PART, &[issuer.into(), part.into(), serial.into(), most.into()])?,
        None => {
            let last = after.map_or(-1, |row| i64::from(row.part));
            tx.rows(&OF_ALL, &[issuer.into(), last.into(), serial.into(), most.into()])?
        }
    };
    rows.iter().map(revoked).collect()
}

/// The next certificates of an issuer whose latest change has a number greater than `change`, oldest change first.
///
/// # Errors
/// Those of the store.
pub fn changed_after(tx: &mut Tx, issuer: &str, change: u64, most: u32) -> Result<Vec<Listed>, StoreError> {
    let change: i64 = small(change)?;
    tx.rows(&CHANGED, &[issuer.into(), change.into(), most.into()])?.iter().map(listed).collect()
}

/// Parts in which something has changed after the change with this number, each with the number of its latest change.
///
/// # Errors
/// Those of the store.
pub fn changed_parts(tx: &mut Tx, issuer: &str, change: u64) -> Result<Vec<(u32, u64)>, StoreError> {
    let change: i64 = small(change)?;
    tx.rows(&CHANGED_PARTS, &[issuer.into(), change.into()])?
        .iter()
        .map(|row| Ok((small(row.count(0)?)?, row.count(1)?)))
        .collect()
}

/// A page for people: what was revoked last comes first; `before` is the last line of the page before.
///
/// # Errors
/// Those of the store.
pub fn revoked_page(
    tx: &mut Tx,
    issuer: &str,
    before: Option<(Timestamp, &[u8])>,
    most: u32,
) -> Result<Vec<(Vec<u8>, Timestamp, u8)>, StoreError> {
    let (at, serial) = before.unwrap_or((Timestamp::MAX, &[]));
    tx.rows(&PAGE, &[issuer.into(), at.into(), serial.into(), most.into()])?
        .iter()
        .map(|row| Ok((row.blob(0)?, row.time(1)?, small(row.int(2)?)?)))
        .collect()
}

fn revoked(row: &Row) -> Result<RevokedRow, StoreError> {
    Ok(RevokedRow {
        part: small(row.count(0)?)?,
        serial: row.blob(1)?,
        reason: small(row.int(2)?)?,
        at: row.time(3)?,
        invalid_since: row.opt_time(4)?,
    })
}

fn listed(row: &Row) -> Result<Listed, StoreError> {
    let standing = standing(row, 3)?;
    let revoked = (standing.state != State::Good).then_some(standing.reason.zip(standing.revoked_at));
    Ok(Listed {
        change: row.count(0)?,
        changed_at: row.time(7)?,
        serial: row.blob(1)?,
        part: small(row.count(2)?)?,
        revoked: revoked.flatten(),
        invalid_since: standing.invalid_since,
    })
}
