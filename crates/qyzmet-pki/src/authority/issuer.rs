//! The pure half of issuing: from profile, facts and key to the exact bytes that will be signed, and from a signature to
//! the certificate.

use jiff::Timestamp;

use super::{IssueError, Profile, Serial, SubjectFacts, Urls, Validity, build, tbs::ToBeSigned};
use crate::{
    algorithms::SignatureAlgorithm,
    certificate::Certificate,
    lint::{self, Severity},
    request::SubjectKey,
};

/// What a certificate says of its issuer, and where the issuer publishes. Holds no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// The issuer's name exactly as encoded.
    pub(crate) name: Vec<u8>,
    pub(crate) key_id: Vec<u8>,
    pub(crate) algorithm: SignatureAlgorithm,
    /// The issuer's own end; `None` for a root that is being founded.
    pub(crate) ends: Option<Timestamp>,
    pub(crate) urls: Urls,
}

/// One certificate that is to be issued.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// What is written for each kind.
    pub profile: &'a Profile,
    /// Whose certificate it is, from registers.
    pub facts: &'a SubjectFacts,
    /// The holder's key, already found to be strong.
    pub key: &'a SubjectKey,
    /// The serial number; see [`Serial`].
    pub serial: Serial,
    /// From when until when, at most as long as the profile says ([`Profile::validity`]).
    pub validity: Validity,
    /// The shard of the revocation list in which it will stand, fixed for its life.
    pub shard: u16,
}

impl Issuer {
    /// The issuer with this certificate, which publishes at these addresses.
    ///
    /// # Errors
    /// [`IssueError::PublicKey`] when its key is of a kind that cannot sign certificates here.
    pub fn new(certificate: &Certificate, urls: Urls) -> Result<Self, IssueError> {
        let algorithm = SignatureAlgorithm::of(certificate.key().family()).ok_or(IssueError::PublicKey)?;
        Ok(Self {
            name: certificate.subject_name().raw().to_vec(),
            key_id: certificate.key_identifier(),
            algorithm,
            ends: Some(certificate.not_after()),
            urls,
        })
    }

    /// A root that signs itself: its name and key are those of the draft.
    pub(super) fn founding(draft: &Draft<'_>, urls: Urls) -> Result<Self, IssueError> {
        let key = draft.key.public_key();
        Ok(Self {
            name: build::subject_name(draft.profile, draft.facts)?,
            key_id: key.identifier().as_ref().to_vec(),
            algorithm: SignatureAlgorithm::of(key.family()).ok_or(IssueError::PublicKey)?,
            ends: None,
            urls,
        })
    }

    /// Builds the exact bytes to be signed and lints them; nothing with an error leaves this function.
    ///
    /// # Errors
    /// [`IssueError`] for what the profile does not allow or the facts do not give; [`IssueError::Lint`] for what is found
    /// in the finished bytes.
    pub fn prepare(&self, draft: &Draft<'_>) -> Result<ToBeSigned, IssueError> {
        let der = build::to_be_signed(self, draft)?;
        self.read(der, draft.profile, draft.shard)
    }

    /// Takes up bytes that were prepared earlier (an intent found in the journal, a proposal from another process) after
    /// the same lint.
    ///
    /// # Errors
    /// [`IssueError::Lint`] with all findings, when one of them is an error.
    pub fn read(&self, der: Vec<u8>, profile: &Profile, shard: u16) -> Result<ToBeSigned, IssueError> {
        let findings = lint::lint(&der, &lint::Wanted { issuer: self, profile, shard });
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(IssueError::Lint(findings));
        }
        Ok(ToBeSigned::new(der, self.algorithm, findings))
    }
}
