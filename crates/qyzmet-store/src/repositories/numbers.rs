//! Numbers linked to accounts: one number, one account [R58-5.3b].

use jiff::Timestamp;
use qyzmet_domain::{AccountId, Phone};

use crate::{StoreError, Tx, sql};

sql! {
    OF_ACCOUNT = "SELECT number, linked_at FROM numbers WHERE account = $1";
    ALL_AFTER = "SELECT account, number, linked_at FROM numbers WHERE account > $1 ORDER BY account LIMIT $2";
    HOLDER = "SELECT account FROM numbers WHERE number = $1";
    LINK = "INSERT INTO numbers (account, number, linked_at) VALUES ($1, $2, $3) ON CONFLICT (account) DO UPDATE SET number = excluded.number, linked_at = excluded.linked_at";
    UNLINK = "DELETE FROM numbers WHERE account = $1";
}

/// The number of an account, and since when.
///
/// # Errors
/// Those of the store.
pub fn of_account(tx: &mut Tx, account: AccountId) -> Result<Option<(Phone, Timestamp)>, StoreError> {
    tx.one(&OF_ACCOUNT, &[account.into()])?.map(|row| Ok((row.parsed(0)?, row.time(1)?))).transpose()
}

/// A page of all linked numbers in the order of their accounts, after the one named.
///
/// # Errors
/// Those of the store.
pub fn all_after(
    tx: &mut Tx,
    after: Option<AccountId>,
    most: i64,
) -> Result<Vec<(AccountId, Phone, Timestamp)>, StoreError> {
    let after = after.map(|account| account.to_string()).unwrap_or_default();
    let rows = tx.rows(&ALL_AFTER, &[after.into(), most.into()])?;
    rows.iter().map(|row| Ok((row.parsed(0)?, row.parsed(1)?, row.time(2)?))).collect()
}

/// The account that holds a number.
///
/// # Errors
/// Those of the store.
pub fn holder(tx: &mut Tx, number: &Phone) -> Result<Option<AccountId>, StoreError> {
    tx.one(&HOLDER, &[number.as_str().into()])?.map(|row| row.parsed(0)).transpose()
}

/// Links a number to an account in place of its former one; the number must be free.
///
/// # Errors
/// [`StoreError::Conflict`] when another account holds it.
pub fn link(tx: &mut Tx, account: AccountId, number: &Phone, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(&LINK, &[account.into(), number.as_str().into(), now.into()])?;
    Ok(())
}

/// Takes the number from an account.
///
/// # Errors
/// Those of the store.
pub fn unlink(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    tx.execute(&UNLINK, &[account.into()])?;
    Ok(())
}
