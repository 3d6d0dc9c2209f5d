//! The certificate is of version 3, since it has extensions.

use super::{Body, Rule, Severity, Wanted};

pub(super) const RULE: Rule =
    Rule { name: "version", citation: "RFC 5280, 4.1.2.1", severity: Severity::Error, check };

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    match body.version.map(|version| version.raw) {
        Some([0xa0, 3, 2, 1, 2]) => Ok(()),
        _ => Err("the version is not 3"),
    }
}
