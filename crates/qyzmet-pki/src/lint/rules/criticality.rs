//! Extensions are critical exactly where the profile says so, and the default is not written.

use super::{Body, Rule, Severity, Wanted};

pub(super) const RULE: Rule = Rule {
    name: "criticality",
    citation: "RFC 5280, 4.2 and 4.2.1; X.690, 11.5; profile",
    severity: Severity::Error,
    check,
};

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let rules = wanted.profile.rules();
    for extension in &body.extensions {
        if extension.writes_default {
            return Err("the default of criticality is written");
        }
        let slot = rules.extensions.iter().find(|slot| slot.kind.oid(rules.key_storage) == extension.oid);
        if slot.is_some_and(|slot| slot.critical != extension.critical) {
            return Err("an extension is critical and should not be, or the reverse");
        }
    }
    Ok(())
}
