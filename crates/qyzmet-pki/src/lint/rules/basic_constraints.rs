//! An authority is called one, with the path length of its profile; an end entity is not.

use super::{Body, Rule, Severity, Wanted};
use crate::oids;

pub(super) const RULE: Rule =
    Rule { name: "basic_constraints", citation: "RFC 5280, 4.2.1.9", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let value = body.extension(oids::BASIC_CONSTRAINTS);
    match (wanted.profile.rules().authority, value) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err("an end entity has basic constraints"),
        // SEQUENCE { BOOLEAN TRUE, INTEGER length }: short enough to compare as bytes.
        (Some(None), Some([0x30, 3, 1, 1, 0xff])) => Ok(()),
        (Some(Some(wanted)), Some([0x30, 6, 1, 1, 0xff, 2, 1, length])) if *length == wanted => Ok(()),
        (Some(_), _) => Err("an authority is not called one, or its path length is another"),
    }
}
