//! The three outcomes of a verification: valid, invalid, or not determinable now.

use jiff::Timestamp;

use crate::certificate::{Certificate, Purpose};

/// What a verification found. There are always three outcomes: a missing revocation source is neither a yes nor a no.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// The signature, the certificate, its path and its revocation status all hold at the given time.
    Valid(Box<Signed>),
    /// The signature must be refused; asking again will not help.
    Invalid(Invalid),
    /// The question cannot be answered now (for example no fresh CRL); asking later may help.
    Undetermined(Undetermined),
}

impl Verdict {
    /// The proof of a valid signature, or `None` for the two other outcomes.
    #[must_use]
    pub fn valid(&self) -> Option<&Signed> {
        match self {
            Self::Valid(signed) => Some(signed),
            Self::Invalid(_) | Self::Undetermined(_) => None,
        }
    }
}

/// What a valid signature proves.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The certificate whose key made the signature.
    pub certificate: Certificate,
    /// The signing time that the signer claims (attribute signingTime); `None` when the signer claims none.
    pub signed_at: Option<Timestamp>,
    /// The verified path: the signer's certificate first, the trust anchor last.
    pub chain: Vec<Certificate>,
}

/// Why a signature or certificate is refused for good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// The bytes are not what they claim to be; the text names the part, never its content.
    #[error("the {0} is malformed")]
    Malformed(&'static str),
    /// The message carries no signature at all.
    #[error("there is no signature")]
    NoSigner,
    /// More than one signature where exactly one is accepted.
    #[error("{0} signatures where exactly one is accepted")]
    SeveralSigners(usize),
    /// The certificate of the signer is not in the message.
    #[error("the signer's certificate is not enclosed")]
    NoCertificate,
    /// The digest in the signature is of another content.
    #[error("the content is not the one that was signed")]
    ContentChanged,
    /// A signed attribute names another certificate than the one used.
    #[error("the signature names another certificate")]
    OtherCertificate,
    /// A signed attribute that must occur exactly once is missing or repeated.
    #[error("the signed attribute {0} is missing or repeated")]
    Attribute(&'static str),
    /// The signature value does not fit the key and the signed bytes.
    #[error("the signature value is wrong")]
    WrongSignature,
    /// The algorithm is known to be too weak (SHA-1, MD5, RSA below 2048 bits).
    #[error("the algorithm is too weak: {0}")]
    WeakAlgorithm(String),
    /// The algorithm, named by its object identifier, is not supported.
    #[error("the algorithm {0} is not supported")]
    UnsupportedAlgorithm(String),
    /// The signature algorithm does not belong to the kind of the signer's key.
    #[error("the signature algorithm does not fit the key")]
    AlgorithmMismatch,
    /// No path leads from the certificate to a trusted root.
    #[error("the issuer of the certificate is not trusted")]
    UntrustedIssuer,
    /// A certificate of the path ended before the time of verification.
    #[error("the certificate ended at {0}")]
    Expired(Timestamp),
    /// A certificate of the path begins after the time of verification.
    #[error("the certificate begins at {0}")]
    NotYetValid(Timestamp),
    /// A certificate of the path was revoked.
    #[error("the certificate was revoked at {at}")]
    Revoked {
        /// When it was revoked.
        at: Timestamp,
        /// The reason that the authority gave.
        reason: Reason,
    },
    /// The certificate is for another purpose (for example AUTH where SIGN is asked).
    #[error("the certificate is for {found:?}, not for {expected:?}")]
    WrongPurpose {
        /// What the caller asked for.
        expected: Purpose,
        /// What the certificate is for.
        found: Purpose,
    },
    /// A rule of path validation (RFC 5280 section 6) is broken; the text names the rule.
    #[error("the certificate path breaks a rule: {0}")]
    Path(&'static str),
}

/// Why the question cannot be answered now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undetermined {
    /// No usable revocation list of the named issuer is at hand.
    #[error("no revocation list of {0}")]
    NoRevocationList(String),
    /// The newest revocation list of the named issuer is out of date.
    #[error("the revocation list of {issuer} ended at {ended}")]
    StaleRevocationList {
        /// Common name of the issuer.
        issuer: String,
        /// Its `nextUpdate`.
        ended: Timestamp,
    },
    /// The revocation list uses a feature that this verifier does not decide on (delta, indirect, unknown critical).
    #[error("the revocation list of {0} uses a feature that is not supported")]
    UnsupportedRevocationList(String),
    /// The search for a path was stopped at its limit.
    #[error("too many possible paths")]
    TooManyPaths,
}

/// Revocation reasons of RFC 5280 section 5.3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Reason {
    /// No reason given.
    Unspecified = 0,
    /// The private key is no longer only in the holder's hands.
    KeyCompromise = 1,
    /// The authority's key is compromised.
    CaCompromise = 2,
    /// The holder's name or role changed.
    AffiliationChanged = 3,
    /// A newer certificate takes its place.
    Superseded = 4,
    /// No longer needed.
    CessationOfOperation = 5,
    /// On hold; may come back.
    CertificateHold = 6,
    /// Taken back from hold; only in delta lists.
    RemoveFromCrl = 8,
    /// A privilege was withdrawn.
    PrivilegeWithdrawn = 9,
    /// The attribute authority is compromised.
    AaCompromise = 10,
}

impl Reason {
    /// Reads the value of the CRL entry extension reasonCode.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Some(match code {
            0 => Self::Unspecified,
            1 => Self::KeyCompromise,
            2 => Self::CaCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::CertificateHold,
            8 => Self::RemoveFromCrl,
            9 => Self::PrivilegeWithdrawn,
            10 => Self::AaCompromise,
            _ => return None,
        })
    }
}
