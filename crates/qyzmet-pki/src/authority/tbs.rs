//! The exact bytes of a certificate that are signed, between the decision to issue and the signature.

use super::IssueError;
use crate::{
    algorithms::{Digest, SignatureAlgorithm},
    asn1,
    certificate::Certificate,
    lint::Finding,
};

/// The to-be-signed body (TBSCertificate) of a certificate. It exists only linted: it is what goes into the journal as the
/// intent, and the only thing that becomes a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToBeSigned {
    der: Vec<u8>,
    algorithm: SignatureAlgorithm,
    warnings: Vec<Finding>,
}

impl ToBeSigned {
    pub(super) fn new(der: Vec<u8>, algorithm: SignatureAlgorithm, warnings: Vec<Finding>) -> Self {
        Self { der, algorithm, warnings }
    }

    /// The bytes that are signed.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the bytes, in hexadecimal digits: the name of this intent in the journal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(Digest::Sha256.of(&self.der))
    }

    /// What the lint found that does not stop the issue.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// The certificate with this signature. The signature is taken as it is: right for a key in our own memory.
    ///
    /// # Errors
    /// [`IssueError::Signature`] when the parts do not make a certificate.
    pub fn finish(self, signature: &[u8]) -> Result<Certificate, IssueError> {
        let algorithm = self.algorithm.to_der();
        let der = asn1::sequence(&[&self.der, &algorithm, &asn1::bit_string(signature)]);
        Certificate::from_der(&der).map_err(|_| IssueError::Signature)
    }

    /// The certificate with this signature, which is verified first: right for a key in a device, where a fault must not
    /// become a published certificate.
    ///
    /// # Errors
    /// [`IssueError::Signature`] when the issuer's key did not make the signature over exactly these bytes.
    pub fn finish_verified(self, signature: &[u8], issuer: &Certificate) -> Result<Certificate, IssueError> {
        let certificate = self.finish(signature)?;
        certificate.verify_signature(issuer.key()).map_err(|_| IssueError::Signature)?;
        Ok(certificate)
    }
}
