//! Writing of to-be-signed bodies (RFC 5280 section 4.1) in the manner of the National Certification Authority.

mod extensions;
mod name;

pub(super) use self::name::subject_name;
use super::{Draft, IssueError, Issuer, Serial, Validity};
use crate::asn1::{self, tag};

/// The whole body.
pub(super) fn to_be_signed(issuer: &Issuer, draft: &Draft<'_>) -> Result<Vec<u8>, IssueError> {
    check_validity(draft.validity, issuer)?;
    let rules = draft.profile.rules();
    if !rules.keys.iter().any(|rule| rule.allows(draft.key.public_key())) {
        return Err(IssueError::KeyKind);
    }
    check_facts(draft)?;
    let validity = [draft.validity.not_before, draft.validity.not_after].map(asn1::write_time).concat();
    let extensions = extensions::write(issuer, draft)?;
    Ok(asn1::sequence(&[
        &asn1::explicit(0, &asn1::uint(2)),
        &asn1::integer(&written_serial(draft.serial)),
        &issuer.algorithm.to_der(),
        &issuer.name,
        &asn1::raw_tlv(tag::SEQUENCE, &validity),
        &subject_name(draft.profile, draft.facts)?,
        draft.key.der(),
        &asn1::explicit(3, &asn1::raw_tlv(tag::SEQUENCE, &extensions)),
    ]))
}

/// A fact that the profile has no place for is a mistake of the caller, not something to be left out silently.
fn check_facts(draft: &Draft<'_>) -> Result<(), IssueError> {
    let (rules, facts) = (draft.profile.rules(), draft.facts);
    let homeless = [
        ("e-mail", facts.email().is_some() && !rules.email),
        ("key storage", facts.storage().is_some() && rules.storage.is_empty()),
        ("way of identification", facts.way_identified().is_some() && rules.storage.is_empty()),
    ];
    match homeless.iter().find(|(_, homeless)| *homeless) {
        Some((fact, _)) => Err(IssueError::Fact(fact)),
        None => Ok(()),
    }
}

fn check_validity(validity: Validity, issuer: &Issuer) -> Result<(), IssueError> {
    let inside = issuer.ends.is_none_or(|end| validity.not_after <= end);
    if validity.not_before < validity.not_after && inside { Ok(()) } else { Err(IssueError::Validity) }
}

/// A serial as it will stand in the certificate: the top bit is cleared and the first digit is never zero.
#[must_use]
pub fn written_serial(mut serial: Serial) -> Serial {
    if let Some(first) = serial.first_mut() {
        *first &= 0x7f;
        if *first < 0x10 {
            *first |= 0x10;
        }
    }
    serial
}
