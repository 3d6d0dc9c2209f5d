//! The structure of a signed message (RFC 5652 section 5), borrowed from its bytes.

use const_oid::ObjectIdentifier;

use crate::{
    asn1::{Element, Malformed, Reader, tag},
    oids,
};

/// A signature, a certificate set and perhaps the content.
pub(super) struct Message<'a> {
    pub(super) content_type: ObjectIdentifier,
    pub(super) content: Option<&'a [u8]>,
    /// Enclosed certificates as DER; other forms in the set are left out.
    pub(super) certificates: Vec<&'a [u8]>,
    pub(super) signers: Vec<SignerInfo<'a>>,
}

/// One signature of the message.
pub(super) struct SignerInfo<'a> {
    pub(super) id: SignerId<'a>,
    pub(super) digest_algorithm: ObjectIdentifier,
    /// The content of the signed attributes exactly as encoded, without its own header.
    pub(super) attributes: Option<&'a [u8]>,
    pub(super) signature_algorithm: Element<'a>,
    pub(super) signature: &'a [u8],
}

/// How the signer's certificate is named.
pub(super) enum SignerId<'a> {
    IssuerAndSerial { issuer: Element<'a>, serial: &'a [u8] },
    KeyId(&'a [u8]),
}

impl<'a> Message<'a> {
    /// Reads ContentInfo with SignedData; the input is DER or was made definite before.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut info = Reader::only(bytes, tag::SEQUENCE)?.reader();
        if info.oid()? != oids::SIGNED_DATA {
            return Err(Malformed);
        }
        let wrapped = info.expect(tag::explicit(0))?;
        info.end()?;
        let mut fields = Reader::only(wrapped.value, tag::SEQUENCE)?.reader();
        fields.expect(tag::INTEGER)?;
        fields.expect(tag::SET)?;
        let (content_type, content) = read_content(fields.sequence()?)?;
        let certificates = match fields.optional(tag::explicit(0))? {
            Some(set) => read_certificates(set.reader())?,
            None => Vec::new(),
        };
        fields.optional(tag::explicit(1))?;
        let mut infos = fields.expect(tag::SET)?.reader();
        fields.end()?;
        let mut signers = Vec::new();
        while !infos.is_empty() {
            signers.push(read_signer(infos.sequence()?)?);
        }
        Ok(Self { content_type, content, certificates, signers })
    }
}

fn read_content(mut fields: Reader<'_>) -> Result<(ObjectIdentifier, Option<&[u8]>), Malformed> {
    let content_type = fields.oid()?;
    let wrapped = fields.optional(tag::explicit(0))?;
    fields.end()?;
    let content = wrapped.map(|wrapped| Reader::only(wrapped.value, tag::OCTET_STRING)).transpose()?;
    Ok((content_type, content.map(|content| content.value)))
}

fn read_certificates(mut set: Reader<'_>) -> Result<Vec<&[u8]>, Malformed> {
    let mut certificates = Vec::new();
    while !set.is_empty() {
        let choice = set.next()?;
        if choice.tag == tag::SEQUENCE {
            certificates.push(choice.raw);
        }
    }
    Ok(certificates)
}

fn read_signer(mut fields: Reader<'_>) -> Result<SignerInfo<'_>, Malformed> {
    fields.expect(tag::INTEGER)?;
    let id = match fields.optional(tag::implicit(0))? {
        Some(key_id) => SignerId::KeyId(key_id.value),
        None => {
            let mut named = fields.sequence()?;
            let id = SignerId::IssuerAndSerial {
                issuer: named.expect(tag::SEQUENCE)?,
                serial: named.expect(tag::INTEGER)?.value,
            };
            named.end()?;
            id
        }
    };
    let digest_algorithm = fields.sequence()?.oid()?;
    let attributes = fields.optional(tag::explicit(0))?.map(|set| set.value);
    let signature_algorithm = fields.expect(tag::SEQUENCE)?;
    let signature = fields.expect(tag::OCTET_STRING)?.value;
    fields.optional(tag::explicit(1))?;
    fields.end()?;
    Ok(SignerInfo { id, digest_algorithm, attributes, signature_algorithm, signature })
}
