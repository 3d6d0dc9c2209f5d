//! The signer's record: the one certificate that it has let out for each key.

use jiff::Timestamp;

use crate::{Row, StoreError, Tx, sql};

/// A certificate that the signer has signed. Without `Debug`: the certificate names a person.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRow {
    /// SHA-256 of its SubjectPublicKeyInfo.
    pub key_id: Vec<u8>,
    /// The order for it.
    pub order_number: String,
    /// SHA-256 of the text of the order.
    pub order_sha256: Vec<u8>,
    /// The authority, by its name in the ceremony.
    pub issuer: String,
    /// Content of the INTEGER, big-endian.
    pub serial: Vec<u8>,
    /// SHA-256 of the exact body.
    pub body_sha256: Vec<u8>,
    /// The certificate.
    pub der: Vec<u8>,
    /// When it was signed.
    pub signed_at: Timestamp,
}

sql! {
    RECORD = "INSERT INTO signer_records (key_id, order_number, order_sha256, issuer, serial, body_sha256, der, signed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    BY_KEY = "SELECT key_id, order_number, order_sha256, issuer, serial, body_sha256, der, signed_at FROM signer_records WHERE key_id = $1";
}

/// Records a certificate before it is let out; `false` when there is one for its key or with its serial number.
///
/// # Errors
/// Those of the store.
pub fn record(tx: &mut Tx, signed: &SignedRow) -> Result<bool, StoreError> {
    let values = [
        signed.key_id.as_slice().into(),
        signed.order_number.as_str().into(),
        signed.order_sha256.as_slice().into(),
        signed.issuer.as_str().into(),
        signed.serial.as_slice().into(),
        signed.body_sha256.as_slice().into(),
        signed.der.as_slice().into(),
        signed.signed_at.into(),
    ];
    Ok(tx.execute(&RECORD, &values)? == 1)
}

/// The certificate for a key.
///
/// # Errors
/// Those of the store.
pub fn by_key(tx: &mut Tx, key_id: &[u8]) -> Result<Option<SignedRow>, StoreError> {
    tx.one(&BY_KEY, &[key_id.into()])?.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<SignedRow, StoreError> {
    Ok(SignedRow {
        key_id: row.blob(0)?,
        order_number: row.text(1)?,
        order_sha256: row.blob(2)?,
        issuer: row.text(3)?,
        serial: row.blob(4)?,
        body_sha256: row.blob(5)?,
        der: row.blob(6)?,
        signed_at: row.time(7)?,
    })
}
