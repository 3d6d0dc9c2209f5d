//! Amendments of the working-day calendar by an administrator.

use jiff::{Timestamp, civil::Date};
use qyzmet_domain::AccountId;

use crate::{Row, StoreError, Tx, sql};

/// A day that was made working or free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendedDay {
    /// Which day.
    pub day: Date,
    /// Whether it is a working day.
    pub working: bool,
    /// The other day of a swap.
    pub instead_of: Option<Date>,
    /// Why: the act that moved it.
    pub reason: String,
    /// The administrator.
    pub account: AccountId,
    /// When it was changed.
    pub changed_at: Timestamp,
}

sql! {
    PUT = "INSERT INTO calendar_days (day, working, instead_of, reason, account, changed_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (day) DO UPDATE SET working = excluded.working, instead_of = excluded.instead_of, reason = excluded.reason, account = excluded.account, changed_at = excluded.changed_at";
    ALL = "SELECT day, working, instead_of, reason, account, changed_at FROM calendar_days ORDER BY day";
}

/// Amends a day, in place of a former amendment.
///
/// # Errors
/// Those of the store.
pub fn put(tx: &mut Tx, day: &AmendedDay) -> Result<(), StoreError> {
    tx.execute(
        &PUT,
        &[
            day.day.to_string().into(),
            day.working.into(),
            day.instead_of.map(|day| day.to_string()).into(),
            day.reason.as_str().into(),
            day.account.into(),
            day.changed_at.into(),
        ],
    )?;
    Ok(())
}

/// All amendments, by day.
///
/// # Errors
/// Those of the store.
pub fn all(tx: &mut Tx) -> Result<Vec<AmendedDay>, StoreError> {
    tx.rows(&ALL, &[])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<AmendedDay, StoreError> {
    Ok(AmendedDay {
        day: row.parsed(0)?,
        working: row.flag(1)?,
        instead_of: row.opt_parsed(2)?,
        reason: row.text(3)?,
        account: row.parsed(4)?,
        changed_at: row.time(5)?,
    })
}
