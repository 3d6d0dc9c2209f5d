//! There is one distribution point, of the certificate's own shard, over HTTP, for all reasons.

use super::{Body, Rule, Severity, Wanted, points};
use crate::{authority::ExtensionKind, oids};

pub(super) const RULE: Rule = Rule {
    name: "distribution_points",
    citation: "RFC 5280, 4.2.1.13; profile",
    severity: Severity::Error,
    check,
};

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let slot = wanted.profile.rules().extension(ExtensionKind::DistributionPoints);
    match (body.extension(oids::CRL_DISTRIBUTION_POINTS), slot) {
        (None, None) => Ok(()),
        (None, Some(slot)) if slot.optional => Ok(()),
        (None, Some(_)) => Err("there is no distribution point"),
        (Some(value), _) => points::check(value, &wanted.issuer.urls.full_lists(wanted.shard)),
    }
}
