//! Certificates that an authority issued: kept once, found by serial number, key, account or holder.

mod ends;
mod row;
mod state;
mod walk;

use qyzmet_domain::AccountId;

pub use self::{
    ends::{EndPlace, ending, ending_of_account, is_followed},
    row::{CertificateRow, Standing, State},
    state::{change, latest_change},
    walk::{Listed, RevokedRow, changed_after, changed_parts, revoked_after, revoked_page},
};
use crate::{Statement, StoreError, Tx, sql};

sql! {
    INSERT = "INSERT INTO certificates (issuer, serial, part, account, holder, profile, order_number, key_id, not_before, not_after, der, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'good') ON CONFLICT DO NOTHING";
    BY_SERIAL = "SELECT issuer, serial, part, account, holder, profile, order_number, key_id, not_before, not_after, der, state, reason, revoked_at, invalid_since FROM certificates WHERE issuer = $1 AND serial = $2";
    STANDING = "SELECT state, reason, revoked_at, invalid_since FROM certificates WHERE issuer = $1 AND serial = $2";
    BY_KEY = "SELECT issuer, serial, part, account, holder, profile, order_number, key_id, not_before, not_after, der, state, reason, revoked_at, invalid_since FROM certificates WHERE key_id = $1";
    OF_ACCOUNT = "SELECT issuer, serial, part, account, holder, profile, order_number, key_id, not_before, not_after, der, state, reason, revoked_at, invalid_since FROM certificates WHERE account = $1 ORDER BY not_after DESC, serial LIMIT $2";
    OF_HOLDER = "SELECT issuer, serial, part, account, holder, profile, order_number, key_id, not_before, not_after, der, state, reason, revoked_at, invalid_since FROM certificates WHERE holder = $1 ORDER BY not_after DESC, serial LIMIT $2";
    OF_ORDER = "SELECT issuer, serial, part, account, holder, profile, order_number, key_id, not_before, not_after, der, state, reason, revoked_at, invalid_since FROM certificates WHERE order_number = $1 ORDER BY serial LIMIT $2";
}

/// Statements of the files of this module.
pub(crate) static ALL: &[&[&Statement]] =
    &[STATEMENTS, ends::STATEMENTS, state::STATEMENTS, walk::STATEMENTS];

/// Keeps a new certificate, which is in good standing; `false` when its serial number or its key is known already.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, certificate: &CertificateRow) -> Result<bool, StoreError> {
    let values = [
        certificate.issuer.as_str().into(),
        certificate.serial.as_slice().into(),
        certificate.part.into(),
        certificate.account.into(),
        certificate.holder.clone().into(),
        certificate.profile.as_str().into(),
        certificate.order_number.clone().into(),
        certificate.key_id.as_slice().into(),
        certificate.not_before.into(),
        certificate.not_after.into(),
        certificate.der.as_slice().into(),
    ];
    Ok(tx.execute(&INSERT, &values)? == 1)
}

/// The certificate with this serial number of an issuer.
///
/// # Errors
/// Those of the store.
pub fn by_serial(tx: &mut Tx, issuer: &str, serial: &[u8]) -> Result<Option<CertificateRow>, StoreError> {
    tx.one(&BY_SERIAL, &[issuer.into(), serial.into()])?.map(|found| row::read(&found)).transpose()
}

/// The standing of a certificate alone, for an answer about it; nothing when the issuer never made it.
///
/// # Errors
/// Those of the store.
pub fn standing(tx: &mut Tx, issuer: &str, serial: &[u8]) -> Result<Option<Standing>, StoreError> {
    tx.one(&STANDING, &[issuer.into(), serial.into()])?.map(|found| row::standing(&found, 0)).transpose()
}

/// The certificate over this public key (SHA-256 of its SubjectPublicKeyInfo).
///
/// # Errors
/// Those of the store.
pub fn by_key(tx: &mut Tx, key_id: &[u8]) -> Result<Option<CertificateRow>, StoreError> {
    tx.one(&BY_KEY, &[key_id.into()])?.map(|found| row::read(&found)).transpose()
}

/// The certificates of an account, that which is valid longest first.
///
/// # Errors
/// Those of the store.
pub fn of_account(tx: &mut Tx, account: AccountId, most: u32) -> Result<Vec<CertificateRow>, StoreError> {
    tx.rows(&OF_ACCOUNT, &[account.into(), most.into()])?.iter().map(row::read).collect()
}

/// The certificates of a person or organisation by its IIN or BIN, that which is valid longest first.
///
/// # Errors
/// Those of the store.
pub fn of_holder(tx: &mut Tx, holder: &str, most: u32) -> Result<Vec<CertificateRow>, StoreError> {
    tx.rows(&OF_HOLDER, &[holder.into(), most.into()])?.iter().map(row::read).collect()
}

/// The certificates of an order.
///
/// # Errors
/// Those of the store.
pub fn of_order(tx: &mut Tx, number: &str, most: u32) -> Result<Vec<CertificateRow>, StoreError> {
    tx.rows(&OF_ORDER, &[number.into(), most.into()])?.iter().map(row::read).collect()
}
