//! Verification of signed messages, step by step, each refusal with its own reason.

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

use super::{
    Expect,
    attributes::Attributes,
    message::{Message, SignerId, SignerInfo},
};
use crate::{
    algorithms::{Digest, SignatureAlgorithm},
    asn1::{self, tag},
    certificate::{Certificate, Name},
    trust::{Refused, Trust},
    verdict::{Invalid, Signed},
};

/// Certificates that a message may enclose; a real one encloses its chain.
const MAX_CERTIFICATES: usize = 64;

/// Parses the message, making BER definite first where that is needed, and hands it to `work`.
pub(super) fn with_message<T>(cms: &[u8], work: impl FnOnce(&Message<'_>) -> T) -> Result<T, Invalid> {
    if let Ok(message) = Message::read(cms) {
        return Ok(work(&message));
    }
    let definite = asn1::to_definite(cms).map_err(|_| Invalid::Malformed("signature"))?;
    Message::read(&definite).map(|message| work(&message)).map_err(|_| Invalid::Malformed("signature"))
}

/// The whole verification of a signature that a person or a system made.
pub(super) fn verify(
    content: &[u8],
    message: &Message<'_>,
    trust: &Trust,
    expect: Expect,
    at: Timestamp,
) -> Result<Signed, Refused> {
    verify_by(content, message, trust, at, |certificate| {
        let found = certificate.purpose();
        let right = certificate.serves(expect.purpose);
        if right { Ok(()) } else { Err(Invalid::WrongPurpose { expected: expect.purpose, found }) }
    })
}

/// Verifies that a message encloses content of this kind, signed by someone fit for it; returns the content too.
pub(super) fn verify_enclosed(
    message: &Message<'_>,
    kind: ObjectIdentifier,
    trust: &Trust,
    at: Timestamp,
    fit: impl FnOnce(&Certificate) -> Result<(), Invalid>,
) -> Result<(Vec<u8>, Signed), Refused> {
    let content = message.content.filter(|_| message.content_type == kind);
    let content = content.ok_or(Invalid::Malformed("signed content"))?;
    Ok((content.to_vec(), verify_by(content, message, trust, at, fit)?))
}

fn verify_by(
    content: &[u8],
    message: &Message<'_>,
    trust: &Trust,
    at: Timestamp,
    fit: impl FnOnce(&Certificate) -> Result<(), Invalid>,
) -> Result<Signed, Refused> {
    let signer = only_signer(message)?;
    if message.content.is_some_and(|enclosed| enclosed != content) {
        return Err(Invalid::ContentChanged.into());
    }
    let (certificate, others) = find_certificate(message, signer)?;
    let attributes = check_signature(content, message, signer, &certificate)?;
    attributes.check_certificate(&certificate)?;
    fit(&certificate)?;
    let chain = trust.path(&certificate, &others, at)?;
    Ok(Signed { certificate, signed_at: attributes.signing_time, chain })
}

fn only_signer<'m, 'a>(message: &'m Message<'a>) -> Result<&'m SignerInfo<'a>, Invalid> {
    match message.signers.as_slice() {
        [signer] => Ok(signer),
        [] => Err(Invalid::NoSigner),
        several => Err(Invalid::SeveralSigners(several.len())),
    }
}

/// The certificate that the only signer names.
pub(super) fn claimed_signer(message: &Message<'_>) -> Option<Certificate> {
    let (certificate, _) = find_certificate(message, only_signer(message).ok()?).ok()?;
    Some(certificate)
}

/// The signer's certificate, and the others that came along.
fn find_certificate(
    message: &Message<'_>,
    signer: &SignerInfo<'_>,
) -> Result<(Certificate, Vec<Certificate>), Invalid> {
    if message.certificates.len() > MAX_CERTIFICATES {
        return Err(Invalid::Malformed("certificate set"));
    }
    let enclosed = message.certificates.iter().filter_map(|der| Certificate::from_der(der).ok());
    let (mut own, others): (Vec<_>, Vec<_>) =
        enclosed.partition(|certificate| is_named(certificate, &signer.id));
    let certificate = own.pop().ok_or(Invalid::NoCertificate)?;
    Ok((certificate, others))
}

fn is_named(certificate: &Certificate, id: &SignerId<'_>) -> bool {
    match id {
        SignerId::KeyId(key_id) => certificate.extensions().subject_key_id.as_deref() == Some(*key_id),
        SignerId::IssuerAndSerial { issuer, serial } => {
            let same_issuer = || {
                issuer.raw == certificate.issuer_name().raw()
                    || Name::read(*issuer).is_ok_and(|name| name.same(certificate.issuer_name()))
            };
            *serial == certificate.serial_bytes() && same_issuer()
        }
    }
}

/// Digest of the content, and the signature over the attributes exactly as they are encoded.
fn check_signature<'a>(
    content: &[u8],
    message: &Message<'a>,
    signer: &SignerInfo<'a>,
    certificate: &Certificate,
) -> Result<Attributes<'a>, Invalid> {
    let digest = Digest::from_oid(signer.digest_algorithm)?;
    let algorithm = SignatureAlgorithm::read_in_cms(signer.signature_algorithm, digest)?;
    if algorithm.digest() != digest {
        return Err(Invalid::AlgorithmMismatch);
    }
    let encoded = signer.attributes.ok_or(Invalid::Attribute("messageDigest"))?;
    let attributes = Attributes::read(encoded)?;
    if attributes.content_type != message.content_type {
        return Err(Invalid::Attribute("contentType"));
    }
    if attributes.message_digest != digest.of(content).as_ref() {
        return Err(Invalid::ContentChanged);
    }
    let signed = asn1::raw_tlv(tag::SET, encoded);
    algorithm.verify(certificate.key(), &signed, signer.signature)?;
    Ok(attributes)
}
