//! The key is one that the profile allows, in its one encoding, and passes the same tests of strength as at the request.

use super::{Body, Rule, Severity, Wanted};
use crate::request::{SubjectKey, WeakKey};

pub(super) const RULE: Rule = Rule {
    name: "key",
    citation: "RFC 5280, 4.1.2.7; RFC 5480, 2; profile",
    severity: Severity::Error,
    check,
};

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let allowed = wanted.profile.rules().keys.iter().any(|rule| rule.allows(&body.key));
    if !allowed {
        return Err("the profile does not allow keys of this kind");
    }
    match SubjectKey::from_der(body.key_der.raw) {
        Ok(_) => Ok(()),
        Err(WeakKey::Malformed) => Err("the key is not in its canonical encoding"),
        Err(_) => Err("the key is weak"),
    }
}
