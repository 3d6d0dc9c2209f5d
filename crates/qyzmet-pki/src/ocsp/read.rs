//! Reading of answers (OCSPResponse, RFC 6960 section 4.2.1).

use std::ops::Range;

use jiff::Timestamp;

use super::{CertId, ErrorStatus, Nonce, Standing};
use crate::{
    algorithms::{Digest, SignatureAlgorithm},
    asn1::{Malformed, Reader, range, read_time, small_uint, tag},
    certificate::{Certificate, Name, extensions::read_extension},
    oids,
    verdict::Invalid,
};

/// Certificates that an answer may enclose.
const MAX_CERTIFICATES: usize = 16;

/// Bytes are no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResponseError {
    /// Not a response of a known form.
    #[error("the response is malformed")]
    Malformed,
    /// The responder says why it does not answer.
    #[error(transparent)]
    NoAnswer(#[from] ErrorStatus),
}

impl From<Malformed> for ResponseError {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// A parsed answer, not yet believed.
#[derive(Debug, Clone)]
pub struct Response {
    der: Vec<u8>,
    data: Range<usize>,
    signature: Range<usize>,
    pub(super) algorithm: Result<SignatureAlgorithm, Invalid>,
    pub(super) responder: ResponderId,
    pub(super) produced_at: Timestamp,
    pub(super) singles: Vec<Single>,
    pub(super) nonce: Option<Nonce>,
    pub(super) unknown_critical: bool,
    pub(super) certificates: Vec<Certificate>,
    digest: [u8; 32],
}

/// Who claims to answer.
#[derive(Debug, Clone)]
pub(super) enum ResponderId {
    Name(Name),
    KeyHash(Vec<u8>),
}

/// What is said about one certificate.
#[derive(Debug, Clone)]
pub(super) struct Single {
    pub(super) id: CertId,
    pub(super) standing: Standing,
    pub(super) this_update: Timestamp,
    pub(super) next_update: Option<Timestamp>,
}

impl Response {
    /// Reads an answer. Nothing is verified.
    ///
    /// # Errors
    /// [`ResponseError`] when the bytes are none, or say why there is none.
    pub fn from_der(der: &[u8]) -> Result<Self, ResponseError> {
        let mut outer = Reader::only(der, tag::SEQUENCE)?.reader();
        let status = small_uint(outer.expect(tag::ENUMERATED)?)?;
        if status != 0 {
            let status = ErrorStatus::from_code(status).ok_or(ResponseError::Malformed)?;
            outer.end()?;
            return Err(status.into());
        }
        let wrapped = outer.expect(tag::explicit(0))?;
        outer.end()?;
        let mut bytes = Reader::only(wrapped.value, tag::SEQUENCE)?.reader();
        if bytes.oid()? != oids::OCSP_BASIC {
            return Err(ResponseError::Malformed);
        }
        let basic = bytes.expect(tag::OCTET_STRING)?.value;
        bytes.end()?;
        Ok(read_basic(der, basic)?)
    }

    /// The moment when the answer was signed.
    #[must_use]
    pub fn produced_at(&self) -> Timestamp {
        self.produced_at
    }

    /// The nonce, if it has one.
    #[must_use]
    pub fn nonce(&self) -> Option<&Nonce> {
        self.nonce.as_ref()
    }

    /// Serial numbers and standings in order, believed by nobody yet; [`Response::judge`] tells what can be believed.
    pub fn claims(&self) -> impl Iterator<Item = (&CertId, Standing)> {
        self.singles.iter().map(|single| (&single.id, single.standing))
    }

    pub(super) fn data(&self) -> &[u8] {
        self.der.get(self.data.clone()).unwrap_or_default()
    }

    pub(super) fn signature(&self) -> &[u8] {
        self.der.get(self.signature.clone()).unwrap_or_default()
    }

    pub(crate) fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

fn read_basic(der: &[u8], basic: &[u8]) -> Result<Response, Malformed> {
    let mut fields = Reader::only(basic, tag::SEQUENCE)?.reader();
    let data = fields.expect(tag::SEQUENCE)?;
    let algorithm = SignatureAlgorithm::read(fields.expect(tag::SEQUENCE)?);
    let signature = fields.expect(tag::BIT_STRING)?.bits()?;
    let certificates = match fields.optional(tag::explicit(0))? {
        Some(wrapped) => read_certificates(Reader::only(wrapped.value, tag::SEQUENCE)?.reader())?,
        None => Vec::new(),
    };
    fields.end()?;

    let mut fields = data.reader();
    if let Some(version) = fields.optional(tag::explicit(0))?
        && small_uint(Reader::only(version.value, tag::INTEGER)?)? != 0
    {
        return Err(Malformed);
    }
    let responder = read_responder(&mut fields)?;
    let produced_at = read_time(fields.expect(tag::GENERALIZED_TIME)?)?;
    let mut singles = Vec::new();
    let mut unknown_critical = false;
    let mut list = fields.sequence()?;
    while !list.is_empty() {
        let (single, unknown) = read_single(list.sequence()?)?;
        unknown_critical |= unknown;
        singles.push(single);
    }
    let nonce = match fields.optional(tag::explicit(1))? {
        Some(wrapped) => {
            let (nonce, unknown) = read_extensions(Reader::only(wrapped.value, tag::SEQUENCE)?.reader())?;
            unknown_critical |= unknown;
            nonce
        }
        None => None,
    };
    fields.end()?;
    Ok(Response {
        data: range(der, data.raw)?,
        signature: range(der, signature)?,
        algorithm,
        responder,
        produced_at,
        singles,
        nonce,
        unknown_critical,
        certificates,
        digest: Digest::Sha256.of(der).as_ref().try_into().map_err(|_| Malformed)?,
        der: der.to_vec(),
    })
}

/// Enclosed certificates; one that cannot be read cannot help either, and is left out.
fn read_certificates(mut list: Reader<'_>) -> Result<Vec<Certificate>, Malformed> {
    let mut certificates = Vec::new();
    while !list.is_empty() {
        let element = list.expect(tag::SEQUENCE)?;
        if certificates.len() == MAX_CERTIFICATES {
            return Err(Malformed);
        }
        certificates.extend(Certificate::from_der(element.raw));
    }
    Ok(certificates)
}

fn read_responder(fields: &mut Reader<'_>) -> Result<ResponderId, Malformed> {
    let choice = fields.next()?;
    match choice.tag {
        0xa1 => Ok(ResponderId::Name(Name::from_der(choice.value)?)),
        0xa2 => Ok(ResponderId::KeyHash(Reader::only(choice.value, tag::OCTET_STRING)?.value.to_vec())),
        _ => Err(Malformed),
    }
}

fn read_single(mut fields: Reader<'_>) -> Result<(Single, bool), Malformed> {
    let id = CertId::read(&mut fields)?;
    let standing = Standing::read(fields.next()?)?;
    let this_update = read_time(fields.expect(tag::GENERALIZED_TIME)?)?;
    let next_update = match fields.optional(tag::explicit(0))? {
        Some(wrapped) => Some(read_time(Reader::only(wrapped.value, tag::GENERALIZED_TIME)?)?),
        None => None,
    };
    let unknown = match fields.optional(tag::explicit(1))? {
        Some(wrapped) => read_extensions(Reader::only(wrapped.value, tag::SEQUENCE)?.reader())?.1,
        None => false,
    };
    fields.end()?;
    Ok((Single { id, standing, this_update, next_update }, unknown))
}

/// The nonce, and whether a critical extension is not understood.
fn read_extensions(mut list: Reader<'_>) -> Result<(Option<Nonce>, bool), Malformed> {
    let (mut nonce, mut unknown) = (None, false);
    while !list.is_empty() {
        let (oid, critical, value) = read_extension(&mut list)?;
        match oid {
            oids::OCSP_NONCE => nonce = Some(Nonce::read(value)?),
            oids::OCSP_ARCHIVE_CUTOFF => {}
            _ => unknown |= critical,
        }
    }
    Ok((nonce, unknown))
}
