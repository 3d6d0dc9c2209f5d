//! What distribution points of full and of delta lists have in common.

use crate::asn1::{Malformed, Reader, tag};

/// One point, with exactly these addresses, without reasons and without another issuer.
pub(super) fn check(value: &[u8], expected: &[String]) -> Result<(), &'static str> {
    let found = read(value).map_err(|_| "there is not exactly one plain distribution point")?;
    if found.iter().any(|address| !is_http(address)) {
        return Err("a list is not published over HTTP");
    }
    let same = found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| *a == b.as_bytes());
    if same { Ok(()) } else { Err("the lists are not those of the issuer for this shard") }
}

/// Lists are signed; HTTPS would need the very check of certificates that they serve (RFC 5280, 8).
pub(super) fn is_http(address: &[u8]) -> bool {
    address.starts_with(b"http://") && address.iter().all(u8::is_ascii_graphic)
}

fn read(value: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
    let mut points = Reader::only(value, tag::SEQUENCE)?.reader();
    let mut point = points.sequence()?;
    points.end()?;
    let mut name = point.expect(tag::explicit(0))?.reader();
    point.end()?;
    let mut full = name.expect(tag::explicit(0))?.reader();
    name.end()?;
    let mut addresses = Vec::new();
    while !full.is_empty() {
        addresses.push(full.expect(tag::implicit(6))?.value);
    }
    Ok(addresses)
}
