//! Reading of PKCS#10 (RFC 2986) within limits, down to the proof of possession.

use super::{SubjectKey, WeakKey};
use crate::{
    algorithms::SignatureAlgorithm,
    asn1::{Element, Malformed, Reader, small_uint, tag},
    certificate::{Name, Subject, extensions::read_extension},
    oids,
};

/// Bytes of the longest request that is read; one with an RSA key of 8192 bits takes about 3,000.
pub const MAX_BYTES: usize = 16 * 1024;
/// Depth of the deepest element; a real request has nine levels.
const MAX_DEPTH: usize = 16;
/// Attributes and requested extensions; a real request has one and three.
const MAX_MEMBERS: usize = 16;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The request is longer than [`MAX_BYTES`].
    #[error("the request is too long")]
    TooLong,
    /// Elements lie too deep in each other, or there are too many of them.
    #[error("the request is nested or filled beyond its purpose")]
    TooComplex,
    /// The bytes are not a request of version 1; the text names the part.
    #[error("the {0} of the request is malformed")]
    Malformed(&'static str),
    /// The key is not certified.
    #[error(transparent)]
    Key(#[from] WeakKey),
    /// The signature algorithm is weak, unknown or does not belong to the key.
    #[error("the signature algorithm of the request is not accepted")]
    Algorithm,
    /// The signature was not made with the key that is asked to be certified (RFC 2986 section 3).
    #[error("the request does not prove the possession of the key")]
    NoPossession,
}

/// A request whose sender has the private key to a strong public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    key: SubjectKey,
    claims: Subject,
    asked_storage: Option<String>,
}

impl Request {
    /// Reads a request and verifies the proof of possession.
    ///
    /// # Errors
    /// [`RequestError`], which names what is wrong.
    pub fn from_der(der: &[u8]) -> Result<Self, RequestError> {
        if der.len() > MAX_BYTES {
            return Err(RequestError::TooLong);
        }
        check_depth(der)?;
        let malformed = |part| move |_: Malformed| RequestError::Malformed(part);
        let mut outer = Reader::only(der, tag::SEQUENCE).map_err(malformed("form"))?.reader();
        let info = outer.expect(tag::SEQUENCE).map_err(malformed("form"))?;
        let algorithm = outer.expect(tag::SEQUENCE).map_err(malformed("algorithm"))?;
        let signature =
            outer.expect(tag::BIT_STRING).and_then(Element::bits).map_err(malformed("signature"))?;
        outer.end().map_err(malformed("form"))?;

        let (claims, spki, attributes) = read_info(info).map_err(malformed("content"))?;
        let asked_storage = read_attributes(attributes)?;
        let key = SubjectKey::from_der(spki)?;
        let algorithm = SignatureAlgorithm::read(algorithm).map_err(|_| RequestError::Algorithm)?;
        match algorithm.verify(key.public_key(), info.raw, signature) {
            Ok(()) => Ok(Self { key, claims, asked_storage }),
            Err(crate::Invalid::WrongSignature) => Err(RequestError::NoPossession),
            Err(_) => Err(RequestError::Algorithm),
        }
    }

    /// The key to be certified.
    #[must_use]
    pub fn key(&self) -> &SubjectKey {
        &self.key
    }

    /// Whom the request names. It is a claim and never stands in a certificate; a request that names somebody else than the
    /// registers do is refused.
    #[must_use]
    pub fn claims(&self) -> &Subject {
        &self.claims
    }

    /// Where the key is said to lie: the object identifier in the extension that the official client asks for. It is a
    /// claim; what is written into the certificate is the caller's decision.
    #[must_use]
    pub fn asked_storage(&self) -> Option<&str> {
        self.asked_storage.as_deref()
    }
}

/// The key and the attributes of CertificationRequestInfo; the subject is only a claim.
fn read_info(info: Element<'_>) -> Result<(Subject, &[u8], Reader<'_>), Malformed> {
    let mut fields = info.reader();
    if small_uint(fields.expect(tag::INTEGER)?)? != 0 {
        return Err(Malformed);
    }
    let claims = Subject::from_name(&Name::read(fields.expect(tag::SEQUENCE)?)?);
    let spki = fields.expect(tag::SEQUENCE)?.raw;
    // Some clients leave the empty set of attributes out.
    let attributes = fields.optional(tag::explicit(0))?.map_or(Reader::new(&[]), Element::reader);
    fields.end()?;
    Ok((claims, spki, attributes))
}

/// Goes through the attributes; the only one that tells anything is the request for extensions.
fn read_attributes(mut attributes: Reader<'_>) -> Result<Option<String>, RequestError> {
    let malformed = |_: Malformed| RequestError::Malformed("attributes");
    let (mut seen, mut storage) = (Vec::new(), None);
    while !attributes.is_empty() {
        let mut attribute = attributes.sequence().map_err(malformed)?;
        let kind = attribute.oid().map_err(malformed)?;
        let values = attribute.expect(tag::SET).map_err(malformed)?;
        attribute.end().map_err(malformed)?;
        if seen.len() >= MAX_MEMBERS {
            return Err(RequestError::TooComplex);
        }
        if seen.contains(&kind) || values.value.is_empty() {
            return Err(RequestError::Malformed("attributes"));
        }
        seen.push(kind);
        if kind == oids::EXTENSION_REQUEST {
            let list = Reader::only(values.value, tag::SEQUENCE).map_err(malformed)?;
            storage = read_extensions(list.reader())?;
        }
    }
    Ok(storage)
}

/// The key storage among the requested extensions; all others are ignored, since the profile decides on them.
fn read_extensions(mut list: Reader<'_>) -> Result<Option<String>, RequestError> {
    let malformed = |_: Malformed| RequestError::Malformed("requested extensions");
    let (mut seen, mut storage) = (Vec::new(), None);
    while !list.is_empty() {
        let (kind, _, value) = read_extension(&mut list).map_err(malformed)?;
        if seen.len() >= MAX_MEMBERS {
            return Err(RequestError::TooComplex);
        }
        if seen.contains(&kind) {
            return Err(RequestError::Malformed("requested extensions"));
        }
        seen.push(kind);
        if kind == oids::NCA_KEY_STORAGE {
            let place = Reader::only(value, tag::SEQUENCE).and_then(|list| list.reader().oid());
            storage = Some(place.map_err(malformed)?.to_string());
        }
    }
    Ok(storage)
}

/// Walks all constructed elements without recursion, so that neither the stack nor time is at the sender's mercy.
fn check_depth(der: &[u8]) -> Result<(), RequestError> {
    let mut open = vec![Reader::new(der)];
    while let Some(reader) = open.last_mut() {
        if reader.is_empty() {
            open.pop();
            continue;
        }
        let element = reader.next().map_err(|_| RequestError::Malformed("form"))?;
        if element.tag & 0x20 != 0 {
            open.push(element.reader());
        }
        if open.len() > MAX_DEPTH {
            return Err(RequestError::TooComplex);
        }
    }
    Ok(())
}
