//! What an operator signs: one order for the certificates of one holder, in one form of bytes, and the check of that signature.

use std::collections::BTreeSet;

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

/// Certificates of the largest order: a signing and a sign-in key on each of two carriers.
const MOST_CERTIFICATES: usize = 4;

/// An order for the certificates of one holder: everything that decides what will be in them. Its canonical form is JSON
/// without spaces, members sorted by name, absent facts left out; that form is what the operator sees rendered, and signs
/// once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    // In the order of their names, which is the order of the canonical form.
    certificates: Vec<OrderedCertificate>,
    facts: SubjectFacts,
    number: String,
    registered: String,
}

/// One certificate of an order: by which profile, over which key, for which request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderedCertificate {
    key: String,
    profile: String,
    request: String,
}

/// The bytes are not an order in its canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are not an order in its canonical form")]
pub struct OrderError;

impl OrderedCertificate {
    /// A certificate by this profile for the key of a request (PKCS#10, exactly as it came).
    #[must_use]
    pub fn new(profile: &Profile, request: &OrderedKey<'_>) -> Self {
        Self {
            key: request.key.to_string(),
            profile: profile.id().to_owned(),
            request: hex::encode(Digest::Sha256.of(request.der)),
        }
    }

    /// The id of the profile.
    #[must_use]
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// Whether this is the request that was ordered, byte for byte, with the key that was ordered.
    #[must_use]
    pub fn is_for(&self, request: &OrderedKey<'_>) -> bool {
        self.request == hex::encode(Digest::Sha256.of(request.der)) && self.key == request.key.to_string()
    }
}

impl Order {
    /// An order with its unique number.
    ///
    /// # Errors
    /// [`OrderError`] when it is for no certificate or too many, or for one key twice.
    pub fn new(
        number: &str,
        registered: Timestamp,
        facts: &SubjectFacts,
        certificates: Vec<OrderedCertificate>,
    ) -> Result<Self, OrderError> {
        let order = Self {
            certificates,
            facts: facts.clone(),
            number: number.to_owned(),
            registered: registered.to_string(),
        };
        if order.is_well_formed() { Ok(order) } else { Err(OrderError) }
    }

    fn is_well_formed(&self) -> bool {
        let keys: BTreeSet<&str> = self.certificates.iter().map(|ordered| ordered.key.as_str()).collect();
        let each_once = keys.len() == self.certificates.len() && keys.len() <= MOST_CERTIFICATES;
        each_once
            && !keys.is_empty()
            && !self.number.is_empty()
            && keys.iter().all(|key| key.parse::<KeyId>().is_ok_and(|id| id.to_string() == **key))
            && self.registered.parse::<Timestamp>().is_ok()
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
        if order.is_well_formed() && order.to_bytes()? == bytes { Ok(order) } else { Err(OrderError) }
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

    /// When it was registered; nothing is issued as of an earlier moment.
    #[must_use]
    pub fn registered(&self) -> Timestamp {
        self.registered.parse().unwrap_or(Timestamp::MAX)
    }

    /// The certificates.
    #[must_use]
    pub fn certificates(&self) -> &[OrderedCertificate] {
        &self.certificates
    }

    /// Whose certificate it will be.
    #[must_use]
    pub fn facts(&self) -> &SubjectFacts {
        &self.facts
    }

    /// What was ordered for this request, byte for byte, with the key that was ordered; nothing for any other.
    #[must_use]
    pub fn ordered(&self, request: &OrderedKey<'_>) -> Option<&OrderedCertificate> {
        self.certificates.iter().find(|ordered| ordered.is_for(request))
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
