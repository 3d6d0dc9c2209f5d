//! The mark that a responder's own certificate is not checked is an empty one.

use super::{Body, Rule, Severity, Wanted};
use crate::oids;

pub(super) const RULE: Rule =
    Rule { name: "ocsp_no_check", citation: "RFC 6960, 4.2.2.2.1", severity: Severity::Error, check };

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    match body.extension(oids::OCSP_NO_CHECK) {
        None | Some([5, 0]) => Ok(()),
        Some(_) => Err("the mark is not NULL"),
    }
}
