//! Attributes keep the upper bounds of X.520.

use super::{Body, Rule, Severity, Wanted};
use crate::{lint::body::attributes, oids};

pub(super) const RULE: Rule = Rule {
    name: "subject_length",
    citation: "RFC 5280, appendix A.1 (upper bounds)",
    severity: Severity::Error,
    check,
};

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    let found = attributes(body.subject).map_err(|_| "the subject is no name")?;
    let too_long = found.iter().any(|attribute| {
        let characters = String::from_utf8_lossy(attribute.value.value).chars().count();
        bound(attribute.oid).is_some_and(|bound| characters > bound)
    });
    if too_long { Err("an attribute is longer than its bound") } else { Ok(()) }
}

/// Characters; the organisation has a rule of its own.
fn bound(oid: const_oid::ObjectIdentifier) -> Option<usize> {
    match oid {
        oids::COMMON_NAME | oids::SERIAL_NUMBER | oids::ORGANISATIONAL_UNIT => Some(64),
        oids::COUNTRY => Some(2),
        oids::SURNAME | oids::GIVEN_NAME => Some(32_768),
        _ => None,
    }
}
