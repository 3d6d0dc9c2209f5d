//! What cases wait for: at the desk of a unit, for a payment, for an event or a day. One row for each coming to an action.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, DocumentId, ServiceId};

use crate::{Row, StoreError, Tx, shard, sql};

/// One coming of a case to an action that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitRow {
    /// The case.
    pub case: CaseId,
    /// The action.
    pub action: u32,
    /// How often the case has left this action before.
    pub visit: u32,
    /// Whose case.
    pub account: AccountId,
    /// Which service.
    pub service: ServiceId,
    /// The body that gives the service.
    pub body: String,
    /// The unit that acts.
    pub unit: String,
    /// What is waited for: `receive`, `decide`, `approve`, `fill`, `write`, `payment`, `event`, `date`.
    pub task: String,
    /// Since when.
    pub came_at: Timestamp,
    /// When the term is over; nothing when the action has none.
    pub due_at: Option<Timestamp>,
    /// When the clock has to be looked at next.
    pub alarm_at: Option<Timestamp>,
    /// How far the case was raised: 0 not yet, 1 before the term was over, 2 after.
    pub level: u32,
    /// To whom the work was given.
    pub officer: Option<AccountId>,
    /// Number of the request.
    pub request_number: Option<String>,
    /// When the case went on; nothing while it waits.
    pub left_at: Option<Timestamp>,
    /// The exact bytes that an officer has signed here.
    pub document: Option<DocumentId>,
    /// The signature over them.
    pub signature: Option<DocumentId>,
}

sql! {
    PUT = "INSERT INTO waits (shard, case_id, action, visit, account, service, body, unit, task, came_at, due_at, alarm_at, level, officer, request_number, open) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, TRUE) ON CONFLICT (shard, case_id, action, visit) DO UPDATE SET officer = excluded.officer, request_number = excluded.request_number";
    RECKONED = "UPDATE waits SET due_at = $5, alarm_at = $6, level = $7 WHERE shard = $1 AND case_id = $2 AND action = $3 AND visit = $4 AND open";
    PUT_OFF = "UPDATE waits SET alarm_at = $5 WHERE shard = $1 AND case_id = $2 AND action = $3 AND visit = $4 AND open AND alarm_at = $6";
    LEFT = "UPDATE waits SET open = FALSE, left_at = $5, alarm_at = NULL WHERE shard = $1 AND case_id = $2 AND action = $3 AND visit = $4 AND open";
    SIGNED = "UPDATE waits SET document = $5, signature = $6 WHERE shard = $1 AND case_id = $2 AND action = $3 AND visit = $4";
    OPEN_OF_CASE = "SELECT case_id, action, visit, account, service, body, unit, task, came_at, due_at, alarm_at, level, officer, request_number, left_at, document, signature FROM waits WHERE shard = $1 AND case_id = $2 AND open ORDER BY action";
    AT_DESK = "SELECT case_id, action, visit, account, service, body, unit, task, came_at, due_at, alarm_at, level, officer, request_number, left_at, document, signature FROM waits WHERE case_id = $1 AND action = $2 AND body = $3 AND unit = $4 ORDER BY visit DESC LIMIT 1";
    LATEST = "SELECT case_id, action, visit, account, service, body, unit, task, came_at, due_at, alarm_at, level, officer, request_number, left_at, document, signature FROM waits WHERE case_id = $1 AND action = $2 ORDER BY visit DESC LIMIT 1";
    QUEUE = "SELECT case_id, action, visit, account, service, body, unit, task, came_at, due_at, alarm_at, level, officer, request_number, left_at, document, signature FROM waits WHERE body = $1 AND unit = $2 AND open AND task IN ('receive', 'decide', 'approve', 'fill', 'write', 'event') AND account <> $3 ORDER BY due_at NULLS LAST, came_at, case_id LIMIT $4";
    QUEUE_LENGTH = "SELECT count(*) FROM waits WHERE body = $1 AND unit = $2 AND open AND task IN ('receive', 'decide', 'approve', 'fill', 'write', 'event') AND account <> $3";
    ALARMS = "SELECT case_id, action, visit, account, service, body, unit, task, came_at, due_at, alarm_at, level, officer, request_number, left_at, document, signature FROM waits WHERE open AND alarm_at <= $1 ORDER BY alarm_at LIMIT $2";
    UNTOLD_UNITS = "SELECT DISTINCT body, unit FROM waits WHERE open AND level > told AND task IN ('receive', 'decide', 'approve', 'fill', 'write') ORDER BY body, unit LIMIT $1";
    UNTOLD = "SELECT case_id, action, visit, account, service, body, unit, task, came_at, due_at, alarm_at, level, officer, request_number, left_at, document, signature FROM waits WHERE body = $1 AND unit = $2 AND open AND level > told AND task IN ('receive', 'decide', 'approve', 'fill', 'write') ORDER BY due_at, case_id LIMIT $3";
    TOLD = "UPDATE waits SET told = $5 WHERE shard = $1 AND case_id = $2 AND action = $3 AND visit = $4 AND told < $5";
    OPEN_AFTER = "SELECT case_id, action, visit, account, service, body, unit, task, came_at, due_at, alarm_at, level, officer, request_number, left_at, document, signature FROM waits WHERE open AND due_at IS NOT NULL AND (shard, case_id, action) > ($1, $2, $3) ORDER BY shard, case_id, action LIMIT $4";
}

/// Keeps that a case waits; when it is known already, only the officer and the number may have changed.
///
/// # Errors
/// Those of the store.
pub fn put(tx: &mut Tx, wait: &WaitRow) -> Result<(), StoreError> {
    let [shard, case, action, visit] = key(wait);
    tx.execute(
        &PUT,
        &[
            shard,
            case,
            action,
            visit,
            wait.account.into(),
            wait.service.as_str().into(),
            wait.body.as_str().into(),
            wait.unit.as_str().into(),
            wait.task.as_str().into(),
            wait.came_at.into(),
            wait.due_at.into(),
            wait.alarm_at.into(),
            wait.level.into(),
            wait.officer.into(),
            wait.request_number.clone().into(),
        ],
    )?;
    Ok(())
}

/// Writes down when the term of a waiting case is over, when to look again, and how far it was raised.
///
/// # Errors
/// Those of the store.
pub fn reckoned(tx: &mut Tx, wait: &WaitRow) -> Result<bool, StoreError> {
    let [shard, case, action, visit] = key(wait);
    let values = [shard, case, action, visit, wait.due_at.into(), wait.alarm_at.into(), wait.level.into()];
    Ok(tx.execute(&RECKONED, &values)? == 1)
}

/// Looks at a clock later than it says, unless it was set anew meanwhile.
///
/// # Errors
/// Those of the store.
pub fn put_off(tx: &mut Tx, wait: &WaitRow, until: Timestamp) -> Result<bool, StoreError> {
    let [shard, case, action, visit] = key(wait);
    Ok(tx.execute(&PUT_OFF, &[shard, case, action, visit, until.into(), wait.alarm_at.into()])? == 1)
}

/// Writes down that the case has gone on.
///
/// # Errors
/// Those of the store.
pub fn leave(tx: &mut Tx, wait: &WaitRow, at: Timestamp) -> Result<(), StoreError> {
    let [shard, case, action, visit] = key(wait);
    tx.execute(&LEFT, &[shard, case, action, visit, at.into()])?;
    Ok(())
}

/// Remembers what an officer has signed here.
///
/// # Errors
/// Those of the store.
pub fn signed(
    tx: &mut Tx,
    wait: &WaitRow,
    document: DocumentId,
    signature: DocumentId,
) -> Result<(), StoreError> {
    let [shard, case, action, visit] = key(wait);
    let values = [shard, case, action, visit, document.to_string().into(), signature.to_string().into()];
    tx.execute(&SIGNED, &values)?;
    Ok(())
}

/// What a case waits for now.
///
/// # Errors
/// Those of the store.
pub fn open_of_case(tx: &mut Tx, account: AccountId, case: CaseId) -> Result<Vec<WaitRow>, StoreError> {
    tx.rows(&OPEN_OF_CASE, &[shard::of_account(account).into(), case.into()])?.iter().map(read).collect()
}

/// The latest coming of a case to an action of this unit; nothing for any other unit.
///
/// # Errors
/// Those of the store.
pub fn at_desk(
    tx: &mut Tx,
    case: CaseId,
    action: u32,
    (body, unit): (&str, &str),
) -> Result<Option<WaitRow>, StoreError> {
    tx.one(&AT_DESK, &[case.into(), action.into(), body.into(), unit.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// The latest coming of a case to an action, whoever's it is.
///
/// # Errors
/// Those of the store.
pub fn latest(tx: &mut Tx, case: CaseId, action: u32) -> Result<Option<WaitRow>, StoreError> {
    tx.one(&LATEST, &[case.into(), action.into()])?.map(|row| read(&row)).transpose()
}

/// What waits at the desk of a unit, that with the least time left first; not what `apart` has asked for as a person.
///
/// # Errors
/// Those of the store.
pub fn queue(
    tx: &mut Tx,
    (body, unit): (&str, &str),
    apart: AccountId,
    most: u32,
) -> Result<Vec<WaitRow>, StoreError> {
    tx.rows(&QUEUE, &[body.into(), unit.into(), apart.into(), most.into()])?.iter().map(read).collect()
}

/// How many wait at the desk of a unit.
///
/// # Errors
/// Those of the store.
pub fn queue_length(tx: &mut Tx, (body, unit): (&str, &str), apart: AccountId) -> Result<u64, StoreError> {
    tx.one(&QUEUE_LENGTH, &[body.into(), unit.into(), apart.into()])?.map_or(Ok(0), |row| row.count(0))
}

/// Waiting cases whose clock has to be looked at.
///
/// # Errors
/// Those of the store.
pub fn alarms(tx: &mut Tx, now: Timestamp, most: u32) -> Result<Vec<WaitRow>, StoreError> {
    tx.rows(&ALARMS, &[now.into(), most.into()])?.iter().map(read).collect()
}

/// Units with work that was raised further than their heads were told: body and unit.
///
/// # Errors
/// Those of the store.
pub fn untold_units(tx: &mut Tx, most: u32) -> Result<Vec<(String, String)>, StoreError> {
    tx.rows(&UNTOLD_UNITS, &[most.into()])?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// Work of a unit that was raised further than its heads were told.
///
/// # Errors
/// Those of the store.
pub fn untold(tx: &mut Tx, (body, unit): (&str, &str), most: u32) -> Result<Vec<WaitRow>, StoreError> {
    tx.rows(&UNTOLD, &[body.into(), unit.into(), most.into()])?.iter().map(read).collect()
}

/// Remembers how far the heads were told of a wait. It is never forgotten: a term that an amendment of the calendar moves
/// and that ends again tells nobody again.
///
/// # Errors
/// Those of the store.
pub fn told(tx: &mut Tx, wait: &WaitRow) -> Result<(), StoreError> {
    let [shard, case, action, visit] = key(wait);
    tx.execute(&TOLD, &[shard, case, action, visit, wait.level.into()])?;
    Ok(())
}

/// Waiting cases with a term, in the order of their keys after the given one, for a walk through all of them.
///
/// # Errors
/// Those of the store.
pub fn open_after(tx: &mut Tx, last: Option<&WaitRow>, most: u32) -> Result<Vec<WaitRow>, StoreError> {
    let values = match last {
        Some(wait) => {
            let [shard, case, action, _] = key(wait);
            [shard, case, action, most.into()]
        }
        None => [(-1_i64).into(), "".into(), (-1_i64).into(), most.into()],
    };
    tx.rows(&OPEN_AFTER, &values)?.iter().map(read).collect()
}

fn key(wait: &WaitRow) -> [crate::Value; 4] {
    [shard::of_account(wait.account).into(), wait.case.into(), wait.action.into(), wait.visit.into()]
}

fn small(row: &Row, column: usize) -> Result<u32, StoreError> {
    u32::try_from(row.count(column)?)
        .map_err(|_| StoreError::Corrupt(format!("column {column} is too large")))
}

fn read(row: &Row) -> Result<WaitRow, StoreError> {
    Ok(WaitRow {
        case: row.parsed(0)?,
        action: small(row, 1)?,
        visit: small(row, 2)?,
        account: row.parsed(3)?,
        service: row.parsed(4)?,
        body: row.text(5)?,
        unit: row.text(6)?,
        task: row.text(7)?,
        came_at: row.time(8)?,
        due_at: row.opt_time(9)?,
        alarm_at: row.opt_time(10)?,
        level: small(row, 11)?,
        officer: row.opt_parsed(12)?,
        request_number: row.opt_text(13)?,
        left_at: row.opt_time(14)?,
        document: row.opt_parsed(15)?,
        signature: row.opt_parsed(16)?,
    })
}
