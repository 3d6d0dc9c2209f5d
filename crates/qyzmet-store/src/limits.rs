//! Counters of what happens too often: sign-ins, code messages, requests of one address.

use jiff::{SignedDuration, Timestamp};

use crate::{StoreError, Tx, sql};

sql! {
    HIT = "INSERT INTO rate (name, window_start, hits, expires_at) VALUES ($1, $2, 1, $3)
        ON CONFLICT (name, window_start) DO UPDATE SET hits = rate.hits + 1 RETURNING hits";
    HITS = "SELECT hits FROM rate WHERE name = $1 AND window_start = $2";
    FORGET = "DELETE FROM rate WHERE name = $1";
    SWEEP = "DELETE FROM rate WHERE expires_at <= $1";
}

/// Counts one event of `key` in the window that begins at `window_start`; how many there are now. The row may be swept
/// `ttl` after the window began.
///
/// The count rolls back with the unit: count failed attempts in a unit that answers `Ok`.
pub fn hit(tx: &mut Tx, key: &str, window_start: Timestamp, ttl: SignedDuration) -> Result<u64, StoreError> {
    let expires = window_start.saturating_add(ttl).unwrap_or(Timestamp::MAX);
    tx.one(&HIT, &[key.into(), window_start.into(), expires.into()])?
        .ok_or_else(|| StoreError::Database("the rate counter gave no count".to_owned()))?
        .count(0)
}

/// How many events of `key` the window has seen, without adding one.
pub fn hits(tx: &mut Tx, key: &str, window_start: Timestamp) -> Result<u64, StoreError> {
    tx.one(&HITS, &[key.into(), window_start.into()])?.map_or(Ok(0), |row| row.count(0))
}

/// Forgets windows that are over; how many.
pub fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&SWEEP, &[now.into()])
}

/// Forgets all that was counted for `key`: its owner has shown to be no attacker.
pub fn forget(tx: &mut Tx, key: &str) -> Result<u64, StoreError> {
    tx.execute(&FORGET, &[key.into()])
}
