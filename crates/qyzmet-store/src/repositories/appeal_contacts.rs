//! Whom a body has named for appeals about the work of its people [R839-15.3a].

use jiff::{Timestamp, civil::Date};
use qyzmet_domain::DocumentId;

use crate::{Row, StoreError, Tx, sql};

/// The person whom a body has named. Without `Debug`: it holds a name and an address.
#[derive(Clone, PartialEq, Eq)]
pub struct AppealContact {
    /// The body.
    pub body: String,
    /// The person's name.
    pub name: String,
    /// The corporate e-mail address.
    pub mail: String,
    /// Number of the order of appointment.
    pub order_number: String,
    /// Its date.
    pub order_day: Date,
    /// The official letter to Support.
    pub letter: DocumentId,
    /// Since when Support knows.
    pub since: Timestamp,
}

sql! {
    PUT = "INSERT INTO appeal_contacts (body, name, mail, order_number, order_day, letter, since) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (body) DO UPDATE SET name = excluded.name, mail = excluded.mail, order_number = excluded.order_number, order_day = excluded.order_day, letter = excluded.letter, since = excluded.since";
    OF_BODY = "SELECT body, name, mail, order_number, order_day, letter, since FROM appeal_contacts WHERE body = $1";
    ALL = "SELECT body, name, mail, order_number, order_day, letter, since FROM appeal_contacts ORDER BY body LIMIT 500";
}

/// Registers the person of a body, in place of the one before.
///
/// # Errors
/// Those of the store.
pub fn put(tx: &mut Tx, contact: &AppealContact) -> Result<(), StoreError> {
    tx.execute(
        &PUT,
        &[
            contact.body.as_str().into(),
            contact.name.as_str().into(),
            contact.mail.as_str().into(),
            contact.order_number.as_str().into(),
            contact.order_day.to_string().into(),
            contact.letter.to_string().into(),
            contact.since.into(),
        ],
    )?;
    Ok(())
}

/// The person of a body.
///
/// # Errors
/// Those of the store.
pub fn of_body(tx: &mut Tx, body: &str) -> Result<Option<AppealContact>, StoreError> {
    tx.one(&OF_BODY, &[body.into()])?.map(|row| read(&row)).transpose()
}

/// Everybody who was named.
///
/// # Errors
/// Those of the store.
pub fn all(tx: &mut Tx) -> Result<Vec<AppealContact>, StoreError> {
    tx.rows(&ALL, &[])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<AppealContact, StoreError> {
    Ok(AppealContact {
        body: row.text(0)?,
        name: row.text(1)?,
        mail: row.text(2)?,
        order_number: row.text(3)?,
        order_day: row.parsed(4)?,
        letter: row.parsed(5)?,
        since: row.time(6)?,
    })
}
