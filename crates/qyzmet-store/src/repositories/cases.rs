//! Cases and the drafts of their forms; a case row is the fold of its events in the journal.

use std::collections::BTreeMap;

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, DocumentId, ServiceId};

use crate::{Row, StoreError, Tx, shard, sql};

/// A case as it is kept. Without `Debug`: its state holds personal data.
#[derive(Clone)]
pub struct CaseRow {
    /// Its number.
    pub id: CaseId,
    /// Whose it is.
    pub account: AccountId,
    /// Which service.
    pub service: ServiceId,
    /// Which version of its regulation: the one it began with.
    pub version: String,
    /// How many events have been folded into `state`.
    pub sequence: i64,
    /// The engine's case as JSON.
    pub state: String,
    /// `open`, `running`, `issued`, `refused`, `finished`.
    pub status: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Number of the confirmed request.
    pub request_number: Option<String>,
    /// The exact bytes that were confirmed.
    pub request_document: Option<DocumentId>,
    /// The signature over them.
    pub request_signature: Option<DocumentId>,
    /// Number of the result.
    pub result_number: Option<String>,
    /// Since when it rests because it does not agree with its events; written by [`freeze`] alone.
    pub frozen_at: Option<Timestamp>,
}

sql! {
    INSERT = "INSERT INTO cases (shard, id, account, service, version, sequence, state, status, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE = "UPDATE cases SET sequence = $4, state = $5, status = $6, request_number = $7, request_document = $8, request_signature = $9, result_number = $10 WHERE shard = $1 AND id = $2 AND sequence <= $3";
    FIND = "SELECT id, account, service, version, sequence, state, status, opened_at, request_number, request_document, request_signature, result_number, frozen_at FROM cases WHERE shard = $1 AND id = $2";
    OF_ACCOUNT = "SELECT id, account, service, version, sequence, state, status, opened_at, request_number, request_document, request_signature, result_number, frozen_at FROM cases WHERE shard = $1 AND account = $2 ORDER BY opened_at DESC LIMIT $3";
    PUT_ORDER_NUMBER = "INSERT INTO order_numbers (number, account, case_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    OF_ORDER_NUMBER = "SELECT account, case_id FROM order_numbers WHERE number = $1";
    OPEN_OF_SERVICE = "SELECT id, account, service, version, sequence, state, status, opened_at, request_number, request_document, request_signature, result_number, frozen_at FROM cases WHERE shard = $1 AND account = $2 AND service = $3 AND status = 'open' ORDER BY opened_at DESC LIMIT 1";
    ALL_AFTER = "SELECT id, account, service, version, sequence, state, status, opened_at, request_number, request_document, request_signature, result_number, frozen_at FROM cases WHERE id > $1 ORDER BY id LIMIT $2";
    FREEZE = "UPDATE cases SET frozen_at = $3 WHERE shard = $1 AND id = $2";
    RUNNING_VERSIONS = "SELECT version, COUNT(*) FROM cases WHERE service = $1 AND status IN ('open', 'running') GROUP BY version ORDER BY version";
    RUNNING_OF_VERSION = "SELECT id FROM cases WHERE service = $1 AND version = $2 AND status IN ('open', 'running') ORDER BY id LIMIT $3";
    RUNNING = "SELECT service, version, COUNT(*) FROM cases WHERE status IN ('open', 'running') GROUP BY service, version";
    PUT_DRAFT = "INSERT INTO drafts (shard, case_id, answers, saved_at) VALUES ($1, $2, $3, $4) ON CONFLICT (shard, case_id) DO UPDATE SET answers = excluded.answers, saved_at = excluded.saved_at";
    DRAFT = "SELECT answers FROM drafts WHERE shard = $1 AND case_id = $2";
    DROP_DRAFT = "DELETE FROM drafts WHERE shard = $1 AND case_id = $2";
}

/// Keeps a new case.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, case: &CaseRow) -> Result<(), StoreError> {
    tx.execute(
        &INSERT,
        &[
            shard::of_account(case.account).into(),
            case.id.into(),
            case.account.into(),
            case.service.as_str().into(),
            case.version.as_str().into(),
            case.sequence.into(),
            case.state.as_str().into(),
            case.status.as_str().into(),
            case.opened_at.into(),
        ],
    )?;
    Ok(())
}

/// Replaces a case by its next state.
///
/// # Errors
/// [`StoreError::Conflict`] when the row is ahead of `before`: somebody else has written in between.
pub fn update(tx: &mut Tx, before: i64, case: &CaseRow) -> Result<(), StoreError> {
    let changed = tx.execute(
        &UPDATE,
        &[
            shard::of_account(case.account).into(),
            case.id.into(),
            before.into(),
            case.sequence.into(),
            case.state.as_str().into(),
            case.status.as_str().into(),
            case.request_number.clone().into(),
            case.request_document.map(|id| id.to_string()).into(),
            case.request_signature.map(|id| id.to_string()).into(),
            case.result_number.clone().into(),
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// Writes down since when a case rests, or that it does no longer.
///
/// # Errors
/// Those of the store.
pub fn freeze(tx: &mut Tx, case: &CaseRow, since: Option<Timestamp>) -> Result<(), StoreError> {
    let shard = shard::of_account(case.account);
    tx.execute(&FREEZE, &[shard.into(), case.id.into(), since.into()])?;
    Ok(())
}

/// A case of an account.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx, account: AccountId, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
    tx.one(&FIND, &[shard::of_account(account).into(), id.into()])?.map(|row| read(&row)).transpose()
}

/// The latest cases of an account.
///
/// # Errors
/// Those of the store.
pub fn of_account(tx: &mut Tx, account: AccountId, most: i64) -> Result<Vec<CaseRow>, StoreError> {
    tx.rows(&OF_ACCOUNT, &[shard::of_account(account).into(), account.into(), most.into()])?
        .iter()
        .map(read)
        .collect()
}

/// Keeps the number of a request by which anybody may ask how far it is.
///
/// # Errors
/// Those of the store.
pub fn put_order_number(tx: &mut Tx, case: &CaseRow) -> Result<(), StoreError> {
    tx.execute(
        &PUT_ORDER_NUMBER,
        &[case.request_number.clone().into(), case.account.into(), case.id.into()],
    )?;
    Ok(())
}

/// The case behind a number kept by [`put_order_number`], whoever owns it.
///
/// # Errors
/// Those of the store.
pub fn of_order_number(tx: &mut Tx, number: &str) -> Result<Option<CaseRow>, StoreError> {
    let Some(row) = tx.one(&OF_ORDER_NUMBER, &[number.into()])? else { return Ok(None) };
    let (account, case) = (row.parsed(0)?, row.parsed(1)?);
    find(tx, account, case)
}

/// A case of this service that the person has begun and not confirmed.
///
/// # Errors
/// Those of the store.
pub fn open_of_service(
    tx: &mut Tx,
    account: AccountId,
    service: &ServiceId,
) -> Result<Option<CaseRow>, StoreError> {
    tx.one(&OPEN_OF_SERVICE, &[shard::of_account(account).into(), account.into(), service.as_str().into()])?
        .map(|row| read(&row))
        .transpose()
}

/// Versions of a service under which cases run, with the number of those cases.
///
/// # Errors
/// Those of the store.
pub fn running_versions(tx: &mut Tx, service: &ServiceId) -> Result<Vec<(String, u64)>, StoreError> {
    let count = |row: &Row| Ok((row.text(0)?, u64::try_from(row.int(1)?).unwrap_or_default()));
    tx.rows(&RUNNING_VERSIONS, &[service.as_str().into()])?.iter().map(count).collect()
}

/// Running cases of one version, the oldest first.
///
/// # Errors
/// Those of the store.
pub fn running_of_version(
    tx: &mut Tx,
    service: &ServiceId,
    version: &str,
    most: i64,
) -> Result<Vec<CaseId>, StoreError> {
    tx.rows(&RUNNING_OF_VERSION, &[service.as_str().into(), version.into(), most.into()])?
        .iter()
        .map(|row| row.parsed(0))
        .collect()
}

/// Cases in the order of their beginning after the given one, for a walk through all of them.
///
/// # Errors
/// Those of the store.
pub fn all_after(tx: &mut Tx, last: Option<&CaseRow>, most: i64) -> Result<Vec<CaseRow>, StoreError> {
    let id = last.map_or_else(String::new, |case| case.id.to_string());
    tx.rows(&ALL_AFTER, &[id.into(), most.into()])?.iter().map(read).collect()
}

/// How many cases that are not over hang on each version of each service: service, version, count.
///
/// # Errors
/// Those of the store.
pub fn running(tx: &mut Tx) -> Result<Vec<(String, String, u64)>, StoreError> {
    let read = |row: &Row| Ok((row.text(0)?, row.text(1)?, row.int(2)?.unsigned_abs()));
    tx.rows(&RUNNING, &[])?.iter().map(read).collect()
}

/// Keeps what has been entered so far, unchecked.
///
/// # Errors
/// Those of the store.
pub fn put_draft(
    tx: &mut Tx,
    case: &CaseRow,
    answers: &BTreeMap<String, String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let answers = serde_json::to_string(answers).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    tx.execute(
        &PUT_DRAFT,
        &[shard::of_account(case.account).into(), case.id.into(), answers.into(), now.into()],
    )?;
    Ok(())
}

/// What has been entered so far.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row is not what was written.
pub fn draft(tx: &mut Tx, case: &CaseRow) -> Result<BTreeMap<String, String>, StoreError> {
    match tx.one(&DRAFT, &[shard::of_account(case.account).into(), case.id.into()])? {
        None => Ok(BTreeMap::new()),
        Some(row) => {
            serde_json::from_str(&row.text(0)?).map_err(|error| StoreError::Corrupt(error.to_string()))
        }
    }
}

/// Forgets a draft.
///
/// # Errors
/// Those of the store.
pub fn drop_draft(tx: &mut Tx, case: &CaseRow) -> Result<(), StoreError> {
    tx.execute(&DROP_DRAFT, &[shard::of_account(case.account).into(), case.id.into()])?;
    Ok(())
}

fn read(row: &Row) -> Result<CaseRow, StoreError> {
    Ok(CaseRow {
        id: row.parsed(0)?,
        account: row.parsed(1)?,
        service: row.parsed(2)?,
        version: row.text(3)?,
        sequence: row.int(4)?,
        state: row.text(5)?,
        status: row.text(6)?,
        opened_at: row.time(7)?,
        request_number: row.opt_text(8)?,
        request_document: row.opt_parsed(9)?,
        request_signature: row.opt_parsed(10)?,
        result_number: row.opt_text(11)?,
        frozen_at: row.opt_time(12)?,
    })
}
