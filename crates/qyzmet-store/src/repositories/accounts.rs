//! Accounts of people on the portal [R58-2.7].

use jiff::Timestamp;
use qyzmet_domain::{AccountId, Iin, Locale, Login};

use crate::{Row, StoreError, Tx, sql};

/// An account. Without `Debug`: it holds personal data.
#[derive(Clone)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// Its login, unique on the portal [R10-2.9].
    pub login: Login,
    /// The password as a PHC string; absent for accounts that sign in by EDS only.
    pub password: Option<String>,
    /// Whose it is.
    pub iin: Iin,
    /// The person's name as the register gave it.
    pub name: String,
    /// The language of messages.
    pub locale: Locale,
    /// When it was opened.
    pub created_at: Timestamp,
}

sql! {
    INSERT = "INSERT INTO accounts (id, login, password, iin, name, locale, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_LOGIN = "SELECT id, login, password, iin, name, locale, created_at FROM accounts WHERE login = $1";
    BY_IIN = "SELECT id, login, password, iin, name, locale, created_at FROM accounts WHERE iin = $1";
    BY_ID = "SELECT id, login, password, iin, name, locale, created_at FROM accounts WHERE id = $1";
    SET_LOCALE = "UPDATE accounts SET locale = $2 WHERE id = $1";
}

/// Opens an account.
///
/// # Errors
/// [`StoreError::Conflict`] when the login or the IIN has an account already.
pub fn insert(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    tx.execute(
        &INSERT,
        &[
            account.id.into(),
            account.login.as_str().into(),
            account.password.clone().into(),
            account.iin.as_str().into(),
            account.name.as_str().into(),
            account.locale.as_str().into(),
            account.created_at.into(),
        ],
    )?;
    Ok(())
}

/// The account with this login.
///
/// # Errors
/// Those of the store.
pub fn by_login(tx: &mut Tx, login: &Login) -> Result<Option<Account>, StoreError> {
    tx.one(&BY_LOGIN, &[login.as_str().into()])?.map(|row| read(&row)).transpose()
}

/// The account of this person.
///
/// # Errors
/// Those of the store.
pub fn by_iin(tx: &mut Tx, iin: &Iin) -> Result<Option<Account>, StoreError> {
    tx.one(&BY_IIN, &[iin.as_str().into()])?.map(|row| read(&row)).transpose()
}

/// The account with this number.
///
/// # Errors
/// Those of the store.
pub fn by_id(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    tx.one(&BY_ID, &[id.into()])?.map(|row| read(&row)).transpose()
}

/// Remembers the language of messages.
///
/// # Errors
/// Those of the store.
pub fn set_locale(tx: &mut Tx, id: AccountId, locale: Locale) -> Result<(), StoreError> {
    tx.execute(&SET_LOCALE, &[id.into(), locale.as_str().into()])?;
    Ok(())
}

fn read(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.parsed(0)?,
        login: row.parsed(1)?,
        password: row.opt_text(2)?,
        iin: row.parsed(3)?,
        name: row.text(4)?,
        locale: row.parsed(5)?,
        created_at: row.time(6)?,
    })
}
