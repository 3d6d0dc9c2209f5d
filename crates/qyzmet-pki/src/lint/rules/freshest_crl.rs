//! The delta lists are those of the certificate's own shard.

use super::{Body, Rule, Severity, Wanted, points};
use crate::oids;

pub(super) const RULE: Rule =
    Rule { name: "freshest_crl", citation: "RFC 5280, 4.2.1.15", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let Some(value) = body.extension(oids::FRESHEST_CRL) else { return Ok(()) };
    if body.extension(oids::CRL_DISTRIBUTION_POINTS).is_none() {
        return Err("there are delta lists and no full ones");
    }
    points::check(value, &wanted.issuer.urls.delta_lists(wanted.shard))
}
