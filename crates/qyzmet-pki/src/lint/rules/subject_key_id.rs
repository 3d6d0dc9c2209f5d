//! The subject's key is named by the SHA-1 of its bits (method 1), as the national authority does since 2020.

use super::{Body, Rule, Severity, Wanted};
use crate::{asn1, oids};

pub(super) const RULE: Rule =
    Rule { name: "subject_key_id", citation: "RFC 5280, 4.2.1.2", severity: Severity::Error, check };

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    match body.extension(oids::SUBJECT_KEY_ID) {
        Some(value) if value == asn1::octet_string(body.key.identifier().as_ref()) => Ok(()),
        Some(_) => Err("the subject's key has another identifier"),
        None => Err("the subject's key is not named"),
    }
}
