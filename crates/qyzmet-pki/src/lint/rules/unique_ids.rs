//! There are no unique identifiers, which no certificate of this kind may have.

use super::{Body, Rule, Severity, Wanted};

pub(super) const RULE: Rule =
    Rule { name: "unique_ids", citation: "RFC 5280, 4.1.2.8", severity: Severity::Error, check };

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    if body.has_unique_ids { Err("there is a unique identifier") } else { Ok(()) }
}
