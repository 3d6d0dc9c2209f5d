//! The responder and the issuer's certificate are where the issuer says, over HTTP.

use super::{Body, Rule, Severity, Wanted, points::is_http};
use crate::{
    asn1::{Malformed, Reader, tag},
    oids,
};

pub(super) const RULE: Rule =
    Rule { name: "authority_info_access", citation: "RFC 5280, 4.2.2.1", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let Some(value) = body.extension(oids::AUTHORITY_INFO_ACCESS) else { return Ok(()) };
    let found = read(value).map_err(|_| "the access information is malformed")?;
    if found.iter().any(|(_, address)| !is_http(address)) {
        return Err("an address is not over HTTP");
    }
    let urls = &wanted.issuer.urls;
    let ocsp = urls.ocsp.iter().map(|address| (oids::OCSP, address.as_bytes()));
    let issuer = urls.issuer.iter().map(|address| (oids::CA_ISSUERS, address.as_bytes()));
    if found.iter().copied().eq(ocsp.chain(issuer)) {
        Ok(())
    } else {
        Err("the responder or the issuer's certificate is elsewhere")
    }
}

fn read(value: &[u8]) -> Result<Vec<(const_oid::ObjectIdentifier, &[u8])>, Malformed> {
    let mut list = Reader::only(value, tag::SEQUENCE)?.reader();
    let mut found = Vec::new();
    while !list.is_empty() {
        let mut description = list.sequence()?;
        found.push((description.oid()?, description.expect(tag::implicit(6))?.value));
        description.end()?;
    }
    Ok(found)
}
