//! The issuer is named byte for byte as in its own certificate, and has a name at all.

use super::{Body, Rule, Severity, Wanted};

pub(super) const RULE: Rule =
    Rule { name: "issuer", citation: "RFC 5280, 4.1.2.4", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    if body.issuer.value.is_empty() {
        return Err("the issuer has no name");
    }
    if body.issuer.raw == wanted.issuer.name { Ok(()) } else { Err("the issuer has another name") }
}
