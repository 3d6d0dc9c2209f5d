//! The subject has exactly the attributes of its profile, in its order, each alone and of the right string type.

use super::{Body, Rule, Severity, Wanted};
use crate::{lint::body::attributes, oids};

pub(super) const RULE: Rule =
    Rule { name: "subject", citation: "RFC 5280, 4.1.2.6; profile", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let found = attributes(body.subject).map_err(|_| "the subject is no name")?;
    let mut found = found.iter().peekable();
    let rules = wanted.profile.rules();
    for slot in &rules.subject {
        let Some(attribute) = found.next_if(|attribute| attribute.oid == slot.kind.oid()) else {
            if slot.optional {
                continue;
            }
            return Err("an attribute of the subject is missing or in the wrong place");
        };
        if attribute.shared {
            return Err("two attributes stand in one relative name");
        }
        if attribute.value.tag != slot.kind.string_tag() {
            return Err("an attribute is of the wrong string type");
        }
        if attribute.oid == oids::COUNTRY && attribute.value.value != rules.country.as_bytes() {
            return Err("the country is another one");
        }
    }
    if found.peek().is_some() {
        Err("the subject has an attribute that its profile does not")
    } else {
        Ok(())
    }
}
