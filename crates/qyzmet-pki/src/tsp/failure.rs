//! Why a request gets no token (PKIFailureInfo, RFC 3161 section 2.4.2).

use crate::asn1::{self, Malformed, tag};

/// Why a request gets no token. The number is that of the bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[repr(u8)]
pub enum Failure {
    /// The digest of the imprint is not accepted.
    #[error("the digest algorithm is not accepted")]
    BadAlg = 0,
    /// The request is of another version.
    #[error("the request is not supported")]
    BadRequest = 2,
    /// The bytes are no request.
    #[error("the request is malformed")]
    BadDataFormat = 5,
    /// The clock is not known to be right.
    #[error("the time is not available")]
    TimeNotAvailable = 14,
    /// The policy is not ours.
    #[error("the policy is not accepted")]
    UnacceptedPolicy = 15,
    /// An extension is not understood, critical or not (RFC 3161 section 2.4.1).
    #[error("an extension is not accepted")]
    UnacceptedExtension = 16,
    /// The authority has a fault.
    #[error("the time-stamping authority has a fault")]
    SystemFailure = 25,
}

impl From<Malformed> for Failure {
    fn from(_: Malformed) -> Self {
        Self::BadDataFormat
    }
}

impl Failure {
    /// The whole response as DER: rejection with this failure and an English word for people.
    #[must_use]
    pub fn der(self) -> Vec<u8> {
        let text = asn1::sequence(&[&asn1::utf8(&self.to_string())]);
        let status = asn1::sequence(&[&asn1::uint(2), &text, &self.bits()]);
        asn1::sequence(&[&status])
    }

    /// A named bit list with this one bit, trailing zero bits removed as DER asks.
    fn bits(self) -> Vec<u8> {
        let bit = self as u8;
        let mut content = vec![0; usize::from(bit / 8) + 2];
        if let [unused, .., last] = content.as_mut_slice() {
            *unused = 7 - bit % 8;
            *last = 0x80 >> (bit % 8);
        }
        asn1::raw_tlv(tag::BIT_STRING, &content)
    }
}
