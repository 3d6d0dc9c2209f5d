//! Reading a revocation list (RFC 5280 section 5.1) in one pass over its bytes.

use jiff::Timestamp;

use super::{
    Scope,
    list::{Entry, RevocationList},
};
use crate::{
    algorithms::{Digest, SignatureAlgorithm},
    asn1::{Element, Malformed, Reader, integer_value, range, read_time, small_uint, tag},
    certificate::{Name, extensions::read_extension},
    oids,
    verdict::{Invalid, Reason},
};

pub(super) fn parse(der: &[u8]) -> Result<RevocationList, Malformed> {
    let mut outer = Reader::only(der, tag::SEQUENCE)?.reader();
    let tbs = outer.expect(tag::SEQUENCE)?;
    let outer_algorithm = outer.expect(tag::SEQUENCE)?;
    let signature = outer.expect(tag::BIT_STRING)?.bits()?;
    outer.end()?;

    let mut fields = tbs.reader();
    if let Some(version) = fields.optional(tag::INTEGER)?
        && small_uint(version)? != 1
    {
        return Err(Malformed);
    }
    let inner_algorithm = fields.expect(tag::SEQUENCE)?;
    let issuer = Name::read(fields.next()?)?;
    let this_update = read_time(fields.next()?)?;
    let next_update = match fields.peek() {
        Some(tag::UTC_TIME | tag::GENERALIZED_TIME) => Some(read_time(fields.next()?)?),
        _ => None,
    };
    let (entries, strange_entry) = match fields.optional(tag::SEQUENCE)? {
        Some(list) => read_entries(der, list)?,
        None => (Vec::new(), false),
    };
    let (scope, strange) = match fields.optional(tag::explicit(0))? {
        Some(wrapped) => read_extensions(Reader::only(wrapped.value, tag::SEQUENCE)?.reader(), &issuer)?,
        None => (Scope::default(), false),
    };
    fields.end()?;
    let algorithm = if inner_algorithm.raw == outer_algorithm.raw {
        SignatureAlgorithm::read(outer_algorithm)
    } else {
        Err(Invalid::Malformed("revocation list: two signature algorithms"))
    };
    Ok(RevocationList {
        tbs: range(der, tbs.raw)?,
        signature: range(der, signature)?,
        algorithm,
        digest: Digest::Sha256.of(der).as_ref().try_into().map_err(|_| Malformed)?,
        issuer,
        this_update,
        next_update,
        partial: strange || strange_entry || scope.indirect,
        scope,
        entries,
        der: der.to_vec(),
    })
}

/// The entries sorted by serial, and whether one carries a critical extension that is not understood.
fn read_entries(der: &[u8], list: Element<'_>) -> Result<(Vec<Entry>, bool), Malformed> {
    let mut entries = Vec::new();
    let mut strange = false;
    let mut reader = list.reader();
    while !reader.is_empty() {
        let (entry, odd) = read_entry(der, reader.sequence()?)?;
        strange |= odd;
        entries.push(entry);
    }
    let serial = |entry: &Entry| der.get(entry.serial.clone()).unwrap_or_default();
    entries.sort_by(|a: &Entry, b: &Entry| serial(a).cmp(serial(b)));
    Ok((entries, strange))
}

fn read_entry(der: &[u8], mut fields: Reader<'_>) -> Result<(Entry, bool), Malformed> {
    let serial = range(der, integer_value(fields.expect(tag::INTEGER)?)?)?;
    let mut at = read_time(fields.next()?)?;
    let mut reason = Reason::Unspecified;
    let mut strange = false;
    if let Some(list) = fields.optional(tag::SEQUENCE)? {
        let mut list = list.reader();
        while !list.is_empty() {
            let (oid, critical, value) = read_extension(&mut list)?;
            match oid {
                oids::REASON_CODE => reason = read_reason(value)?,
                oids::INVALIDITY_DATE => at = at.min(read_invalidity(value)?),
                _ => strange |= critical,
            }
        }
    }
    fields.end()?;
    Ok((Entry { serial, at, reason }, strange))
}

fn read_reason(value: &[u8]) -> Result<Reason, Malformed> {
    let code = small_uint(Reader::only(value, tag::ENUMERATED)?)?;
    u8::try_from(code).ok().and_then(Reason::from_code).ok_or(Malformed)
}

/// The time since when the key is suspect: it counts when it lies before the revocation.
fn read_invalidity(value: &[u8]) -> Result<Timestamp, Malformed> {
    read_time(Reader::only(value, tag::GENERALIZED_TIME)?)
}

/// The scope, and whether the list is a delta or carries a critical extension that is not understood.
fn read_extensions(mut list: Reader<'_>, issuer: &Name) -> Result<(Scope, bool), Malformed> {
    let mut scope = Scope::default();
    let mut strange = false;
    while !list.is_empty() {
        let (oid, critical, value) = read_extension(&mut list)?;
        match oid {
            // RFC 5280 section 5.2.3: never critical.
            oids::CRL_NUMBER if critical => return Err(Malformed),
            oids::ISSUING_DISTRIBUTION_POINT => {
                scope = Scope::read(Reader::only(value, tag::SEQUENCE)?.reader(), issuer)?;
            }
            oids::DELTA_CRL => strange = true,
            oids::CRL_NUMBER | oids::AUTHORITY_KEY_ID | oids::FRESHEST_CRL | oids::ISSUER_ALT_NAME => {}
            _ => strange |= critical,
        }
    }
    Ok((scope, strange))
}
