//! Reminders of the end of certificates: how far the walk for each has come, and whom a message has told.

use jiff::civil::Date;
use qyzmet_domain::AccountId;

use crate::{StoreError, Tx, repositories::certificates::EndPlace, sql};

sql! {
    PLACE = "SELECT not_after, issuer, serial FROM reminder_walks WHERE step = $1";
    PUT_PLACE = "INSERT INTO reminder_walks (step, not_after, issuer, serial) VALUES ($1, $2, $3, $4) ON CONFLICT (step) DO UPDATE SET not_after = excluded.not_after, issuer = excluded.issuer, serial = excluded.serial";
    TELL = "INSERT INTO reminders (last_day, account, step) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    SWEEP = "DELETE FROM reminders WHERE last_day < $1";
}

/// Up to where everything was looked at for the reminder so many days before; nothing when it was never sent here.
///
/// # Errors
/// Those of the store.
pub fn place(tx: &mut Tx, step: u8) -> Result<Option<EndPlace>, StoreError> {
    let row = tx.one(&PLACE, &[u32::from(step).into()])?;
    row.map(|row| Ok(EndPlace { not_after: row.time(0)?, issuer: row.text(1)?, serial: row.blob(2)? }))
        .transpose()
}

/// Remembers that place.
///
/// # Errors
/// Those of the store.
pub fn put_place(tx: &mut Tx, step: u8, place: &EndPlace) -> Result<(), StoreError> {
    let values = [
        u32::from(step).into(),
        place.not_after.into(),
        place.issuer.as_str().into(),
        place.serial.as_slice().into(),
    ];
    tx.execute(&PUT_PLACE, &values)?;
    Ok(())
}

/// Remembers that an account is told so many days before a last day; `false` when it was told before.
///
/// # Errors
/// Those of the store.
pub fn tell(tx: &mut Tx, account: AccountId, last_day: Date, step: u8) -> Result<bool, StoreError> {
    let values = [last_day.to_string().into(), account.into(), u32::from(step).into()];
    Ok(tx.execute(&TELL, &values)? == 1)
}

/// Forgets what was told of days that are over.
///
/// # Errors
/// Those of the store.
pub fn sweep(tx: &mut Tx, today: Date) -> Result<u64, StoreError> {
    tx.execute(&SWEEP, &[today.to_string().into()])
}
