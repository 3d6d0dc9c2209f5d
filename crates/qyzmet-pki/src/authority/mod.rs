//! A certification authority: issues certificates by profile and signs revocation lists.

mod build;
mod profile;

#[cfg(test)]
mod tests;

use jiff::Timestamp;

pub use self::profile::{Profile, ProfileKind, SubjectFields, Urls};
pub use crate::crl::Revoked;
use crate::{
    certificate::Certificate,
    crl::{self, CrlError},
    identity::Identity,
    key::{SignError, Signer},
};

/// A serial number: 20 bytes from the caller's random source.
pub type Serial = [u8; 20];

/// From when until when a certificate is valid; both ends included, whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first moment.
    pub not_before: Timestamp,
    /// The last moment.
    pub not_after: Timestamp,
}

/// A certificate or list could not be issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// A field of the subject is missing for this profile, or is not usable; the text names it.
    #[error("the subject field {0} is missing or not usable")]
    Subject(&'static str),
    /// The public key is not a SubjectPublicKeyInfo of a supported kind.
    #[error("the public key is not supported")]
    PublicKey,
    /// The time of validity is empty or exceeds that of the issuer.
    #[error("the validity is not within that of the issuer")]
    Validity,
    /// The key could not sign.
    #[error(transparent)]
    Key(#[from] SignError),
}

/// An authority: its key and its own chain.
#[derive(Debug, Clone)]
pub struct Authority {
    identity: Identity,
}

impl Authority {
    /// An authority from its key and chain.
    #[must_use]
    pub fn new(identity: Identity) -> Self {
        Self { identity }
    }

    /// Makes a root: a certificate signed by its own key.
    ///
    /// # Errors
    /// [`IssueError`] when a field is missing or the key fails.
    pub fn self_signed(
        signer: Signer,
        profile: &Profile,
        subject: &SubjectFields,
        serial: Serial,
        validity: Validity,
    ) -> Result<Self, IssueError> {
        let request =
            build::Request { profile, subject, public_key_der: signer.public_key_der(), serial, validity };
        let certificate = build::certificate(&request, None, &signer)?;
        Ok(Self { identity: Identity { signer, chain: vec![certificate] } })
    }

    /// Issues a certificate over a public key whose possession the caller has proved.
    ///
    /// # Errors
    /// [`IssueError`] when a field is missing, the validity exceeds the issuer's, or the key fails.
    pub fn issue(
        &self,
        profile: &Profile,
        subject: &SubjectFields,
        public_key_der: &[u8],
        serial: Serial,
        validity: Validity,
    ) -> Result<Certificate, IssueError> {
        let issuer = self.identity.certificate()?;
        let request = build::Request { profile, subject, public_key_der, serial, validity };
        build::certificate(&request, Some(issuer), &self.identity.signer)
    }

    /// Issues a certificate and returns the authority or end entity that it makes, with the whole chain.
    ///
    /// # Errors
    /// As [`Authority::issue`].
    pub fn enrol(
        &self,
        profile: &Profile,
        subject: &SubjectFields,
        signer: Signer,
        serial: Serial,
        validity: Validity,
    ) -> Result<Identity, IssueError> {
        let certificate = self.issue(profile, subject, signer.public_key_der(), serial, validity)?;
        let mut chain = vec![certificate];
        chain.extend(self.identity.chain.iter().cloned());
        Ok(Identity { signer, chain })
    }

    /// Signs a full revocation list in memory; [`crl::write()`] writes long, partitioned and delta lists.
    ///
    /// # Errors
    /// [`CrlError`] when the next update is not after this one, an entry belongs into no full list, or the key fails.
    pub fn crl(
        &self,
        entries: &[Revoked],
        this_update: Timestamp,
        next_update: Timestamp,
        number: u64,
    ) -> Result<Vec<u8>, CrlError> {
        let draft = crl::Draft::full(number, this_update, next_update);
        let mut out = Vec::new();
        crl::write(&self.identity, &draft, || entries.iter().map(|entry| Ok(*entry)), &mut out)?;
        Ok(out)
    }

    /// The authority's own certificate.
    ///
    /// # Errors
    /// [`IssueError::Key`] when the identity was built without one.
    pub fn certificate(&self) -> Result<&Certificate, IssueError> {
        Ok(self.identity.certificate()?)
    }

    /// The authority's key and chain, for lists and answers that it signs itself.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The authority's chain, its own certificate first.
    #[must_use]
    pub fn chain(&self) -> &[Certificate] {
        &self.identity.chain
    }
}
