//! Making of tokens by a time-stamping authority.

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

use super::{Accuracy, Failure, Info, Request, info::directory_name};
use crate::{
    asn1,
    authority::Serial,
    certificate::{Certificate, SerialNumber},
    cms,
    identity::Identity,
    key::SignError,
    oids,
};

/// A key cannot stamp.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StamperError {
    /// The identity has no certificate.
    #[error(transparent)]
    Key(#[from] SignError),
    /// The certificate lacks the extended key usage timeStamping, alone and critical (RFC 3161 section 2.3).
    #[error("the certificate is not for time-stamping alone")]
    Usage,
    /// A policy is not an object identifier, or there is none.
    #[error("the policies of the time-stamping authority are not usable")]
    Policy,
}

/// A time-stamping authority: its key, its policies and how exact its clock is.
#[derive(Debug, Clone)]
pub struct Stamper {
    identity: Identity,
    policies: Vec<ObjectIdentifier>,
    accuracy: Accuracy,
    name: Vec<u8>,
}

impl Stamper {
    /// The authority with this key. The first policy (dotted form) is the one of requests that ask for none.
    ///
    /// # Errors
    /// [`StamperError`] when the certificate is not for time-stamping, or a policy is not usable.
    pub fn new(identity: Identity, policies: &[&str], accuracy: Accuracy) -> Result<Self, StamperError> {
        let certificate = identity.certificate()?;
        if !is_for_stamping(certificate) {
            return Err(StamperError::Usage);
        }
        let name = directory_name(certificate.subject_name());
        let read = |policy: &&str| ObjectIdentifier::new(policy).map_err(|_| StamperError::Policy);
        let policies = policies.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        if policies.is_empty() {
            Err(StamperError::Policy)
        } else {
            Ok(Self { identity, policies, accuracy, name })
        }
    }

    /// The certificate with which it stamps.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        self.identity.chain.first()
    }

    /// The whole answer to the bytes of a request: a token or a rejection. `at` is `None` while the clock is not known to
    /// be right. The serial number comes from the caller's random source and is used once.
    #[must_use]
    pub fn answer(&self, request: &[u8], serial: Serial, at: Option<Timestamp>) -> Vec<u8> {
        let stamped = Request::from_der(request).and_then(|request| {
            let at = at.ok_or(Failure::TimeNotAvailable)?;
            self.stamp(&request, serial, at)
        });
        match stamped {
            Ok(token) => asn1::sequence(&[&asn1::sequence(&[&asn1::uint(0)]), &token]),
            Err(failure) => failure.der(),
        }
    }

    /// A token over the imprint of the request: signed data with TSTInfo and ESSCertIDv2. The time is cut to whole seconds,
    /// which the accuracy must allow for.
    ///
    /// # Errors
    /// [`Failure::UnacceptedPolicy`] for a policy that is not ours; [`Failure::SystemFailure`] when the key fails.
    pub fn stamp(&self, request: &Request, serial: Serial, at: Timestamp) -> Result<Vec<u8>, Failure> {
        let info = Info {
            policy: self.policy(request)?,
            imprint: request.imprint.clone(),
            serial: positive(serial)?,
            at,
            accuracy: Some(self.accuracy),
            nonce: request.nonce.clone(),
            tsa: Some(self.name.clone()),
        };
        let chain = if request.with_certificate { self.identity.chain.as_slice() } else { &[] };
        let token = cms::enclosed(oids::TIME_STAMP_INFO, &info.to_der(), &self.identity, chain);
        token.map_err(|_| Failure::SystemFailure)
    }

    fn policy(&self, request: &Request) -> Result<ObjectIdentifier, Failure> {
        let wanted = request.policy.or_else(|| self.policies.first().copied());
        wanted.filter(|policy| self.policies.contains(policy)).ok_or(Failure::UnacceptedPolicy)
    }
}

/// At most 160 bits, without a sign (RFC 3161 section 2.4.2).
fn positive(mut serial: Serial) -> Result<SerialNumber, Failure> {
    if let Some(first) = serial.first_mut() {
        *first &= 0x7f;
    }
    SerialNumber::new(&serial).ok_or(Failure::SystemFailure)
}

/// timeStamping alone and critical, and a key usage that signs.
pub(super) fn is_for_stamping(certificate: &Certificate) -> bool {
    use crate::certificate::extensions::usage;
    let extensions = certificate.extensions();
    let signs = usage::DIGITAL_SIGNATURE | usage::NON_REPUDIATION;
    extensions.extended_usage.as_deref() == Some(&[oids::TIME_STAMPING])
        && extensions.extended_usage_critical
        && extensions.key_usage.is_none_or(|bits| bits & signs != 0)
}
