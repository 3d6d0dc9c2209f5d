//! What an operator signs: one order for one certificate, in one form of bytes, and the check of that signature.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Profile, SubjectFacts};
use crate::{
    algorithms::Digest,
    certificate::Certificate,
    cms::{self, Expect},
    request::KeyId,
    trust::Trust,
    verdict::{Invalid, Reason, Undetermined, Verdict},
};

/// Bytes of the longest order that is read.
const MAX_BYTES: usize = 16 * 1024;

/// An order for one certificate: everything that decides what will be in it. Its canonical form is JSON without spaces,
/// members sorted by name, absent facts left out; that form is what the operator sees rendered, and signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    // In the order of their names, which is the order of the canonical form.
    facts: SubjectFacts,
    key: String,
    number: String,
    profile: String,
    registered: String,
    request: String,
}

/// The bytes are not an order in its canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are not an order in its canonical form")]
pub struct OrderError;

impl Order {
    /// An order with its unique number, for the key of a request (PKCS#10, exactly as it came).
    #[must_use]
    pub fn new(
        number: &str,
        registered: Timestamp,
        profile: &Profile,
        facts: &SubjectFacts,
        request: &OrderedKey<'_>,
    ) -> Self {
        Self {
            facts: facts.clone(),
            key: request.key.to_string(),
            number: number.to_owned(),
            profile: profile.id().to_owned(),
            registered: registered.to_string(),
            request: hex::encode(Digest::Sha256.of(request.der)),
        }
    }

    /// Reads the canonical form and no other: two texts with one meaning would be two things to sign.
    ///
    /// # Errors
    /// [`OrderError`] when the bytes are anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, OrderError> {
        if bytes.len() > MAX_BYTES {
            return Err(OrderError);
        }
        let order: Self = serde_json::from_slice(bytes).map_err(|_| OrderError)?;
        let well_formed = order.key.parse::<KeyId>().is_ok() && order.registered.parse::<Timestamp>().is_ok();
        if well_formed && order.to_bytes()? == bytes { Ok(order) } else { Err(OrderError) }
    }

    /// The canonical form.
    ///
    /// # Errors
    /// [`OrderError`] when the order is longer than one that is read.
    pub fn to_bytes(&self) -> Result<Vec<u8>, OrderError> {
        let bytes = serde_json::to_vec(self).map_err(|_| OrderError)?;
        if bytes.len() <= MAX_BYTES { Ok(bytes) } else { Err(OrderError) }
    }

    /// The unique number.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The id of the profile.
    #[must_use]
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// Whose certificate it will be.
    #[must_use]
    pub fn facts(&self) -> &SubjectFacts {
        &self.facts
    }

    /// Whether this is the request that was ordered, byte for byte, with the key that was ordered.
    #[must_use]
    pub fn is_for(&self, request: &OrderedKey<'_>) -> bool {
        self.request == hex::encode(Digest::Sha256.of(request.der)) && self.key == request.key.to_string()
    }
}

/// A request as it came, and the name of the key in it.
#[derive(Debug, Clone, Copy)]
pub struct OrderedKey<'a> {
    /// PKCS#10 DER.
    pub der: &'a [u8],
    /// The key, read from it.
    pub key: KeyId,
}

/// What the authority knows of one of its own certificates at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateState {
    /// Issued and neither revoked nor on hold.
    Good,
    /// Revoked, or on hold ([`Reason::CertificateHold`]).
    Revoked(Reason),
    /// Not issued here, or the table cannot be read.
    Unknown,
}

/// An order with the signature of its operator, as it reaches the signer.
#[derive(Debug, Clone, Copy)]
pub struct SignedOrder<'a> {
    /// The canonical form of the order.
    pub order: &'a [u8],
    /// The operator's detached CMS over exactly these bytes.
    pub signature: &'a [u8],
}

/// An order that an operator has confirmed.
#[derive(Debug, Clone)]
pub struct ConfirmedOrder {
    /// The order.
    pub order: Order,
    /// The operator's certificate.
    pub operator: Certificate,
    /// When the operator says to have signed.
    pub signed_at: Option<Timestamp>,
}

/// Why the signer does not act on an order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefused {
    /// The order itself.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// The signature, or the path of the operator's certificate.
    #[error("the operator's signature does not hold: {0}")]
    Signature(Invalid),
    /// Whether the signature holds cannot be said now.
    #[error("whether the operator's signature holds cannot be said now: {0}")]
    Undetermined(Undetermined),
    /// The certificate is not an operator's.
    #[error("the certificate is not an operator's")]
    NotOperator,
    /// The operator's certificate, or one above it, is revoked or on hold.
    #[error("a certificate of the operator's path is revoked or on hold ({0:?})")]
    Revoked(Reason),
    /// The authority does not know the operator's certificate, or one above it.
    #[error("a certificate of the operator's path is not known")]
    Unknown,
}

impl SignedOrder<'_> {
    /// Verifies everything that makes an order binding: the bytes are one order; the CMS is over exactly them; its
    /// certificate is of the operators' profile, valid at that time, and leads to an anchor of `trust`; and `state` says
    /// of each certificate below the anchor that it stands.
    ///
    /// `trust` should not require lists: `state` is asked instead, so that a suspension counts from its very moment.
    ///
    /// # Errors
    /// [`OrderRefused`], the first reason that is met.
    pub fn verify(
        &self,
        trust: &Trust,
        operators: &Profile,
        state: impl Fn(&Certificate) -> CertificateState,
        at: Timestamp,
    ) -> Result<ConfirmedOrder, OrderRefused> {
        let order = Order::from_bytes(self.order)?;
        let signed = match cms::verify(self.order, self.signature, trust, Expect::sign(), at) {
            Verdict::Valid(signed) => *signed,
            Verdict::Invalid(invalid) => return Err(OrderRefused::Signature(invalid)),
            Verdict::Undetermined(reason) => return Err(OrderRefused::Undetermined(reason)),
        };
        if !operators.describes(&signed.certificate) {
            return Err(OrderRefused::NotOperator);
        }
        let (_anchor, below) = signed.chain.split_last().ok_or(OrderRefused::Unknown)?;
        for certificate in below {
            match state(certificate) {
                CertificateState::Good => {}
                CertificateState::Revoked(reason) => return Err(OrderRefused::Revoked(reason)),
                CertificateState::Unknown => return Err(OrderRefused::Unknown),
            }
        }
        Ok(ConfirmedOrder { order, operator: signed.certificate, signed_at: signed.signed_at })
    }
}
