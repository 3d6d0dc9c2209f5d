//! No extension occurs twice.

use super::{Body, Rule, Severity, Wanted};

pub(super) const RULE: Rule =
    Rule { name: "unique_extensions", citation: "RFC 5280, 4.2", severity: Severity::Error, check };

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    let twice = body.extensions.iter().enumerate().any(|(place, extension)| {
        body.extensions.iter().take(place).any(|earlier| earlier.oid == extension.oid)
    });
    if twice { Err("an extension occurs twice") } else { Ok(()) }
}
