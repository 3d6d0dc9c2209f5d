//! Reading a certificate (RFC 5280 section 4.1).

use super::{Parsed, SerialNumber, extensions::Extensions, name::Name, subject::Subject};
use crate::{
    algorithms::{Digest, SignatureAlgorithm},
    asn1::{Element, Malformed, Reader, integer_value, range, read_time, small_uint, tag},
    spki::PublicKey,
    verdict::Invalid,
};

pub(super) fn parse(der: &[u8]) -> Result<Parsed, Malformed> {
    let mut outer = Reader::only(der, tag::SEQUENCE)?.reader();
    let tbs = outer.expect(tag::SEQUENCE)?;
    let outer_algorithm = outer.expect(tag::SEQUENCE)?;
    let signature = outer.expect(tag::BIT_STRING)?.bits()?;
    outer.end()?;

    let mut fields = tbs.reader();
    let version = read_version(&mut fields)?;
    let serial = SerialNumber::new(integer_value(fields.expect(tag::INTEGER)?)?).ok_or(Malformed)?;
    let inner_algorithm = fields.expect(tag::SEQUENCE)?;
    let issuer = Name::read(fields.next()?)?;
    let mut validity = fields.sequence()?;
    let (not_before, not_after) = (read_time(validity.next()?)?, read_time(validity.next()?)?);
    validity.end()?;
    let subject_name = Name::read(fields.next()?)?;
    let spki = fields.expect(tag::SEQUENCE)?;
    let extensions = read_tail(fields, version, &issuer)?;
    let algorithm = if inner_algorithm.raw == outer_algorithm.raw {
        SignatureAlgorithm::read(outer_algorithm)
    } else {
        Err(Invalid::Malformed("certificate: two signature algorithms"))
    };
    let fingerprint = Digest::Sha256.of(der).as_ref().try_into().map_err(|_| Malformed)?;
    Ok(Parsed {
        tbs: range(der, tbs.raw)?,
        spki: range(der, spki.raw)?,
        signature: range(der, signature)?,
        serial,
        algorithm,
        subject: Subject::from_name(&subject_name),
        issuer,
        subject_name,
        not_before,
        not_after,
        key: PublicKey::from_der(spki.raw)?,
        extensions,
        fingerprint,
        der: der.to_vec(),
    })
}

/// The version, 0 (v1) to 2 (v3).
fn read_version(fields: &mut Reader<'_>) -> Result<u32, Malformed> {
    let Some(wrapped) = fields.optional(tag::explicit(0))? else { return Ok(0) };
    let version = small_uint(Reader::only(wrapped.value, tag::INTEGER)?)?;
    if (1..=2).contains(&version) { Ok(version) } else { Err(Malformed) }
}

/// Unique identifiers (skipped) and extensions, which only version 3 may have.
fn read_tail(mut fields: Reader<'_>, version: u32, issuer: &Name) -> Result<Extensions, Malformed> {
    fields.optional(tag::implicit(1))?;
    fields.optional(tag::implicit(2))?;
    let extensions = match fields.optional(tag::explicit(3))? {
        Some(wrapped) if version == 2 => {
            let list: Element<'_> = Reader::only(wrapped.value, tag::SEQUENCE)?;
            Extensions::read(list.reader(), issuer)?
        }
        Some(_) => return Err(Malformed),
        None => Extensions::default(),
    };
    fields.end()?;
    Ok(extensions)
}
