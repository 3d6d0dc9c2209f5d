//! When the heads of a unit were last told by message of work that was raised to them.

use jiff::Timestamp;

use crate::{StoreError, Tx, sql};

sql! {
    PUT = "INSERT INTO head_notices (body, unit, told_at) VALUES ($1, $2, $3) ON CONFLICT (body, unit) DO UPDATE SET told_at = excluded.told_at";
    LAST = "SELECT told_at FROM head_notices WHERE body = $1 AND unit = $2";
}

/// Remembers that the heads of a unit are told now.
///
/// # Errors
/// Those of the store.
pub fn put(tx: &mut Tx, (body, unit): (&str, &str), at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&PUT, &[body.into(), unit.into(), at.into()])?;
    Ok(())
}

/// When the heads of a unit were last told.
///
/// # Errors
/// Those of the store.
pub fn last(tx: &mut Tx, (body, unit): (&str, &str)) -> Result<Option<Timestamp>, StoreError> {
    tx.one(&LAST, &[body.into(), unit.into()])?.map(|row| row.time(0)).transpose()
}
