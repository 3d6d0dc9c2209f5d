//! Signed SOAP messages: the WS-Security body signature of the state gateway.
//!
//! The profile is as narrow as the gateway's own: one signature, one reference, and it is the SOAP body, found by its
//! place in the envelope and not by a search for an identifier. The library canonicalises; all else is ours.

mod envelope;
mod sign;
mod verify;

use jiff::Timestamp;

use crate::{
    certificate::Certificate,
    identity::Identity,
    key::SignError,
    trust::{Refused, Trust},
    verdict::{Invalid, Undetermined},
};

/// Names of the namespaces and algorithms of the profile.
pub(crate) mod names {
    pub(crate) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
    pub(crate) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
    pub(crate) const WSSE: &str =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    pub(crate) const WSU: &str =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    pub(crate) const X509_V3: &str =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    pub(crate) const BASE64: &str =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    pub(crate) const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
    pub(crate) const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
    pub(crate) const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    pub(crate) const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
}

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

impl From<Refused> for XmlInvalid {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Invalid(invalid) => Self::Signature(invalid),
            Refused::Undetermined(undetermined) => Self::Undetermined(undetermined),
        }
    }
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

/// Signs the body of a SOAP 1.1 envelope and returns the envelope with a Security header.
///
/// The body gets a `wsu:Id` when it has none; an existing Header is kept and extended.
///
/// # Errors
/// [`XmlSignError::Message`] when the text is no SOAP envelope with one body or is signed already;
/// [`XmlSignError::Key`] when the key is of a kind that the profile does not know (P-256 and RSA are known) or fails.
pub fn sign_body(soap: &str, identity: &Identity) -> Result<String, XmlSignError> {
    sign::sign(soap, identity)
}

/// Verifies that exactly the SOAP body is signed by a trusted signing certificate, and returns that certificate.
///
/// Which organisation may speak is for the caller to judge. Intermediate certificates must be known to `trust`.
///
/// # Errors
/// [`XmlInvalid::Profile`] for anything but the narrow profile (a DTD, comments, a second signature, another
/// reference, wrapping); [`XmlInvalid::Signature`] and [`XmlInvalid::Undetermined`] as for other signatures.
pub fn verify_body(soap: &str, trust: &Trust, at: Timestamp) -> Result<Certificate, XmlInvalid> {
    verify::verify(soap, trust, at)
}
