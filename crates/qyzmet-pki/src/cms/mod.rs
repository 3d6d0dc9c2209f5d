//! Detached signatures: CAdES-BES over CMS SignedData, made and verified.

mod attributes;
mod message;
mod sign;
mod verify;

#[cfg(test)]
mod tests;

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

pub(crate) use self::sign::{detached, enclosed};
use crate::{
    certificate::{Certificate, Purpose},
    identity::Identity,
    key::SignError,
    trust::{Refused, Trust},
    verdict::{Invalid, Signed, Verdict},
};

/// What the caller expects of the signer's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expect {
    /// The purpose that the certificate must have.
    pub purpose: Purpose,
}

impl Expect {
    /// A certificate for signing documents.
    #[must_use]
    pub fn sign() -> Self {
        Self { purpose: Purpose::Sign }
    }

    /// A certificate for proving who one is.
    #[must_use]
    pub fn auth() -> Self {
        Self { purpose: Purpose::Auth }
    }
}

/// Signs the content: detached CAdES-BES with signingTime, signingCertificateV2 and the whole chain enclosed.
///
/// # Errors
/// [`SignError`] when the identity has no certificate or its key fails.
pub fn sign(content: &[u8], identity: &Identity, at: Timestamp) -> Result<Vec<u8>, SignError> {
    detached(content, identity, Some(at))
}

/// Verifies the one signature in `cms` over the content, and the signer's certificate at the given time.
///
/// Reads DER and BER. A message that encloses its content must enclose exactly `content`. Exactly one signer is
/// accepted. Signed attributes are required and hashed exactly as they are encoded.
#[must_use]
pub fn verify(content: &[u8], cms: &[u8], trust: &Trust, expect: Expect, at: Timestamp) -> Verdict {
    match verify::with_message(cms, |message| verify::verify(content, message, trust, expect, at)) {
        Ok(Ok(signed)) => Verdict::Valid(Box::new(signed)),
        Ok(Err(refused)) => refused.into(),
        Err(invalid) => Verdict::Invalid(invalid),
    }
}

/// The content of this kind that the message encloses, when it is signed by someone whom `fit` accepts.
pub(crate) fn verify_enclosed(
    cms: &[u8],
    kind: ObjectIdentifier,
    trust: &Trust,
    at: Timestamp,
    fit: impl FnOnce(&Certificate) -> Result<(), Invalid>,
) -> Result<(Vec<u8>, Signed), Refused> {
    verify::with_message(cms, |message| verify::verify_enclosed(message, kind, trust, at, fit))?
}

/// The certificate whose holder the message claims to be signed by. Nothing is verified: good for counting attempts, and
/// for nothing else.
#[must_use]
pub fn claimed_signer(cms: &[u8]) -> Option<Certificate> {
    verify::with_message(cms, verify::claimed_signer).ok().flatten()
}

/// The content that an attached signature encloses; `None` for a detached one. Nothing is verified.
///
/// # Errors
/// [`Invalid::Malformed`] when the bytes are not a signed message.
pub fn enclosed_content(cms: &[u8]) -> Result<Option<Vec<u8>>, Invalid> {
    verify::with_message(cms, |message| message.content.map(<[u8]>::to_vec))
}
