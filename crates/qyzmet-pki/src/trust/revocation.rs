//! Revocation by lists (RFC 5280 section 6.3), judged conservatively: what is not proved good is undetermined.

use crate::{
    certificate::{Certificate, extensions::usage},
    crl::{ALL_REASONS, RevocationList, Scope},
    verdict::{Invalid, Reason, Undetermined},
};

use super::{Refused, search::Search};

/// Signers of lists are followed this deep and no deeper.
const MAX_DEPTH: usize = 3;

/// Checks every certificate below the anchor, from the top down. `path` has the anchor first.
pub(super) fn check_path(search: &Search<'_>, path: &[Certificate]) -> Result<(), Refused> {
    path.windows(2).try_for_each(|pair| match pair {
        [issuer, certificate] => check(search, certificate, issuer, path),
        _ => Ok(()),
    })
}

/// What is missing when no list covers a certificate.
struct Missing {
    covered: u16,
    stale: Option<jiff::Timestamp>,
    unsupported: bool,
}

fn check(
    search: &Search<'_>, certificate: &Certificate, issuer: &Certificate, path: &[Certificate],
) -> Result<(), Refused> {
    let mut missing = Missing { covered: 0, stale: None, unsupported: false };
    let mut used: Vec<Scope> = Vec::new();
    for list in search.trust.lists_of(certificate.issuer_name()) {
        let reasons = list.scope.covers(certificate);
        if reasons == 0 || used.contains(&list.scope) || !is_usable_then(&list, certificate, search) {
            continue;
        }
        if list.next_update.is_none_or(|next| next < search.at) {
            let ended = list.next_update.unwrap_or(list.this_update);
            missing.stale = Some(missing.stale.map_or(ended, |other| other.max(ended)));
            continue;
        }
        if !is_authentic(search, &list, issuer, path) {
            continue;
        }
        refuse_revoked(&list, certificate, search.at)?;
        if list.partial {
            missing.unsupported = true;
        } else {
            missing.covered |= reasons;
            used.push(list.scope.clone());
        }
    }
    missing.verdict(certificate)
}

impl Missing {
    fn verdict(self, certificate: &Certificate) -> Result<(), Refused> {
        let issuer = certificate.issuer_common_name().unwrap_or_default();
        if self.covered & ALL_REASONS == ALL_REASONS {
            return Ok(());
        }
        Err(Refused::Undetermined(match self.stale {
            _ if self.unsupported => Undetermined::UnsupportedRevocationList(issuer),
            Some(ended) => Undetermined::StaleRevocationList { issuer, ended },
            None => Undetermined::NoRevocationList(issuer),
        }))
    }
}

/// A list from after the time in question still tells about that time, as long as expired entries are not yet dropped.
fn is_usable_then(list: &RevocationList, certificate: &Certificate, search: &Search<'_>) -> bool {
    list.this_update <= search.at || list.this_update <= certificate.not_after()
}

fn refuse_revoked(list: &RevocationList, certificate: &Certificate, at: jiff::Timestamp) -> Result<(), Refused> {
    match list.find(certificate.serial_bytes()) {
        Some(standing) if standing.reason != Reason::RemoveFromCrl && standing.at <= at && !list.scope.indirect => {
            Err(Invalid::Revoked { at: standing.at, reason: standing.reason }.into())
        }
        _ => Ok(()),
    }
}

/// Signed by the issuer of the certificate itself, or by another key of the same authority that stands in its own path.
fn is_authentic(search: &Search<'_>, list: &RevocationList, issuer: &Certificate, path: &[Certificate]) -> bool {
    if may_sign_lists(issuer) && search.trust.list_is_signed_by(list, issuer) {
        return true;
    }
    search.namesakes(issuer).into_iter().any(|signer| {
        signer != *issuer
            && may_sign_lists(&signer)
            && search.trust.list_is_signed_by(list, &signer)
            && stands(search, &signer, path)
    })
}

fn may_sign_lists(certificate: &Certificate) -> bool {
    certificate.extensions().key_usage.is_none_or(|bits| bits & usage::CRL_SIGN != 0)
}

/// The signer of a list has a good path of its own to the same anchor.
fn stands(search: &Search<'_>, signer: &Certificate, path: &[Certificate]) -> bool {
    if path.contains(signer) {
        return true;
    }
    {
        let mut judging = search.judging.borrow_mut();
        if judging.contains(&signer.digest()) || judging.len() >= MAX_DEPTH {
            return false;
        }
        judging.push(signer.digest());
    }
    let found = search.path(signer);
    search.judging.borrow_mut().pop();
    found.is_ok_and(|own| own.last() == path.first())
}
