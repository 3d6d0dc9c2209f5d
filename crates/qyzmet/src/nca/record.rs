//! What a ceremony writes down: what it has drawn when it begins, and what was made when it ends.

use std::{collections::BTreeMap, fs, path::Path};

use jiff::Timestamp;
use qyzmet_pki::{Identity, authority::Serial};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    NcaError,
    approval::Approval,
    plan::{KeyPlace, Planned},
    sha256,
};

/// The form of the records; a change of meaning is a new number.
pub const FORMAT: u32 = 1;

/// Written first: everything that chance and the clock give to a ceremony. Whoever goes on after a crash makes exactly the
/// same certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// [`FORMAT`].
    pub format: u32,
    /// SHA-256 of the ceremony file.
    pub ceremony_sha256: String,
    /// When it began: certificates are valid from then on.
    pub at: Timestamp,
    /// By name.
    pub drawn: BTreeMap<String, Drawn>,
}

/// What chance gives to one certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// Serial number, 20 bytes in hexadecimal digits.
    pub serial: String,
    /// Identifier of the key in a token, in hexadecimal digits.
    pub key_id: String,
}

/// Written last: its presence says that the ceremony is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// [`FORMAT`].
    pub format: u32,
    /// Title of the ceremony.
    pub title: String,
    /// SHA-256 of the ceremony file.
    pub ceremony_sha256: String,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// Version of the product that carried it out.
    pub product: String,
    /// Who approved.
    pub approvers: Vec<ApproverRecord>,
    /// What was made, in the order of the plan.
    pub certificates: Vec<CertificateRecord>,
}

/// A person who approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApproverRecord {
    /// As the ceremony file says.
    pub name: String,
    /// SHA-256 of the certificate.
    pub certificate_sha256: String,
    /// Serial number of the certificate.
    pub serial: String,
    /// When the person says to have signed.
    pub signed_at: Option<Timestamp>,
    /// SHA-256 of the signature, which lies in `approvals/`.
    pub signature_sha256: String,
}

/// A key and its certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRecord {
    /// Name in the plan.
    pub name: String,
    /// What it is for, in the word of the plan.
    pub duty: String,
    /// Name of the issuer.
    pub issuer: Option<String>,
    /// CN.
    pub common_name: String,
    /// Kind of the key.
    pub key_kind: String,
    /// `file`, or `token` and its name in the plan.
    pub key_place: String,
    /// SHA-256 of the SubjectPublicKeyInfo.
    pub spki_sha256: String,
    /// Serial number of the certificate.
    pub serial: String,
    /// SHA-256 of the certificate.
    pub certificate_sha256: String,
    /// First moment of validity.
    pub not_before: Timestamp,
    /// Last moment of validity.
    pub not_after: Timestamp,
}

/// Numbers that go on after the ceremony. Serial numbers of certificates are not among them: they are random.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// [`FORMAT`].
    pub format: u32,
    /// By authority: number of the last revocation list.
    pub list_numbers: BTreeMap<String, u64>,
}

impl Drawn {
    /// Serial number and identifier; `None` when they are not what was drawn.
    pub(super) fn read(&self) -> Option<(Serial, Vec<u8>)> {
        Some((hex::decode(&self.serial).ok()?.try_into().ok()?, hex::decode(&self.key_id).ok()?))
    }
}

impl ApproverRecord {
    /// What is written down of an approval.
    pub(super) fn of(approval: &Approval) -> Self {
        Self {
            name: approval.name.clone(),
            certificate_sha256: approval.certificate.fingerprint(),
            serial: approval.certificate.serial(),
            signed_at: approval.signed_at,
            signature_sha256: sha256(&approval.signature),
        }
    }
}

impl CertificateRecord {
    /// What is written down of a key and its certificate; `None` without a certificate.
    pub(super) fn of(planned: &Planned, made: &Identity) -> Option<Self> {
        let certificate = made.chain.first()?;
        Some(Self {
            name: planned.name.clone(),
            duty: planned.duty.as_str().to_owned(),
            issuer: planned.issuer.clone(),
            common_name: planned.common_name.clone(),
            key_kind: planned.kind_word().to_owned(),
            key_place: match &planned.place {
                KeyPlace::File(_) => "file".to_owned(),
                KeyPlace::Token(token) => format!("token {token}"),
            },
            spki_sha256: sha256(certificate.public_key_der()),
            serial: certificate.serial(),
            certificate_sha256: certificate.fingerprint(),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
        })
    }
}

/// Reads a record; `None` when there is none.
///
/// # Errors
/// When it is there and is not what it should be.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, NcaError> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|why| NcaError::file(path, why)),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(NcaError::file(path, why)),
    }
}

/// The bytes of a record.
pub(super) fn bytes<T: Serialize>(path: &Path, record: &T) -> Result<Vec<u8>, NcaError> {
    let mut bytes = serde_json::to_vec_pretty(record).map_err(|why| NcaError::file(path, why))?;
    bytes.push(b'\n');
    Ok(bytes)
}
