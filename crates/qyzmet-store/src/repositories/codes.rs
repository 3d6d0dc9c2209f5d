//! The one-time code of a case: one at a time, as its digest and counters.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, MessageId, Phone, otp::OneTimeCode};

use crate::{StoreError, Tx, shard, sql};

sql! {
    PUT = "INSERT INTO codes (shard, case_id, code, message) VALUES ($1, $2, $3, $4) ON CONFLICT (shard, case_id) DO UPDATE SET code = excluded.code, message = excluded.message";
    SENT = "INSERT INTO sends (number, message, sent_at) VALUES ($1, $2, $3)";
    SENDS = "SELECT sent_at FROM sends WHERE number = $1 AND sent_at > $2 ORDER BY sent_at DESC LIMIT 50";
    SWEEP_SENDS = "DELETE FROM sends WHERE sent_at <= $1";
    FIND = "SELECT code, message FROM codes WHERE shard = $1 AND case_id = $2";
}

/// Keeps the code of a case in place of its former one.
///
/// # Errors
/// Those of the store.
pub fn put(
    tx: &mut Tx,
    owner: AccountId,
    case: CaseId,
    code: &OneTimeCode,
    message: MessageId,
) -> Result<(), StoreError> {
    let code = serde_json::to_string(code).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    tx.execute(&PUT, &[shard::of_account(owner).into(), case.into(), code.into(), message.into()])?;
    Ok(())
}

/// The code of a case and the message that carried it.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row is not what was written.
pub fn find(
    tx: &mut Tx,
    owner: AccountId,
    case: CaseId,
) -> Result<Option<(OneTimeCode, MessageId)>, StoreError> {
    let Some(row) = tx.one(&FIND, &[shard::of_account(owner).into(), case.into()])? else { return Ok(None) };
    let code = serde_json::from_str(&row.text(0)?).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(Some((code, row.parsed(1)?)))
}

/// Remembers that a code went to a number, whoever asked for it.
///
/// # Errors
/// Those of the store.
pub fn sent(tx: &mut Tx, number: &Phone, message: MessageId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(&SENT, &[number.as_str().into(), message.into(), now.into()])?;
    Ok(())
}

/// When codes went to a number after a moment, newest first.
///
/// # Errors
/// Those of the store.
pub fn sends(tx: &mut Tx, number: &Phone, after: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
    tx.rows(&SENDS, &[number.as_str().into(), after.into()])?.iter().map(|row| row.time(0)).collect()
}

/// Forgets sends that no limit looks at any more.
///
/// # Errors
/// Those of the store.
pub fn sweep_sends(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&SWEEP_SENDS, &[before.into()])
}
