//! Making of detached signatures (CAdES-BES).

use jiff::Timestamp;

use crate::{
    algorithms::Digest,
    asn1::{self, tag},
    certificate::Certificate,
    identity::Identity,
    key::SignError,
    oids,
};

/// Signs the content; `claimed` becomes the attribute signingTime (PDF seals carry their time elsewhere).
pub(crate) fn detached(
    content: &[u8],
    identity: &Identity,
    claimed: Option<Timestamp>,
) -> Result<Vec<u8>, SignError> {
    let certificate = identity.certificate()?;
    let digest = identity.signer.algorithm().digest();
    let mut attributes = vec![
        attribute(oids::CONTENT_TYPE, &asn1::oid(oids::DATA)),
        attribute(oids::MESSAGE_DIGEST, &asn1::octet_string(digest.of(content).as_ref())),
        attribute(oids::SIGNING_CERTIFICATE_V2, &signing_certificate(certificate)),
    ];
    attributes.extend(claimed.map(|at| attribute(oids::SIGNING_TIME, &asn1::write_time(at))));
    assemble(&asn1::set_of(attributes), identity)
}

/// The message around a set of signed attributes, which is signed as it is.
pub(super) fn assemble(attributes: &[u8], identity: &Identity) -> Result<Vec<u8>, SignError> {
    let certificate = identity.certificate()?;
    let algorithm = identity.signer.algorithm();
    let signature = identity.signer.sign(attributes)?;
    let digest_identifier = asn1::sequence(&[&asn1::oid(algorithm.digest().oid())]);
    let signer = asn1::sequence(&[
        &asn1::uint(1),
        &issuer_and_serial(certificate),
        &digest_identifier,
        &retagged(attributes, tag::explicit(0)),
        &algorithm.to_der(),
        &asn1::octet_string(&signature),
    ]);
    let certificates = asn1::set_of(identity.chain.iter().map(|member| member.der().to_vec()).collect());
    let data = asn1::sequence(&[
        &asn1::uint(1),
        &asn1::set(&[&digest_identifier]),
        &asn1::sequence(&[&asn1::oid(oids::DATA)]),
        &retagged(&certificates, tag::explicit(0)),
        &asn1::set(&[&signer]),
    ]);
    Ok(asn1::sequence(&[&asn1::oid(oids::SIGNED_DATA), &asn1::explicit(0, &data)]))
}

pub(super) fn attribute(kind: const_oid::ObjectIdentifier, value: &[u8]) -> Vec<u8> {
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
