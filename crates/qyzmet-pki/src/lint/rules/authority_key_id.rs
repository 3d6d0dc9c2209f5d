//! The issuer's key is named by the identifier in the issuer's own certificate, and by nothing else.

use super::{Body, Rule, Severity, Wanted};
use crate::{asn1, oids};

pub(super) const RULE: Rule =
    Rule { name: "authority_key_id", citation: "RFC 5280, 4.2.1.1", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let expected = asn1::sequence(&[&asn1::context_primitive(0, &wanted.issuer.key_id)]);
    match body.extension(oids::AUTHORITY_KEY_ID) {
        Some(value) if value == expected => Ok(()),
        Some(_) => Err("the issuer's key has another identifier"),
        None => Err("the issuer's key is not named"),
    }
}
