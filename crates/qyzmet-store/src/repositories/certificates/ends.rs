//! Certificates by their end: the walk over those that will end soon, and whether another one stands in for one of them.

use jiff::Timestamp;
use qyzmet_domain::AccountId;

use super::{CertificateRow, row};
use crate::{StoreError, Tx, sql};

sql! {
    ENDING = "SELECT issuer, serial, part, account, holder, profile, order_number, key_id, not_before, not_after, der, state, reason, revoked_at, invalid_since FROM certificates WHERE not_after >= $1 AND not_after < $4 AND (not_after, issuer, serial) > ($1, $2, $3) ORDER BY not_after, issuer, serial LIMIT $5";
    ENDING_OF_ACCOUNT = "SELECT issuer, serial, part, account, holder, profile, order_number, key_id, not_before, not_after, der, state, reason, revoked_at, invalid_since FROM certificates WHERE account = $1 AND not_after >= $2 AND not_after < $3 AND state = 'good' ORDER BY not_after, serial LIMIT $4";
    FOLLOWED = "SELECT serial FROM certificates WHERE account = $1 AND not_after > $2 AND profile = $3 AND holder = $4 AND state = 'good' LIMIT 1";
}

/// A place in the walk over certificates by their end: just after one of them, or before all that end at a moment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EndPlace {
    /// The end of the certificate.
    pub not_after: Timestamp,
    /// Its issuer; empty before all of that moment.
    pub issuer: String,
    /// Its serial number.
    pub serial: Vec<u8>,
}

impl EndPlace {
    /// Before everything that ends at this moment or later.
    #[must_use]
    pub fn before(moment: Timestamp) -> Self {
        Self { not_after: moment, issuer: String::new(), serial: Vec::new() }
    }

    /// Just after this certificate.
    #[must_use]
    pub fn after(row: &CertificateRow) -> Self {
        Self { not_after: row.not_after, issuer: row.issuer.clone(), serial: row.serial.clone() }
    }
}

/// The next certificates after a place that end before a moment, however they stand.
///
/// # Errors
/// Those of the store.
pub fn ending(
    tx: &mut Tx,
    after: &EndPlace,
    until: Timestamp,
    most: u32,
) -> Result<Vec<CertificateRow>, StoreError> {
    let EndPlace { not_after, issuer, serial } = after;
    let values =
        [(*not_after).into(), issuer.as_str().into(), serial.as_slice().into(), until.into(), most.into()];
    tx.rows(&ENDING, &values)?.iter().map(row::read).collect()
}

/// Certificates of an account in good standing that end from `from` until before `until`, that which ends first before
/// the others.
///
/// # Errors
/// Those of the store.
pub fn ending_of_account(
    tx: &mut Tx,
    account: AccountId,
    (from, until): (Timestamp, Timestamp),
    most: u32,
) -> Result<Vec<CertificateRow>, StoreError> {
    let values = [account.into(), from.into(), until.into(), most.into()];
    tx.rows(&ENDING_OF_ACCOUNT, &values)?.iter().map(row::read).collect()
}

/// Whether the account has another certificate of the same profile for the same holder that is good and holds longer.
///
/// # Errors
/// Those of the store.
pub fn is_followed(tx: &mut Tx, row: &CertificateRow) -> Result<bool, StoreError> {
    let values =
        [row.account.into(), row.not_after.into(), row.profile.as_str().into(), row.holder.clone().into()];
    Ok(tx.one(&FOLLOWED, &values)?.is_some())
}
