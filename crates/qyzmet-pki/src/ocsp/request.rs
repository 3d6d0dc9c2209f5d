//! Reading and writing of questions (OCSPRequest, RFC 6960 section 4.1.1).

use super::{CertId, ErrorStatus, Nonce};
use crate::{
    asn1::{self, Malformed, Reader, small_uint, tag},
    certificate::extensions::read_extension,
    oids,
};

/// Octets of the longest request that is read: room for [`MAX_QUESTIONS`] with hashes of 64 octets, and for a signature.
pub const MAX_REQUEST: usize = 32 * 1024;
/// Certificates that one request may ask about.
pub const MAX_QUESTIONS: usize = 64;

/// A request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Not a request, or one with a nonce of no or more than 128 octets.
    #[error("the request is malformed")]
    Malformed,
    /// Longer than [`MAX_REQUEST`].
    #[error("the request is too long")]
    TooLong,
    /// About more certificates than [`MAX_QUESTIONS`].
    #[error("the request asks about too many certificates")]
    TooMany,
    /// A critical extension is not understood.
    #[error("a critical extension of the request is not understood")]
    CriticalExtension,
}

impl From<Malformed> for RequestError {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

impl RequestError {
    /// The status to answer with.
    #[must_use]
    pub fn status(self) -> ErrorStatus {
        ErrorStatus::MalformedRequest
    }
}

/// A question about one or more certificates. A signature on it is not judged: anyone may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is asked about, in order; at least one.
    pub questions: Vec<CertId>,
    /// To be repeated in the answer.
    pub nonce: Option<Nonce>,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// [`RequestError`]; its status is the answer.
    pub fn from_der(der: &[u8]) -> Result<Self, RequestError> {
        if der.len() > MAX_REQUEST {
            return Err(RequestError::TooLong);
        }
        let mut outer = Reader::only(der, tag::SEQUENCE)?.reader();
        let mut fields = outer.sequence()?;
        outer.optional(tag::explicit(0))?;
        outer.end()?;
        if let Some(version) = fields.optional(tag::explicit(0))?
            && small_uint(Reader::only(version.value, tag::INTEGER)?)? != 0
        {
            return Err(RequestError::Malformed);
        }
        fields.optional(tag::explicit(1))?;
        let questions = read_questions(fields.sequence()?)?;
        let nonce = match fields.optional(tag::explicit(2))? {
            Some(wrapped) => read_extensions(Reader::only(wrapped.value, tag::SEQUENCE)?.reader())?,
            None => None,
        };
        fields.end()?;
        Ok(Self { questions, nonce })
    }

    /// The request as DER, unsigned.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        let questions: Vec<u8> = self.questions.iter().flat_map(|id| asn1::sequence(&[id.raw()])).collect();
        let nonce = self.nonce.as_ref().map(Nonce::to_extension);
        let nonce = nonce.map(|nonce| asn1::explicit(2, &asn1::sequence(&[&nonce]))).unwrap_or_default();
        asn1::sequence(&[&asn1::sequence(&[&asn1::sequence(&[&questions]), &nonce])])
    }
}

fn read_questions(mut list: Reader<'_>) -> Result<Vec<CertId>, RequestError> {
    let mut questions = Vec::new();
    while !list.is_empty() {
        if questions.len() == MAX_QUESTIONS {
            return Err(RequestError::TooMany);
        }
        let mut question = list.sequence()?;
        questions.push(CertId::read(&mut question)?);
        if let Some(wrapped) = question.optional(tag::explicit(0))? {
            let mut extensions = Reader::only(wrapped.value, tag::SEQUENCE)?.reader();
            while !extensions.is_empty() {
                // No extension of a single question changes what we answer.
                refuse_critical(read_extension(&mut extensions)?.1)?;
            }
        }
        question.end()?;
    }
    if questions.is_empty() { Err(RequestError::Malformed) } else { Ok(questions) }
}

/// The nonce. Acceptable kinds of answers and preferred algorithms are understood, and answered with what there is.
fn read_extensions(mut list: Reader<'_>) -> Result<Option<Nonce>, RequestError> {
    let mut nonce = None;
    while !list.is_empty() {
        let (oid, critical, value) = read_extension(&mut list)?;
        match oid {
            oids::OCSP_NONCE if nonce.is_some() => return Err(RequestError::Malformed),
            oids::OCSP_NONCE => nonce = Some(Nonce::read(value)?),
            oids::OCSP_ACCEPTABLE | oids::OCSP_PREFERRED_ALGORITHMS => {}
            _ => refuse_critical(critical)?,
        }
    }
    Ok(nonce)
}

fn refuse_critical(critical: bool) -> Result<(), RequestError> {
    if critical { Err(RequestError::CriticalExtension) } else { Ok(()) }
}
