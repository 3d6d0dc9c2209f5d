//! Making of signatures (CAdES-BES): detached over data, or around content of another kind.

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

use crate::{
    algorithms::Digest,
    asn1::{self, tag},
    certificate::Certificate,
    identity::Identity,
    key::SignError,
    oids,
};

/// What a message is about, and what it brings along.
pub(crate) struct Envelope<'a> {
    pub(crate) kind: ObjectIdentifier,
    /// The content; `None` leaves it outside (detached).
    pub(crate) content: Option<&'a [u8]>,
    /// The signer's certificates.
    pub(crate) chain: &'a [Certificate],
}

/// Signs the content; `claimed` becomes the attribute signingTime (PDF seals carry their time elsewhere).
pub(crate) fn detached(
    content: &[u8],
    identity: &Identity,
    claimed: Option<Timestamp>,
) -> Result<Vec<u8>, SignError> {
    let mut attributes = attributes(oids::DATA, content, identity)?;
    attributes.extend(claimed.map(|at| attribute(oids::SIGNING_TIME, &asn1::write_time(at))));
    assemble(&asn1::set_of(attributes), identity, &around_data(identity))
}

/// Signs content of any kind, which the message encloses.
pub(crate) fn enclosed(
    kind: ObjectIdentifier,
    content: &[u8],
    identity: &Identity,
    chain: &[Certificate],
) -> Result<Vec<u8>, SignError> {
    let attributes = attributes(kind, content, identity)?;
    let envelope = Envelope { kind, content: Some(content), chain };
    assemble(&asn1::set_of(attributes), identity, &envelope)
}

/// The envelope of a detached signature over data, with the whole chain.
pub(super) fn around_data(identity: &Identity) -> Envelope<'_> {
    Envelope { kind: oids::DATA, content: None, chain: &identity.chain }
}

/// The attributes that every signature has: content type, digest and the signer's certificate.
fn attributes(
    kind: ObjectIdentifier,
    content: &[u8],
    identity: &Identity,
) -> Result<Vec<Vec<u8>>, SignError> {
    let digest = identity.signer.algorithm().digest().of(content);
    Ok(vec![
        attribute(oids::CONTENT_TYPE, &asn1::oid(kind)),
        attribute(oids::MESSAGE_DIGEST, &asn1::octet_string(digest.as_ref())),
        attribute(oids::SIGNING_CERTIFICATE_V2, &signing_certificate(identity.certificate()?)),
    ])
}

/// The message around a set of signed attributes, which is signed as it is.
pub(super) fn assemble(
    attributes: &[u8],
    identity: &Identity,
    envelope: &Envelope<'_>,
) -> Result<Vec<u8>, SignError> {
    let algorithm = identity.signer.algorithm();
    let signature = identity.signer.sign(attributes)?;
    let digest_identifier = asn1::sequence(&[&asn1::oid(algorithm.digest().oid())]);
    let signer = asn1::sequence(&[
        &asn1::uint(1),
        &issuer_and_serial(identity.certificate()?),
        &digest_identifier,
        &retagged(attributes, tag::explicit(0)),
        &algorithm.to_der(),
        &asn1::octet_string(&signature),
    ]);
    // RFC 5652 section 5.1: version 3 for content of another kind than data.
    let version = if envelope.kind == oids::DATA { 1 } else { 3 };
    let content = envelope.content.map(|content| asn1::explicit(0, &asn1::octet_string(content)));
    let certificates = asn1::set_of(envelope.chain.iter().map(|member| member.der().to_vec()).collect());
    let certificates =
        if envelope.chain.is_empty() { vec![] } else { retagged(&certificates, tag::explicit(0)) };
    let data = asn1::sequence(&[
        &asn1::uint(version),
        &asn1::set(&[&digest_identifier]),
        &asn1::sequence(&[&asn1::oid(envelope.kind), &content.unwrap_or_default()]),
        &certificates,
        &asn1::set(&[&signer]),
    ]);
    Ok(asn1::sequence(&[&asn1::oid(oids::SIGNED_DATA), &asn1::explicit(0, &data)]))
}

pub(super) fn attribute(kind: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    asn1::sequence(&[&asn1::oid(kind), &asn1::set(&[value])])
}

/// SigningCertificateV2 with SHA-256, its default, and the issuer's name and serial.
pub(super) fn signing_certificate(certificate: &Certificate) -> Vec<u8> {
    let hash = asn1::octet_string(Digest::Sha256.of(certificate.der()).as_ref());
    let issuer = asn1::sequence(&[&asn1::explicit(4, certificate.issuer_name().raw())]);
    let serial = asn1::raw_tlv(tag::INTEGER, certificate.serial_bytes());
    let id = asn1::sequence(&[&hash, &asn1::sequence(&[&issuer, &serial])]);
    asn1::sequence(&[&asn1::sequence(&[&id])])
}

fn issuer_and_serial(certificate: &Certificate) -> Vec<u8> {
    let serial = asn1::raw_tlv(tag::INTEGER, certificate.serial_bytes());
    asn1::sequence(&[certificate.issuer_name().raw(), &serial])
}

/// The same element under another tag (tags are one byte here).
fn retagged(element: &[u8], tag: u8) -> Vec<u8> {
    let mut out = element.to_vec();
    if let Some(first) = out.first_mut() {
        *first = tag;
    }
    out
}
