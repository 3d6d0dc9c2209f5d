//! Dated duties around operators: who owes what, until when, and what came of it.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, DutyId, conduct::DutyKind};

use crate::{Row, StoreError, Tx, sql};

/// A duty. Without `Debug`: its words may be personal.
#[derive(Clone)]
pub struct DutyRow {
    /// Its number.
    pub id: DutyId,
    /// The operator whom it concerns.
    pub account: AccountId,
    /// The operator's body.
    pub body: String,
    /// The operator's unit.
    pub unit: String,
    /// What it is.
    pub kind: DutyKind,
    /// From when on it counts.
    pub begins_at: Timestamp,
    /// Until when it holds.
    pub ends_at: Option<Timestamp>,
    /// By when it has to be done.
    pub due_at: Option<Timestamp>,
    /// When its clock has to be looked at.
    pub alarm_at: Option<Timestamp>,
    /// When it was done or was over.
    pub done_at: Option<Timestamp>,
    /// Who entered it.
    pub entered_by: AccountId,
    /// In words: why, or what is asked.
    pub words: String,
    /// What came of it, as a word.
    pub outcome: Option<String>,
    /// What came of it, in words.
    pub answer: Option<String>,
}

sql! {
    INSERT = "INSERT INTO duties (id, account, body, unit, kind, begins_at, ends_at, due_at, alarm_at, done_at, entered_by, words, outcome, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    FIND = "SELECT id, account, body, unit, kind, begins_at, ends_at, due_at, alarm_at, done_at, entered_by, words, outcome, answer FROM duties WHERE id = $1";
    OF_ACCOUNT = "SELECT id, account, body, unit, kind, begins_at, ends_at, due_at, alarm_at, done_at, entered_by, words, outcome, answer FROM duties WHERE account = $1 ORDER BY begins_at DESC, id DESC LIMIT 200";
    OPEN_OF_ACCOUNT = "SELECT id, account, body, unit, kind, begins_at, ends_at, due_at, alarm_at, done_at, entered_by, words, outcome, answer FROM duties WHERE account = $1 AND done_at IS NULL ORDER BY begins_at, id";
    OPEN = "SELECT id, account, body, unit, kind, begins_at, ends_at, due_at, alarm_at, done_at, entered_by, words, outcome, answer FROM duties WHERE done_at IS NULL ORDER BY COALESCE(due_at, begins_at), id LIMIT 200";
    OPEN_OF_BODY = "SELECT id, account, body, unit, kind, begins_at, ends_at, due_at, alarm_at, done_at, entered_by, words, outcome, answer FROM duties WHERE body = $1 AND done_at IS NULL ORDER BY COALESCE(due_at, begins_at), id LIMIT 200";
    OF_KIND = "SELECT id, account, body, unit, kind, begins_at, ends_at, due_at, alarm_at, done_at, entered_by, words, outcome, answer FROM duties WHERE body = $1 AND kind = $2 ORDER BY begins_at DESC, id DESC LIMIT 50";
    ALARMS = "SELECT id, account, body, unit, kind, begins_at, ends_at, due_at, alarm_at, done_at, entered_by, words, outcome, answer FROM duties WHERE alarm_at <= $1 ORDER BY alarm_at LIMIT 50";
    LATEST = "SELECT MAX(begins_at) FROM duties WHERE account = $1 AND kind = $2 AND done_at IS NOT NULL";
    SET_ALARM = "UPDATE duties SET alarm_at = $2 WHERE id = $1";
    CLOSE = "UPDATE duties SET done_at = $2, outcome = $3, answer = $4, alarm_at = NULL WHERE id = $1 AND done_at IS NULL";
}

/// Enters a duty.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, duty: &DutyRow) -> Result<(), StoreError> {
    tx.execute(
        &INSERT,
        &[
            duty.id.into(),
            duty.account.into(),
            duty.body.as_str().into(),
            duty.unit.as_str().into(),
            duty.kind.word().into(),
            duty.begins_at.into(),
            duty.ends_at.into(),
            duty.due_at.into(),
            duty.alarm_at.into(),
            duty.done_at.into(),
            duty.entered_by.into(),
            duty.words.as_str().into(),
            duty.outcome.clone().into(),
            duty.answer.clone().into(),
        ],
    )?;
    Ok(())
}

/// A duty by its number.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx, id: DutyId) -> Result<Option<DutyRow>, StoreError> {
    tx.one(&FIND, &[id.into()])?.map(|row| read(&row)).transpose()
}

/// Everything about an operator, newest first.
///
/// # Errors
/// Those of the store.
pub fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<DutyRow>, StoreError> {
    tx.rows(&OF_ACCOUNT, &[account.into()])?.iter().map(read).collect()
}

/// What is not done yet about an operator.
///
/// # Errors
/// Those of the store.
pub fn open_of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<DutyRow>, StoreError> {
    tx.rows(&OPEN_OF_ACCOUNT, &[account.into()])?.iter().map(read).collect()
}

/// What is not done yet, of one body or of all, that with the least time left first.
///
/// # Errors
/// Those of the store.
pub fn open(tx: &mut Tx, body: Option<&str>) -> Result<Vec<DutyRow>, StoreError> {
    let rows = match body {
        Some(body) => tx.rows(&OPEN_OF_BODY, &[body.into()])?,
        None => tx.rows(&OPEN, &[])?,
    };
    rows.iter().map(read).collect()
}

/// The last of one kind in a body, the newest first.
///
/// # Errors
/// Those of the store.
pub fn of_kind(tx: &mut Tx, body: &str, kind: DutyKind) -> Result<Vec<DutyRow>, StoreError> {
    tx.rows(&OF_KIND, &[body.into(), kind.word().into()])?.iter().map(read).collect()
}

/// Duties whose clock has rung.
///
/// # Errors
/// Those of the store.
pub fn alarms(tx: &mut Tx, now: Timestamp) -> Result<Vec<DutyRow>, StoreError> {
    tx.rows(&ALARMS, &[now.into()])?.iter().map(read).collect()
}

/// When an operator last did something of this kind.
///
/// # Errors
/// Those of the store.
pub fn last_done(tx: &mut Tx, account: AccountId, kind: DutyKind) -> Result<Option<Timestamp>, StoreError> {
    let row = tx.one(&LATEST, &[account.into(), kind.word().into()])?;
    row.map_or(Ok(None), |row| row.opt_time(0))
}

/// Sets when the clock of a duty has to be looked at next.
///
/// # Errors
/// Those of the store.
pub fn set_alarm(tx: &mut Tx, id: DutyId, at: Option<Timestamp>) -> Result<(), StoreError> {
    tx.execute(&SET_ALARM, &[id.into(), at.into()])?;
    Ok(())
}

/// Ends a duty, once: `false` when it was ended before.
///
/// # Errors
/// Those of the store.
pub fn close(
    tx: &mut Tx,
    id: DutyId,
    at: Timestamp,
    (outcome, answer): (&str, Option<&str>),
) -> Result<bool, StoreError> {
    let answer = answer.map(str::to_owned);
    Ok(tx.execute(&CLOSE, &[id.into(), at.into(), outcome.into(), answer.into()])? == 1)
}

fn read(row: &Row) -> Result<DutyRow, StoreError> {
    Ok(DutyRow {
        id: row.parsed(0)?,
        account: row.parsed(1)?,
        body: row.text(2)?,
        unit: row.text(3)?,
        kind: row.parsed(4)?,
        begins_at: row.time(5)?,
        ends_at: row.opt_time(6)?,
        due_at: row.opt_time(7)?,
        alarm_at: row.opt_time(8)?,
        done_at: row.opt_time(9)?,
        entered_by: row.parsed(10)?,
        words: row.text(11)?,
        outcome: row.opt_text(12)?,
        answer: row.opt_text(13)?,
    })
}
