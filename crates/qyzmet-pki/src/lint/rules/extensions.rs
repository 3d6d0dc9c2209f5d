//! There are exactly the extensions of the profile, in its order: an unknown one is refused, a needed one is not missing.

use super::{Body, Rule, Severity, Wanted};

pub(super) const RULE: Rule =
    Rule { name: "extensions", citation: "RFC 5280, 4.2; profile", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let rules = wanted.profile.rules();
    let mut found = body.extensions.iter().peekable();
    for slot in &rules.extensions {
        let here = found.next_if(|extension| extension.oid == slot.kind.oid(rules.key_storage));
        if here.is_none() && !slot.optional {
            return Err("an extension is missing or in the wrong place");
        }
    }
    if found.peek().is_some() { Err("there is an extension that the profile does not have") } else { Ok(()) }
}
