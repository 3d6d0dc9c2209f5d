//! The register of protected carriers of keys: which one, to whom, given when, returned when [R839-15.1a].

use jiff::Timestamp;
use qyzmet_domain::{
    AccountId,
    conduct::{Carrier, CarrierKind},
};

use crate::{Row, StoreError, Tx, sql};

/// A carrier in somebody's hands, now or earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarrierRow {
    /// The serial number on it.
    pub serial: String,
    /// What it is.
    pub kind: CarrierKind,
    /// The operator.
    pub account: AccountId,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it came back.
    pub returned_at: Option<Timestamp>,
}

sql! {
    GIVE = "INSERT INTO carriers (serial, given_at, kind, account, given_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    TAKE_BACK = "UPDATE carriers SET returned_at = $2, returned_to = $3 WHERE serial = $1 AND returned_at IS NULL";
    OUT = "SELECT serial, kind, account, given_at, returned_at FROM carriers WHERE serial = $1 AND returned_at IS NULL";
    OF_ACCOUNT = "SELECT serial, kind, account, given_at, returned_at FROM carriers WHERE account = $1 ORDER BY given_at DESC LIMIT 100";
}

/// Gives a carrier to an operator; `false` when it is in somebody's hands.
///
/// # Errors
/// Those of the store.
pub fn give(
    tx: &mut Tx,
    carrier: &Carrier,
    (account, by): (AccountId, AccountId),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let values =
        [carrier.serial().into(), at.into(), carrier.kind.storage().into(), account.into(), by.into()];
    Ok(tx.execute(&GIVE, &values)? == 1)
}

/// Takes a carrier back; `false` when it is in nobody's hands.
///
/// # Errors
/// Those of the store.
pub fn take_back(tx: &mut Tx, serial: &str, by: AccountId, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(&TAKE_BACK, &[serial.into(), at.into(), by.into()])? == 1)
}

/// In whose hands a carrier is.
///
/// # Errors
/// Those of the store.
pub fn out(tx: &mut Tx, serial: &str) -> Result<Option<CarrierRow>, StoreError> {
    tx.one(&OUT, &[serial.into()])?.map(|row| read(&row)).transpose()
}

/// The carriers that an operator has or had, newest first.
///
/// # Errors
/// Those of the store.
pub fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<CarrierRow>, StoreError> {
    tx.rows(&OF_ACCOUNT, &[account.into()])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<CarrierRow, StoreError> {
    Ok(CarrierRow {
        serial: row.text(0)?,
        kind: row.parsed(1)?,
        account: row.parsed(2)?,
        given_at: row.time(3)?,
        returned_at: row.opt_time(4)?,
    })
}
