//! Gap-free numbers: the next one of a series, kept only if the transaction that takes it is.

use crate::{StoreError, Tx, sql};

sql! {
    NEXT = "INSERT INTO counter (name, value) VALUES ($1, 1)
        ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value";
}

/// The next number of the series `name`, from 1. Two units that take from the same series wait for each other.
pub fn next(tx: &mut Tx, name: &str) -> Result<u64, StoreError> {
    tx.one(&NEXT, &[name.into()])?
        .ok_or_else(|| StoreError::Database("the counter gave no number".to_owned()))?
        .count(0)
}
