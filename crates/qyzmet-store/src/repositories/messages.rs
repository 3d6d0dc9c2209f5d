//! Messages to people: sealed while they wait, only their fate afterwards.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, MessageId};

use crate::{StoreError, Tx, sql};

/// What is known of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// Its number.
    pub id: MessageId,
    /// `sms` or `mail`.
    pub channel: String,
    /// Address and text, sealed; gone once the message was handed over.
    pub body: Option<Vec<u8>>,
    /// `waiting`, `sent`, `delivered`, `failed`.
    pub state: String,
    /// When it was made.
    pub created_at: Timestamp,
}

sql! {
    INSERT = "INSERT INTO messages (id, account, channel, purpose, body, state, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $6)";
    FIND = "SELECT id, channel, body, state, created_at FROM messages WHERE id = $1";
    SENT = "UPDATE messages SET state = 'sent', body = NULL, centre_id = $2, changed_at = $3 WHERE id = $1 AND state = 'waiting'";
    FAILED = "UPDATE messages SET state = 'failed', body = NULL, changed_at = $2 WHERE id = $1 AND state = 'waiting'";
    RECEIVED = "UPDATE messages SET state = $2, changed_at = $3 WHERE centre_id = $1 AND state = 'sent'";
    EARLY = "INSERT INTO receipts (centre_id, delivered, came_at) VALUES ($1, $2, $3) ON CONFLICT (centre_id) DO NOTHING";
    TAKE_EARLY = "DELETE FROM receipts WHERE centre_id = $1 RETURNING delivered";
    SWEEP_EARLY = "DELETE FROM receipts WHERE came_at < $1";
}

/// A message that must be sent.
pub struct NewMessage<'a> {
    /// Its number.
    pub id: MessageId,
    /// To whose account it belongs.
    pub account: AccountId,
    /// `sms` or `mail`.
    pub channel: &'static str,
    /// What it is for.
    pub purpose: &'a str,
    /// Address and text, sealed.
    pub body: Vec<u8>,
    /// When it was made.
    pub now: Timestamp,
}

/// Keeps a message until it is handed over.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, message: &NewMessage<'_>) -> Result<(), StoreError> {
    tx.execute(
        &INSERT,
        &[
            message.id.into(),
            message.account.into(),
            message.channel.into(),
            message.purpose.into(),
            message.body.clone().into(),
            message.now.into(),
        ],
    )?;
    Ok(())
}

/// A message.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx, id: MessageId) -> Result<Option<MessageRow>, StoreError> {
    let Some(row) = tx.one(&FIND, &[id.into()])? else { return Ok(None) };
    Ok(Some(MessageRow {
        id: row.parsed(0)?,
        channel: row.text(1)?,
        body: row.opt_blob(2)?,
        state: row.text(3)?,
        created_at: row.time(4)?,
    }))
}

/// Records that the centre took the message; its text is forgotten. A receipt that was faster than this is made good.
///
/// # Errors
/// Those of the store.
pub fn sent(tx: &mut Tx, id: MessageId, centre_id: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(&SENT, &[id.into(), centre_id.into(), now.into()])?;
    if let Some(row) = tx.one(&TAKE_EARLY, &[centre_id.into()])? {
        record(tx, centre_id, row.flag(0)?, now)?;
    }
    Ok(())
}

/// Records that the message cannot be sent.
///
/// # Errors
/// Those of the store.
pub fn failed(tx: &mut Tx, id: MessageId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(&FAILED, &[id.into(), now.into()])?;
    Ok(())
}

/// Records a receipt. One for a message that is not known to be sent is kept for a while: the centre may answer with
/// the receipt before our own handing over is written down.
///
/// # Errors
/// Those of the store.
pub fn received(tx: &mut Tx, centre_id: &str, delivered: bool, now: Timestamp) -> Result<(), StoreError> {
    if record(tx, centre_id, delivered, now)? == 0 {
        tx.execute(&EARLY, &[centre_id.into(), delivered.into(), now.into()])?;
    }
    Ok(())
}

/// Removes receipts that came before the moment given and whose message nobody has written down.
///
/// # Errors
/// Those of the store.
pub fn sweep_receipts(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&SWEEP_EARLY, &[before.into()])
}

fn record(tx: &mut Tx, centre_id: &str, delivered: bool, now: Timestamp) -> Result<u64, StoreError> {
    let state = if delivered { "delivered" } else { "failed" };
    tx.execute(&RECEIVED, &[centre_id.into(), state.into(), now.into()])
}
