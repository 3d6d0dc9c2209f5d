//! The organisation's name keeps its bound of 64 characters. Only a warning: registered names in Kazakhstan are often
//! longer, the national authority writes them in full, and half a name would name somebody else.

use super::{Body, Rule, Severity, Wanted};
use crate::{lint::body::attributes, oids};

pub(super) const RULE: Rule = Rule {
    name: "organisation_length",
    citation: "RFC 5280, appendix A.1 (ub-organization-name)",
    severity: Severity::Warning,
    check,
};

const BOUND: usize = 64;

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    let found = attributes(body.subject).map_err(|_| "the subject is no name")?;
    let too_long = found
        .iter()
        .filter(|attribute| attribute.oid == oids::ORGANISATION)
        .any(|attribute| String::from_utf8_lossy(attribute.value.value).chars().count() > BOUND);
    if too_long { Err("the organisation's name has more than 64 characters") } else { Ok(()) }
}
