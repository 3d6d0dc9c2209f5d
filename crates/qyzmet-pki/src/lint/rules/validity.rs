//! The certificate begins before it ends, lives no longer than its profile says, and does not outlive its issuer.

use super::{Body, Rule, Severity, Wanted};
use crate::asn1::read_time;

pub(super) const RULE: Rule =
    Rule { name: "validity", citation: "RFC 5280, 4.1.2.5; profile", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let (Ok(begin), Ok(end)) = (read_time(body.not_before), read_time(body.not_after)) else {
        return Err("a time cannot be read");
    };
    if end <= begin {
        return Err("the end is not after the begin");
    }
    let longest = wanted.profile.validity(begin).map_err(|_| "the begin is outside the calendar")?;
    if end > longest.not_after {
        return Err("the certificate lives longer than its profile says");
    }
    match wanted.issuer.ends {
        Some(issuer_ends) if end > issuer_ends => Err("the certificate outlives its issuer"),
        _ => Ok(()),
    }
}
