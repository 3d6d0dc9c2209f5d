//! Reading and writing of requests (TimeStampReq, RFC 3161 section 2.4.1).

use const_oid::ObjectIdentifier;

use super::{Failure, Imprint};
use crate::asn1::{self, Reader, integer_value, small_uint, tag};

/// Octets of the longest request that is read: an imprint, a policy and a nonce are far shorter.
pub const MAX_REQUEST: usize = 4096;
/// Octets of the longest nonce that is repeated.
const MAX_NONCE: usize = 128;

/// A request for a time-stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is stamped.
    pub imprint: Imprint,
    pub(super) policy: Option<ObjectIdentifier>,
    /// Content of the nonce's INTEGER, which may be negative; the token repeats it.
    pub nonce: Option<Vec<u8>>,
    /// The token shall enclose its certificate.
    pub with_certificate: bool,
}

impl Request {
    /// A request for a stamp under any policy. The nonce is the content of an INTEGER, made minimal.
    #[must_use]
    pub fn new(imprint: Imprint, nonce: Option<&[u8]>) -> Self {
        let nonce = nonce.map(|octets| asn1::minimal(octets).to_vec());
        Self { imprint, policy: None, nonce, with_certificate: true }
    }

    /// Reads a request and checks all that does not depend on the authority.
    ///
    /// # Errors
    /// [`Failure`], which is the answer.
    pub fn from_der(der: &[u8]) -> Result<Self, Failure> {
        if der.len() > MAX_REQUEST {
            return Err(Failure::BadDataFormat);
        }
        let mut fields = Reader::only(der, tag::SEQUENCE)?.reader();
        if small_uint(fields.expect(tag::INTEGER)?)? != 1 {
            return Err(Failure::BadRequest);
        }
        let imprint = Imprint::read(&mut fields)?;
        let policy = fields.optional(tag::OID)?.map(|element| element.oid()).transpose()?;
        let nonce = fields.optional(tag::INTEGER)?.map(integer_value).transpose()?;
        let with_certificate = fields.default_false()?;
        let extensions = fields.optional(tag::explicit(0))?;
        fields.end()?;
        if extensions.is_some() {
            return Err(Failure::UnacceptedExtension);
        }
        if nonce.is_some_and(|nonce| nonce.len() > MAX_NONCE) {
            return Err(Failure::BadDataFormat);
        }
        imprint.check()?;
        Ok(Self { imprint, policy, nonce: nonce.map(<[u8]>::to_vec), with_certificate })
    }

    /// The request as DER.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        let certificate = if self.with_certificate { asn1::boolean_true() } else { vec![] };
        asn1::sequence(&[
            &asn1::uint(1),
            self.imprint.raw(),
            &self.policy.map(asn1::oid).unwrap_or_default(),
            &self.nonce.as_ref().map(|nonce| asn1::raw_tlv(tag::INTEGER, nonce)).unwrap_or_default(),
            &certificate,
        ])
    }
}
