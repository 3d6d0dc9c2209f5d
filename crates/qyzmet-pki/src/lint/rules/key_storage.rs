//! The place of the private key is one that the profile allows: an operator's key lies in hardware.

use super::{Body, Rule, Severity, Wanted};
use crate::asn1::{Malformed, Reader, tag};

pub(super) const RULE: Rule = Rule {
    name: "key_storage",
    citation: "NCA of Kazakhstan, extension 1.2.398.3.3.5; profile",
    severity: Severity::Error,
    check,
};

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let rules = wanted.profile.rules();
    let Some(value) = body.extension(rules.key_storage) else {
        return if rules.storage.is_empty() { Ok(()) } else { Err("the place of the key is not said") };
    };
    let place = read(value).map_err(|_| "the place of the key is malformed")?;
    let allowed = rules.storage.iter().any(|(_, oid)| *oid == place);
    if allowed { Ok(()) } else { Err("the profile does not allow a key in this place") }
}

fn read(value: &[u8]) -> Result<const_oid::ObjectIdentifier, Malformed> {
    let mut fields = Reader::only(value, tag::SEQUENCE)?.reader();
    let place = fields.oid()?;
    fields.end()?;
    Ok(place)
}
