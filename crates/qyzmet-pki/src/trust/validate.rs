//! Validation of one path (RFC 5280 section 6.1), signatures and revocation apart.

use jiff::Timestamp;

use super::{names::Constraints, policies::Policies, rules::PathRules};
use crate::{
    certificate::{Certificate, extensions::usage},
    verdict::Invalid,
};

/// Walks the path, anchor first, end entity last.
///
/// The anchor's own constraints count too (RFC 5937): a root that limits itself means it.
pub(super) fn validate(path: &[Certificate], rules: &PathRules, at: Timestamp) -> Result<(), Invalid> {
    let Some((last, authorities)) = path.split_last() else { return Err(Invalid::UntrustedIssuer) };
    let mut policies = Policies::new(rules, authorities.len());
    let mut constraints = Constraints::default();
    let mut room: Option<u32> = None;
    for (place, authority) in authorities.iter().enumerate() {
        let anchor = place == 0;
        let self_issued = authority.is_self_issued();
        check_time(authority, at)?;
        if !anchor {
            if !self_issued {
                constraints.check(authority)?;
            }
            policies.enter(authority.extensions(), self_issued)?;
            policies.prepare(authority.extensions(), self_issued)?;
        }
        check_authority(authority)?;
        room = next_room(authority, room, anchor || self_issued)?;
        if let Some(added) = &authority.extensions().name_constraints {
            constraints.add(added);
        }
    }
    check_time(last, at)?;
    check_extensions(last)?;
    let authority = last.extensions().basic_constraints.is_some_and(|constraints| constraints.ca);
    if last.extensions().name_constraints.is_some() && !authority {
        return Err(Invalid::Path("an end entity constrains names"));
    }
    if !authorities.is_empty() {
        constraints.check(last)?;
        policies.enter(last.extensions(), false)?;
        policies.finish(last.extensions())?;
    }
    Ok(())
}

fn check_time(certificate: &Certificate, at: Timestamp) -> Result<(), Invalid> {
    if at < certificate.not_before() {
        return Err(Invalid::NotYetValid(certificate.not_before()));
    }
    // The last second belongs to the certificate as a whole.
    if at.as_second() > certificate.not_after().as_second() {
        return Err(Invalid::Expired(certificate.not_after()));
    }
    Ok(())
}

fn check_extensions(certificate: &Certificate) -> Result<(), Invalid> {
    match certificate.extensions().unknown_critical {
        Some(_) => Err(Invalid::Path("a critical extension is not understood")),
        None => Ok(()),
    }
}

/// Section 6.1.4 (k), (n), (o): it may issue certificates at all.
fn check_authority(certificate: &Certificate) -> Result<(), Invalid> {
    check_extensions(certificate)?;
    let extensions = certificate.extensions();
    if certificate.subject_name().is_empty() {
        return Err(Invalid::Path("an issuer has no name"));
    }
    if !extensions.basic_constraints.is_some_and(|constraints| constraints.ca) {
        return Err(Invalid::Path("an issuer is not an authority"));
    }
    if extensions.key_usage.is_some_and(|bits| bits & usage::CERT_SIGN == 0) {
        return Err(Invalid::Path("an issuer's key may not sign certificates"));
    }
    Ok(())
}

/// Section 6.1.4 (l), (m): how many authorities may still follow.
fn next_room(certificate: &Certificate, room: Option<u32>, free: bool) -> Result<Option<u32>, Invalid> {
    let left = match room {
        Some(0) if !free => return Err(Invalid::Path("the path is longer than an authority allows")),
        Some(room) if !free => Some(room - 1),
        room => room,
    };
    let own = certificate.extensions().basic_constraints.and_then(|constraints| constraints.path_length);
    Ok(match (left, own) {
        (Some(left), Some(own)) => Some(left.min(own)),
        (left, own) => left.or(own),
    })
}
