//! Signed attributes: each at most once, each with exactly one value.

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

use crate::{
    algorithms::{Digest, sha1_identifier},
    asn1::{Element, Malformed, Reader, read_time, tag},
    certificate::Certificate,
    oids,
    verdict::Invalid,
};

/// The attributes that a verification reads.
pub(super) struct Attributes<'a> {
    pub(super) content_type: ObjectIdentifier,
    pub(super) message_digest: &'a [u8],
    pub(super) signing_time: Option<Timestamp>,
    signing_certificate: Option<Element<'a>>,
    signing_certificate_v2: Option<Element<'a>>,
}

impl<'a> Attributes<'a> {
    /// Reads the content of the attribute set.
    pub(super) fn read(set: &'a [u8]) -> Result<Self, Invalid> {
        let all = split(set)?;
        let find = |oid| all.iter().find(|(kind, _)| *kind == oid).map(|(_, value)| *value);
        let malformed = |_: Malformed| Invalid::Malformed("signed attribute");
        let content_type = find(oids::CONTENT_TYPE).ok_or(Invalid::Attribute("contentType"))?;
        let message_digest = find(oids::MESSAGE_DIGEST).ok_or(Invalid::Attribute("messageDigest"))?;
        if message_digest.tag != tag::OCTET_STRING {
            return Err(Invalid::Malformed("signed attribute"));
        }
        Ok(Self {
            content_type: content_type.oid().map_err(malformed)?,
            message_digest: message_digest.value,
            signing_time: find(oids::SIGNING_TIME).map(read_time).transpose().map_err(malformed)?,
            signing_certificate: find(oids::SIGNING_CERTIFICATE),
            signing_certificate_v2: find(oids::SIGNING_CERTIFICATE_V2),
        })
    }

    /// Checks that signingCertificate (v1 or v2), where present, names this certificate.
    ///
    /// Its absence is accepted: signatures of the official client before 2026 do not carry it.
    pub(super) fn check_certificate(&self, certificate: &Certificate) -> Result<(), Invalid> {
        let malformed = |_: Malformed| Invalid::Malformed("signingCertificate");
        if let Some(value) = self.signing_certificate_v2 {
            let (algorithm, hash) = first_id(value, true).map_err(malformed)?;
            let algorithm = algorithm.map_or(Ok(Digest::Sha256), Digest::from_oid)?;
            same(algorithm.of(certificate.der()).as_ref(), hash)?;
        }
        if let Some(value) = self.signing_certificate {
            let (_, hash) = first_id(value, false).map_err(malformed)?;
            same(sha1_identifier(certificate.der()).as_ref(), hash)?;
        }
        Ok(())
    }
}

fn same(expected: &[u8], found: &[u8]) -> Result<(), Invalid> {
    if expected == found { Ok(()) } else { Err(Invalid::OtherCertificate) }
}

/// Hash algorithm and hash of the first ESSCertID, which by RFC 5035 is that of the signer.
fn first_id(value: Element<'_>, v2: bool) -> Result<(Option<ObjectIdentifier>, &[u8]), Malformed> {
    let mut list = Reader::only(value.raw, tag::SEQUENCE)?.reader();
    let mut id = list.sequence()?.sequence()?;
    let algorithm = match id.peek() {
        Some(tag::SEQUENCE) if v2 => Some(id.sequence()?.oid()?),
        _ => None,
    };
    Ok((algorithm, id.expect(tag::OCTET_STRING)?.value))
}

/// Type and single value of each attribute.
fn split(set: &[u8]) -> Result<Vec<(ObjectIdentifier, Element<'_>)>, Invalid> {
    let malformed = |_: Malformed| Invalid::Malformed("signed attributes");
    let mut all: Vec<(ObjectIdentifier, Element<'_>)> = Vec::new();
    let mut reader = Reader::new(set);
    while !reader.is_empty() {
        let mut attribute = reader.sequence().map_err(malformed)?;
        let kind = attribute.oid().map_err(malformed)?;
        let mut values = attribute.expect(tag::SET).map_err(malformed)?.reader();
        let value = values.next().map_err(|_| Invalid::Attribute(name(kind)))?;
        values.end().map_err(|_| Invalid::Attribute(name(kind)))?;
        attribute.end().map_err(malformed)?;
        if all.iter().any(|(other, _)| *other == kind) {
            return Err(Invalid::Attribute(name(kind)));
        }
        all.push((kind, value));
    }
    Ok(all)
}

fn name(kind: ObjectIdentifier) -> &'static str {
    match kind {
        oids::CONTENT_TYPE => "contentType",
        oids::MESSAGE_DIGEST => "messageDigest",
        oids::SIGNING_TIME => "signingTime",
        oids::SIGNING_CERTIFICATE | oids::SIGNING_CERTIFICATE_V2 => "signingCertificate",
        _ => "of another kind",
    }
}
