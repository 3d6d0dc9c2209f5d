//! The extended key usages are those of the profile, in its order, and at most one way of identification after them.

use super::{Body, Rule, Severity, Wanted};
use crate::{
    asn1::{Reader, tag},
    oids,
};

pub(super) const RULE: Rule = Rule {
    name: "extended_key_usage",
    citation: "RFC 5280, 4.2.1.12; profile",
    severity: Severity::Error,
    check,
};

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let rules = wanted.profile.rules();
    let Some(value) = body.extension(oids::EXTENDED_KEY_USAGE) else {
        return if rules.ekus.is_empty() { Ok(()) } else { Err("there is no extended key usage") };
    };
    let malformed = |_| "the extended key usage is malformed";
    let mut found = Reader::only(value, tag::SEQUENCE).map_err(malformed)?.reader();
    for eku in &rules.ekus {
        if found.oid() != Ok(*eku) {
            return Err("the extended key usages are not those of the profile");
        }
    }
    if !found.is_empty() {
        let way = found.oid().map_err(malformed)?;
        if !rules.identified.iter().any(|(_, known)| *known == way) {
            return Err("there is an extended key usage that the profile does not have");
        }
    }
    found.end().map_err(|_| "there are more extended key usages than the profile has")
}
