//! Signed SOAP messages: the WS-Security body signature of the state gateway.

use jiff::Timestamp;

use crate::{
    certificate::Certificate,
    identity::Identity,
    key::SignError,
    trust::Trust,
    verdict::{Invalid, Undetermined},
};

/// Why a signed message is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlInvalid {
    /// The message is not the XML, or not the profile, that is expected; the text names the rule.
    #[error("the message breaks the profile: {0}")]
    Profile(&'static str),
    /// The signature or the signer's certificate is refused.
    #[error(transparent)]
    Signature(#[from] Invalid),
    /// The signer's certificate cannot be judged now.
    #[error(transparent)]
    Undetermined(#[from] Undetermined),
}

/// The message could not be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlSignError {
    /// The message is not a SOAP envelope with one body; the text names what is wrong.
    #[error("the message cannot be signed: {0}")]
    Message(&'static str),
    /// The key could not sign.
    #[error(transparent)]
    Key(#[from] SignError),
}

/// Signs the SOAP body.
///
/// # Errors
/// [`XmlSignError`] when the message is no SOAP envelope or the key fails.
pub fn sign_body(soap: &str, identity: &Identity) -> Result<String, XmlSignError> {
    let _ = soap;
    identity.certificate()?;
    Err(XmlSignError::Message("not yet"))
}

/// Verifies that exactly the SOAP body is signed, and returns the signer's certificate.
///
/// # Errors
/// [`XmlInvalid`] with the reason.
pub fn verify_body(soap: &str, trust: &Trust, at: Timestamp) -> Result<Certificate, XmlInvalid> {
    let _ = (soap, trust, at);
    Err(XmlInvalid::Profile("not yet"))
}
