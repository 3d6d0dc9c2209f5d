//! A certification authority: issues certificates by profile and signs revocation lists.

mod build;
mod facts;
mod issuer;
mod order;
mod profile;
mod tbs;
mod urls;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

pub(crate) use self::profile::ExtensionKind;
pub use self::{
    build::written_serial,
    facts::{FactError, Holder, Organisation, Person, SubjectFacts},
    issuer::{Draft, Issuer},
    order::{
        CertificateState, ConfirmedOrder, Order, OrderError, OrderRefused, OrderedCertificate, OrderedKey,
        SignedOrder,
    },
    profile::{HolderKind, NCA, Profile, ProfileError, Profiles},
    tbs::ToBeSigned,
    urls::Urls,
};
pub use crate::crl::Revoked;
use crate::{
    certificate::Certificate,
    crl::{self, CrlError},
    identity::Identity,
    key::{SignError, Signer},
    lint::Finding,
    request::{SubjectKey, WeakKey},
};

/// A serial number: 20 bytes from the caller's random source. When it is written, the top bit is cleared (serials are
/// positive) and a first digit of zero becomes one (serials keep their length), as the national authority does.
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
    /// The profile is for another kind of holder.
    #[error("the profile is for {expected:?}, not for {found:?}")]
    Holder {
        /// Whom the profile is for.
        expected: HolderKind,
        /// Whom the facts describe.
        found: HolderKind,
    },
    /// A fact is missing for this profile, or the profile does not allow it; the text names it.
    #[error("the profile asks for another {0}")]
    Fact(&'static str),
    /// The profile does not allow keys of this kind.
    #[error("the profile does not allow keys of this kind")]
    KeyKind,
    /// The subject's key is weak or malformed.
    #[error(transparent)]
    Weak(#[from] WeakKey),
    /// The issuer's key is of a kind that cannot sign certificates here.
    #[error("the issuer's key cannot sign certificates")]
    PublicKey,
    /// The time of validity is empty or exceeds that of the issuer.
    #[error("the validity is not within that of the issuer")]
    Validity,
    /// The finished body breaks a rule.
    #[error("the lint found: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Lint(Vec<Finding>),
    /// The signature does not make a certificate of the body.
    #[error("the signature does not belong to the body")]
    Signature,
    /// The key could not sign.
    #[error(transparent)]
    Key(#[from] SignError),
}

/// An authority: its key, its own chain, and where it publishes.
#[derive(Debug, Clone)]
pub struct Authority {
    identity: Identity,
    urls: Urls,
}

impl Authority {
    /// An authority from its key and chain, which publishes nowhere yet.
    #[must_use]
    pub fn new(identity: Identity) -> Self {
        Self { identity, urls: Urls::default() }
    }

    /// The same authority, which publishes at these addresses.
    #[must_use]
    pub fn with_urls(self, urls: Urls) -> Self {
        Self { urls, ..self }
    }

    /// Makes a root: a certificate signed by its own key.
    ///
    /// # Errors
    /// [`IssueError`] when a fact is missing or the key fails.
    pub fn self_signed(
        signer: Signer,
        profile: &Profile,
        facts: &SubjectFacts,
        serial: Serial,
        validity: Validity,
        urls: Urls,
    ) -> Result<Self, IssueError> {
        let key = SubjectKey::from_der(signer.public_key_der())?;
        let draft = Draft { profile, facts, key: &key, serial, validity, shard: 0 };
        let body = Issuer::founding(&draft, urls.clone())?.prepare(&draft)?;
        let signature = signer.sign(body.der())?;
        Ok(Self { identity: Identity { signer, chain: vec![body.finish(&signature)?] }, urls })
    }

    /// What this authority writes about itself.
    ///
    /// # Errors
    /// [`IssueError::Key`] when the identity was built without a certificate.
    pub fn issuer(&self) -> Result<Issuer, IssueError> {
        Issuer::new(self.certificate()?, self.urls.clone())
    }

    /// Prepares, signs and finishes in one step, for authorities in memory: demonstration, ceremony and tests. What must
    /// survive a crash writes the intent into the journal between [`Issuer::prepare`] and the signature.
    ///
    /// # Errors
    /// [`IssueError`] as [`Issuer::prepare`], or when the key fails.
    pub fn issue(&self, draft: &Draft<'_>) -> Result<Certificate, IssueError> {
        let body = self.issuer()?.prepare(draft)?;
        let signature = self.identity.signer.sign(body.der())?;
        body.finish(&signature)
    }

    /// Issues a certificate and returns the authority or end entity that it makes, with the whole chain.
    ///
    /// # Errors
    /// As [`Authority::issue`].
    pub fn enrol(
        &self,
        profile: &Profile,
        facts: &SubjectFacts,
        signer: Signer,
        serial: Serial,
        validity: Validity,
    ) -> Result<Identity, IssueError> {
        let key = SubjectKey::from_der(signer.public_key_der())?;
        let certificate = self.issue(&Draft { profile, facts, key: &key, serial, validity, shard: 0 })?;
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
