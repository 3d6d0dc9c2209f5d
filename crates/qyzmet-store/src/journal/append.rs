//! Writing entries, and erasing their payloads.

use qyzmet_domain::EntryId;
use serde_json::json;

use super::NewEntry;
use super::leaf::{Fields, payload_hash};
use super::merkle::leaf_hash;
use super::seal::signed;
use crate::{StoreError, Tx, Value, shard, sql};

sql! {
    APPEND = "INSERT INTO journal (shard, subject, id, at, actor, clause, what, case_id, case_sequence, payload, salt,
            payload_hash, marks, leaf_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    WAIT = "INSERT INTO journal_waiting (id, shard, subject, leaf_hash) VALUES ($1, $2, $3, $4)";
    ERASE = "UPDATE journal SET payload = NULL, salt = NULL WHERE id = $1 AND payload IS NOT NULL AND what <> $2";
}

/// Writes an entry. [`StoreError::Duplicate`] when its case has an entry of that number.
pub fn append(tx: &mut Tx, entry: &NewEntry) -> Result<(), StoreError> {
    let fields = Fields {
        id: entry.id.to_string(),
        at: entry.at.as_microsecond(),
        actor: entry.actor.clone(),
        clause: entry.clause.as_ref().map(ToString::to_string),
        what: entry.what.clone(),
        subject: entry.subject.map(|account| account.to_string()).unwrap_or_default(),
        case: entry.case.map(|(case, _)| case.to_string()),
        case_sequence: entry.case.map(|(_, sequence)| signed(sequence)),
        payload_hash: payload_hash(&entry.salt, &entry.payload).to_vec(),
    };
    let shard = entry.subject.map_or_else(|| shard::of_entry(entry.id), shard::of_account);
    insert(tx, shard, fields, entry)
}

fn insert(tx: &mut Tx, shard: i64, fields: Fields, entry: &NewEntry) -> Result<(), StoreError> {
    let (canonical, marks) = fields.canonical();
    let leaf = leaf_hash(&canonical);
    let waits =
        [fields.id.as_str().into(), shard.into(), fields.subject.as_str().into(), leaf.as_slice().into()];
    let values: [Value; 14] = [
        shard.into(),
        fields.subject.into(),
        fields.id.into(),
        fields.at.into(),
        fields.actor.into(),
        fields.clause.into(),
        fields.what.into(),
        fields.case.into(),
        fields.case_sequence.into(),
        (&entry.payload).into(),
        entry.salt.as_slice().into(),
        fields.payload_hash.into(),
        marks.into(),
        leaf.as_slice().into(),
    ];
    tx.execute(&APPEND, &values)?;
    tx.execute(&WAIT, &waits)?;
    Ok(())
}

/// What happened, in the entries that say why a payload was erased; their own payload cannot be.
pub(super) const ERASED: &str = "payload-erased";

/// Erases the payload of `entry` and its salt, for which `reason` is the entry that says who asked for it: it is written
/// as `payload-erased` and names the erased entry beside its own payload. `false` when there was nothing that may be erased;
/// `reason` is then not written.
pub fn erase(tx: &mut Tx, entry: EntryId, reason: &NewEntry) -> Result<bool, StoreError> {
    if tx.execute(&ERASE, &[entry.into(), ERASED.into()])? == 0 {
        return Ok(false);
    }
    let why: serde_json::Value =
        serde_json::from_str(&reason.payload).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let payload = json!({ "entry": entry, "reason": why }).to_string();
    append(tx, &NewEntry { what: ERASED.to_owned(), payload, ..reason.clone() })?;
    Ok(true)
}
