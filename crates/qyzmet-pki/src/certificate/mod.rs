//! X.509 certificates: parsed once, kept with their exact bytes, cheap to clone.

pub(crate) mod extensions;
pub(crate) mod general_name;
pub(crate) mod name;
mod parse;
mod serial;
mod subject;

use std::{fmt, ops::Range, sync::Arc};

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

use self::general_name::GeneralName;
pub(crate) use self::{extensions::Extensions, name::Name};
pub use self::{
    serial::SerialNumber,
    subject::{Purpose, Role, Subject},
};
use crate::{
    algorithms::SignatureAlgorithm,
    key,
    spki::{KeyAlgorithm, PublicKey},
    verdict::Invalid,
};

/// The bytes are not a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the certificate is malformed")]
pub struct CertificateError;

/// A parsed certificate. Equality is equality of the encoded bytes.
#[derive(Clone)]
pub struct Certificate {
    inner: Arc<Parsed>,
}

/// Everything that is read from a certificate, once.
struct Parsed {
    der: Vec<u8>,
    tbs: Range<usize>,
    spki: Range<usize>,
    signature: Range<usize>,
    serial: SerialNumber,
    algorithm: Result<SignatureAlgorithm, Invalid>,
    issuer: Name,
    subject_name: Name,
    subject: Subject,
    not_before: Timestamp,
    not_after: Timestamp,
    key: PublicKey,
    extensions: Extensions,
    fingerprint: [u8; 32],
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("serial", &self.serial()).finish_non_exhaustive()
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.inner.fingerprint == other.inner.fingerprint
    }
}

impl Eq for Certificate {}

impl Certificate {
    /// Parses one DER certificate; trailing bytes are refused.
    ///
    /// # Errors
    /// [`CertificateError`] when the bytes are not a certificate of X.509 version 1 to 3.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        parse::parse(der).map(|parsed| Self { inner: Arc::new(parsed) }).map_err(|_| CertificateError)
    }

    /// Parses the first certificate of a PEM text.
    ///
    /// # Errors
    /// [`CertificateError`] when there is no well-formed certificate.
    pub fn from_pem(pem: &str) -> Result<Self, CertificateError> {
        Self::from_der(&key::from_pem_block(pem, "CERTIFICATE").ok_or(CertificateError)?)
    }

    /// The exact bytes.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.inner.der
    }

    /// The certificate as PEM text.
    #[must_use]
    pub fn pem(&self) -> String {
        key::to_pem_block("CERTIFICATE", self.der())
    }

    /// The holder, read by the conventions of the National Certification Authority.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.inner.subject
    }

    /// Common name of the issuer, for messages.
    #[must_use]
    pub fn issuer_common_name(&self) -> Option<String> {
        self.inner.issuer.first(crate::oids::COMMON_NAME)
    }

    /// The serial number in small hexadecimal digits without leading zeros (one form everywhere in the product).
    #[must_use]
    pub fn serial(&self) -> String {
        self.inner.serial.to_string()
    }

    /// The serial number.
    #[must_use]
    pub fn serial_number(&self) -> SerialNumber {
        self.inner.serial
    }

    /// Begin of validity.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        self.inner.not_before
    }

    /// End of validity.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        self.inner.not_after
    }

    /// What the key is for; a single key, which also signs in, is for signing.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        subject::purpose(&self.inner.extensions)
    }

    /// Whether the key serves this purpose. A single key, which signs and signs in, serves two.
    #[must_use]
    pub fn serves(&self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::Auth => subject::signs_in(&self.inner.extensions),
            other => self.purpose() == other,
        }
    }

    /// The first e-mail address among its alternative names, as it stands there.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.inner.extensions.alt_names.iter().find_map(|name| match name {
            GeneralName::Email(address) => Some(address.as_str()),
            _ => None,
        })
    }

    /// The role of the holder.
    #[must_use]
    pub fn role(&self) -> Role {
        subject::role(self.inner.extensions.extended_usage.as_deref().unwrap_or_default())
    }

    /// All extended key usages in dotted form.
    #[must_use]
    pub fn ekus(&self) -> Vec<String> {
        self.inner.extensions.extended_usage.iter().flatten().map(ObjectIdentifier::to_string).collect()
    }

    /// SHA-256 of the encoded certificate in hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(self.inner.fingerprint)
    }

    /// SHA-256 of the body that was signed, in hexadecimal digits: what stood in the journal before the signature.
    #[must_use]
    pub fn body_fingerprint(&self) -> String {
        hex::encode(crate::algorithms::Digest::Sha256.of(self.slice(&self.inner.tbs)))
    }

    /// Whether it names the holder of the other certificate as its issuer; the signature is another question.
    #[must_use]
    pub fn names_as_issuer(&self, other: &Self) -> bool {
        self.inner.issuer.same(&other.inner.subject_name)
    }

    /// What the key is made by; nothing when this product cannot use it.
    #[must_use]
    pub fn key_algorithm(&self) -> Option<KeyAlgorithm> {
        self.inner.key.algorithm()
    }

    /// The public key as SubjectPublicKeyInfo DER.
    #[must_use]
    pub fn public_key_der(&self) -> &[u8] {
        self.slice(&self.inner.spki)
    }

    pub(crate) fn digest(&self) -> [u8; 32] {
        self.inner.fingerprint
    }

    /// The content of the serial INTEGER, as encoded.
    pub(crate) fn serial_bytes(&self) -> &[u8] {
        self.inner.serial.as_bytes()
    }

    pub(crate) fn issuer_name(&self) -> &Name {
        &self.inner.issuer
    }

    pub(crate) fn subject_name(&self) -> &Name {
        &self.inner.subject_name
    }

    pub(crate) fn extensions(&self) -> &Extensions {
        &self.inner.extensions
    }

    pub(crate) fn key(&self) -> &PublicKey {
        &self.inner.key
    }

    /// The identifier of the key as the certificate gives it, else the usual one.
    pub(crate) fn key_identifier(&self) -> Vec<u8> {
        let stated = self.extensions().subject_key_id.clone();
        stated.unwrap_or_else(|| self.key().identifier().as_ref().to_vec())
    }

    /// Issuer and subject are the same name (not: signed by its own key).
    pub(crate) fn is_self_issued(&self) -> bool {
        self.inner.issuer.same(&self.inner.subject_name)
    }

    /// Verifies the signature of this certificate under the issuer's key.
    pub(crate) fn verify_signature(&self, issuer_key: &PublicKey) -> Result<(), Invalid> {
        let algorithm = self.inner.algorithm.clone()?;
        algorithm.verify(issuer_key, self.slice(&self.inner.tbs), self.slice(&self.inner.signature))
    }

    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.inner.der.get(range.clone()).unwrap_or_default()
    }
}
