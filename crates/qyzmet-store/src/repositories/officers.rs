//! Employees of state bodies: for which unit an account may act, in which roles and from when until when.

use jiff::Timestamp;
use qyzmet_domain::AccountId;

use crate::{Row, StoreError, Tx, sql};

/// An officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerRow {
    /// The account of the person.
    pub account: AccountId,
    /// Id of the state body.
    pub body: String,
    /// Id of the unit, as action tables name it.
    pub unit: String,
    /// What the officer may do: `officer`, `head`, `administrator`, `operator`, `personnel`, `responsible`, `support`.
    pub roles: Vec<String>,
    /// From when.
    pub begins_at: Timestamp,
    /// Until when; nothing while no end is set.
    pub ends_at: Option<Timestamp>,
}

/// An officer with the name that colleagues know.
#[derive(Clone)]
pub struct Colleague {
    /// The officer.
    pub officer: OfficerRow,
    /// The name as the register gave it.
    pub name: String,
}

sql! {
    PUT = "INSERT INTO officers (account, body, unit, roles, begins_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account) DO UPDATE SET body = excluded.body, unit = excluded.unit, roles = excluded.roles, begins_at = excluded.begins_at, ends_at = excluded.ends_at";
    IN_FORCE = "SELECT account, body, unit, roles, begins_at, ends_at FROM officers WHERE account = $1 AND begins_at <= $2 AND (ends_at IS NULL OR ends_at > $2)";
    OF_UNIT = "SELECT o.account, o.body, o.unit, o.roles, o.begins_at, o.ends_at, a.name FROM officers o JOIN accounts a ON a.id = o.account WHERE o.body = $1 AND o.unit = $2 AND o.begins_at <= $3 AND (o.ends_at IS NULL OR o.ends_at > $3) ORDER BY a.name, o.account LIMIT 200";
    WITH_ROLE = "SELECT o.account, o.body, o.unit, o.roles, o.begins_at, o.ends_at, a.name FROM officers o JOIN accounts a ON a.id = o.account WHERE ' ' || o.roles || ' ' LIKE $1 AND o.begins_at <= $2 AND (o.ends_at IS NULL OR o.ends_at > $2) ORDER BY a.name, o.account LIMIT 500";
    END = "UPDATE officers SET ends_at = $2 WHERE account = $1 AND (ends_at IS NULL OR ends_at > $2)";
}

/// Appoints an officer, in place of what the account was before.
///
/// # Errors
/// Those of the store.
pub fn put(tx: &mut Tx, officer: &OfficerRow) -> Result<(), StoreError> {
    tx.execute(
        &PUT,
        &[
            officer.account.into(),
            officer.body.as_str().into(),
            officer.unit.as_str().into(),
            officer.roles.join(" ").into(),
            officer.begins_at.into(),
            officer.ends_at.into(),
        ],
    )?;
    Ok(())
}

/// What an account is at a moment; nothing when it is no officer then.
///
/// # Errors
/// Those of the store.
pub fn in_force(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<Option<OfficerRow>, StoreError> {
    tx.one(&IN_FORCE, &[account.into(), at.into()])?.map(|row| read(&row)).transpose()
}

/// Everybody who acts for a unit at a moment, by name.
///
/// # Errors
/// Those of the store.
pub fn of_unit(tx: &mut Tx, body: &str, unit: &str, at: Timestamp) -> Result<Vec<Colleague>, StoreError> {
    let colleague = |row: &Row| Ok(Colleague { officer: read(row)?, name: row.text(6)? });
    tx.rows(&OF_UNIT, &[body.into(), unit.into(), at.into()])?.iter().map(colleague).collect()
}

/// Everybody who has a role at a moment, by name.
///
/// # Errors
/// Those of the store.
pub fn with_role(tx: &mut Tx, role: &str, at: Timestamp) -> Result<Vec<Colleague>, StoreError> {
    let colleague = |row: &Row| Ok(Colleague { officer: read(row)?, name: row.text(6)? });
    tx.rows(&WITH_ROLE, &[format!("% {role} %").into(), at.into()])?.iter().map(colleague).collect()
}

/// Ends an appointment at a moment, unless it ends before.
///
/// # Errors
/// Those of the store.
pub fn end(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&END, &[account.into(), at.into()])?;
    Ok(())
}

fn read(row: &Row) -> Result<OfficerRow, StoreError> {
    Ok(OfficerRow {
        account: row.parsed(0)?,
        body: row.text(1)?,
        unit: row.text(2)?,
        roles: row.text(3)?.split_whitespace().map(str::to_owned).collect(),
        begins_at: row.time(4)?,
        ends_at: row.opt_time(5)?,
    })
}
