//! Why orders of certificates could not be made or confirmed.

use jiff::Timestamp;

use crate::{StoreError, Tx, sql};

sql! {
    PUT = "INSERT INTO order_problems (number, why, found_at) VALUES ($1, $2, $3) ON CONFLICT (number) DO UPDATE SET why = excluded.why, found_at = excluded.found_at";
    FIND = "SELECT why FROM order_problems WHERE number = $1";
}

/// Keeps why, in place of what was found before.
///
/// # Errors
/// Those of the store.
pub fn put(tx: &mut Tx, number: &str, why: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&PUT, &[number.into(), why.into(), at.into()])?;
    Ok(())
}

/// Why, as one word; nothing when nothing was found.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx, number: &str) -> Result<Option<String>, StoreError> {
    tx.one(&FIND, &[number.into()])?.map(|row| row.text(0)).transpose()
}
