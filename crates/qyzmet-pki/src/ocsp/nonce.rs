//! The nonce that ties an answer to its question (RFC 9654).

use crate::{
    asn1::{self, Malformed, Reader, tag},
    oids,
};

/// Octets of the longest nonce (RFC 9654 section 2.1).
const LONGEST: usize = 128;

/// A nonce of 1 to 128 octets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonce(Vec<u8>);

impl Nonce {
    /// A nonce; `None` when it is empty or too long.
    #[must_use]
    pub fn new(octets: &[u8]) -> Option<Self> {
        (1..=LONGEST).contains(&octets.len()).then(|| Self(octets.to_vec()))
    }

    /// The octets.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.0
    }

    /// Reads the value of the extension: an OCTET STRING of its own.
    pub(super) fn read(value: &[u8]) -> Result<Self, Malformed> {
        Self::new(Reader::only(value, tag::OCTET_STRING)?.value).ok_or(Malformed)
    }

    pub(super) fn to_extension(&self) -> Vec<u8> {
        asn1::extension(oids::OCSP_NONCE, false, &asn1::octet_string(&self.0))
    }
}
