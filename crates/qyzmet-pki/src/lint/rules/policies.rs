//! The certificate policies are those of the profile, each with the practice statement as its only qualifier.

use super::{Body, Rule, Severity, Wanted};
use crate::{
    asn1::{self, Element, Malformed, Reader, tag},
    oids,
};

pub(super) const RULE: Rule =
    Rule { name: "policies", citation: "RFC 5280, 4.2.1.4; profile", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let expected = &wanted.profile.rules().policies;
    let Some(value) = body.extension(oids::CERTIFICATE_POLICIES) else {
        return if expected.is_empty() { Ok(()) } else { Err("there are no policies") };
    };
    let malformed = |_| "the policies are malformed";
    let mut found = Reader::only(value, tag::SEQUENCE).map_err(malformed)?.reader();
    for policy in expected {
        let mut information = found.sequence().map_err(|_| "a policy of the profile is missing")?;
        if information.oid() != Ok(*policy) {
            return Err("the policies are not those of the profile");
        }
        let qualifiers = information.optional(tag::SEQUENCE).map_err(malformed)?;
        information.end().map_err(malformed)?;
        let practice =
            qualifiers.map(read_practice).transpose().map_err(|_| "a qualifier is of another form")?;
        if practice != wanted.issuer.urls.practice.as_deref().map(str::as_bytes) {
            return Err("the practice statement is not the issuer's");
        }
    }
    found.end().map_err(|_| "there are more policies than the profile has")
}

/// The address in the only qualifier.
fn read_practice(qualifiers: Element<'_>) -> Result<&[u8], Malformed> {
    let mut list = qualifiers.reader();
    let mut qualifier = list.sequence()?;
    list.end()?;
    if qualifier.oid()? != oids::CPS {
        return Err(Malformed);
    }
    let address = qualifier.expect(asn1::tag::IA5)?;
    qualifier.end()?;
    Ok(address.value)
}
