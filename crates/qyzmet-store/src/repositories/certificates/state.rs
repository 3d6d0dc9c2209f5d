//! Changes of the state of a certificate; each takes the next number of its issuer's changes, which delta lists count by.

use jiff::Timestamp;

use super::{Standing, State};
use crate::{StoreError, Tx, counters, sql};

sql! {
    // A revoked certificate is never touched again, whatever the caller believed.
    CHANGE = "UPDATE certificates SET state = $4, reason = $5, revoked_at = $6, invalid_since = $7, change = $8, changed_at = $9 WHERE issuer = $1 AND serial = $2 AND state = $3 AND state <> 'revoked'";
    LATEST = "SELECT change FROM certificates WHERE issuer = $1 AND change IS NOT NULL ORDER BY change DESC LIMIT 1";
}

/// Gives a certificate another standing; `false` when it is not in the state `from`, is revoked, or is not there.
///
/// # Errors
/// Those of the store.
pub fn change(
    tx: &mut Tx,
    (issuer, serial): (&str, &[u8]),
    from: State,
    to: Standing,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let number = counters::next(tx, &format!("certificate-changes/{issuer}"))?;
    let values = [
        issuer.into(),
        serial.into(),
        from.to_string().into(),
        to.state.to_string().into(),
        to.reason.map(u32::from).into(),
        to.revoked_at.into(),
        to.invalid_since.into(),
        super::row::small::<_, i64>(number)?.into(),
        at.into(),
    ];
    Ok(tx.execute(&CHANGE, &values)? == 1)
}

/// The number of the latest change of an issuer's certificates; 0 when nothing has changed yet.
///
/// # Errors
/// Those of the store.
pub fn latest_change(tx: &mut Tx, issuer: &str) -> Result<u64, StoreError> {
    tx.one(&LATEST, &[issuer.into()])?.map_or(Ok(0), |row| row.count(0))
}
