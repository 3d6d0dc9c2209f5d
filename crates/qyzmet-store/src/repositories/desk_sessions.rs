//! Where and when sessions of operators act at a desk, and whether the desk is locked.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, SessionId};

use crate::{Row, StoreError, Tx, sql};

/// A session at a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskSession {
    /// The session.
    pub session: SessionId,
    /// Whose.
    pub account: AccountId,
    /// Digest of address and browser.
    pub place: String,
    /// When it last acted, to within a minute.
    pub acted_at: Timestamp,
    /// When the desk was locked: such a session does nothing there any more.
    pub locked_at: Option<Timestamp>,
}

sql! {
    PUT = "INSERT INTO desk_sessions (session, account, place, acted_at) VALUES ($1, $2, $3, $4) ON CONFLICT (session) DO UPDATE SET place = excluded.place, acted_at = excluded.acted_at";
    FIND = "SELECT session, account, place, acted_at, locked_at FROM desk_sessions WHERE session = $1";
    OF_ACCOUNT = "SELECT session, account, place, acted_at, locked_at FROM desk_sessions WHERE account = $1 AND acted_at > $2 AND locked_at IS NULL ORDER BY acted_at DESC LIMIT 20";
    LOCK = "UPDATE desk_sessions SET locked_at = $2 WHERE session = $1 AND locked_at IS NULL";
    SWEEP = "DELETE FROM desk_sessions WHERE acted_at < $1";
}

/// Remembers that a session acts at a place now.
///
/// # Errors
/// Those of the store.
pub fn put(
    tx: &mut Tx,
    (session, account): (SessionId, AccountId),
    place: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&PUT, &[session.into(), account.into(), place.into(), now.into()])?;
    Ok(())
}

/// A session, when it has acted at a desk.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx, session: SessionId) -> Result<Option<DeskSession>, StoreError> {
    tx.one(&FIND, &[session.into()])?.map(|row| read(&row)).transpose()
}

/// The sessions of an account that acted since a moment, the last first; without those whose desk is locked.
///
/// # Errors
/// Those of the store.
pub fn since(tx: &mut Tx, account: AccountId, since: Timestamp) -> Result<Vec<DeskSession>, StoreError> {
    tx.rows(&OF_ACCOUNT, &[account.into(), since.into()])?.iter().map(read).collect()
}

/// Locks the desk of a session; `false` when it was locked or has never acted.
///
/// # Errors
/// Those of the store.
pub fn lock(tx: &mut Tx, session: SessionId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(&LOCK, &[session.into(), now.into()])? == 1)
}

/// Removes what no session can need any more.
///
/// # Errors
/// Those of the store.
pub fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&SWEEP, &[before.into()])
}

fn read(row: &Row) -> Result<DeskSession, StoreError> {
    Ok(DeskSession {
        session: row.parsed(0)?,
        account: row.parsed(1)?,
        place: row.text(2)?,
        acted_at: row.time(3)?,
        locked_at: row.opt_time(4)?,
    })
}
