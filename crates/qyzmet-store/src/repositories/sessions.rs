//! Sessions: only the digest of a token is kept.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, Iin, SessionId};

use crate::{Row, StoreError, Tx, sql};

/// A session of a signed-in person. Without `Debug`: it holds personal data.
#[derive(Clone)]
pub struct Session {
    /// Hex of the SHA-256 of the token in the cookie.
    pub token: String,
    /// Its number.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// How it was opened: `password`, `eds`.
    pub method: String,
    /// When it was opened.
    pub started_at: Timestamp,
    /// When it was last used, to within some minutes.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// The person's IIN, kept here so that a page view needs one look-up.
    pub iin: Iin,
    /// The person's name, for the same reason.
    pub name: String,
}

sql! {
    INSERT = "INSERT INTO sessions (token, id, account, method, started_at, seen_at, expires_at, iin, name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND = "SELECT token, id, account, method, started_at, seen_at, expires_at, iin, name FROM sessions WHERE token = $1";
    OF_ACCOUNT = "SELECT token, id, account, method, started_at, seen_at, expires_at, iin, name FROM sessions WHERE account = $1 AND expires_at > $2 ORDER BY started_at DESC LIMIT 20";
    TOUCH = "UPDATE sessions SET seen_at = $2 WHERE token = $1";
    END = "DELETE FROM sessions WHERE id = $1 AND account = $2";
    SWEEP = "DELETE FROM sessions WHERE expires_at <= $1";
}

/// Opens a session.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    tx.execute(
        &INSERT,
        &[
            session.token.as_str().into(),
            session.id.into(),
            session.account.into(),
            session.method.as_str().into(),
            session.started_at.into(),
            session.seen_at.into(),
            session.expires_at.into(),
            session.iin.as_str().into(),
            session.name.as_str().into(),
        ],
    )?;
    Ok(())
}

/// The session whose token has this digest, also when it is over.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx, token: &str) -> Result<Option<Session>, StoreError> {
    tx.one(&FIND, &[token.into()])?.map(|row| read(&row)).transpose()
}

/// The running sessions of an account, newest first.
///
/// # Errors
/// Those of the store.
pub fn of_account(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
    tx.rows(&OF_ACCOUNT, &[account.into(), now.into()])?.iter().map(read).collect()
}

/// Remembers that a session was used.
///
/// # Errors
/// Those of the store.
pub fn touch(tx: &mut Tx, token: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(&TOUCH, &[token.into(), now.into()])?;
    Ok(())
}

/// Ends a session of an account.
///
/// # Errors
/// Those of the store.
pub fn end(tx: &mut Tx, id: SessionId, account: AccountId) -> Result<(), StoreError> {
    tx.execute(&END, &[id.into(), account.into()])?;
    Ok(())
}

/// Removes sessions that are over.
///
/// # Errors
/// Those of the store.
pub fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&SWEEP, &[now.into()])
}

fn read(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        token: row.text(0)?,
        id: row.parsed(1)?,
        account: row.parsed(2)?,
        method: row.text(3)?,
        started_at: row.time(4)?,
        seen_at: row.time(5)?,
        expires_at: row.time(6)?,
        iin: row.parsed(7)?,
        name: row.text(8)?,
    })
}
