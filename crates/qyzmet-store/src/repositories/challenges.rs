//! Challenges for signing in by EDS: each is answered once.

use jiff::Timestamp;

use crate::{StoreError, Tx, sql};

sql! {
    INSERT = "INSERT INTO challenges (id, content, expires_at) VALUES ($1, $2, $3)";
    FIND = "SELECT content, expires_at FROM challenges WHERE id = $1";
    TAKE = "DELETE FROM challenges WHERE id = $1";
    SWEEP = "DELETE FROM challenges WHERE expires_at <= $1";
}

/// Keeps a challenge until it is answered.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, id: &str, content: &[u8], expires_at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&INSERT, &[id.into(), content.to_vec().into(), expires_at.into()])?;
    Ok(())
}

/// The exact bytes of a challenge and when it ends.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx, id: &str) -> Result<Option<(Vec<u8>, Timestamp)>, StoreError> {
    tx.one(&FIND, &[id.into()])?.map(|row| Ok((row.blob(0)?, row.time(1)?))).transpose()
}

/// Takes a challenge away; `false` when somebody has answered it before.
///
/// # Errors
/// Those of the store.
pub fn take(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(&TAKE, &[id.into()])? == 1)
}

/// Removes challenges that nobody answered in time.
///
/// # Errors
/// Those of the store.
pub fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&SWEEP, &[now.into()])
}
