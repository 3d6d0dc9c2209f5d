//! Revocation by answers (RFC 6960) and by lists (RFC 5280 section 6.3), judged conservatively: what is not proved good is undetermined.

use jiff::Timestamp;

use crate::{
    certificate::{Certificate, extensions::usage},
    crl::{ALL_REASONS, RevocationList, Scope, Standing},
    ocsp,
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

/// What the lists say together.
#[derive(Default)]
struct Findings {
    covered: u16,
    revoked: Option<Standing>,
    /// A delta list takes the certificate back; whether that holds is not decided here.
    removed: bool,
    stale: Option<Timestamp>,
    unsupported: bool,
}

/// A believable answer first; lists from before it know less than it does.
fn check(
    search: &Search<'_>,
    certificate: &Certificate,
    issuer: &Certificate,
    path: &[Certificate],
) -> Result<(), Refused> {
    let Some(answer) = believable_answer(search, certificate, issuer, path) else {
        return check_lists(search, certificate, issuer, path, None);
    };
    match answer.standing {
        ocsp::Standing::Revoked { at, reason } if at <= search.at => {
            Err(Invalid::Revoked { at, reason: reason.unwrap_or(Reason::Unspecified) }.into())
        }
        ocsp::Standing::Unknown => check_lists(search, certificate, issuer, path, None),
        ocsp::Standing::Good | ocsp::Standing::Revoked { .. } => {
            check_lists(search, certificate, issuer, path, Some(answer.this_update))
        }
    }
}

/// The newest answer that can be believed; a delegated responder without id-pkix-ocsp-nocheck must itself stand by lists.
fn believable_answer(
    search: &Search<'_>,
    certificate: &Certificate,
    issuer: &Certificate,
    path: &[Certificate],
) -> Option<ocsp::Judged> {
    search.trust.answers.about(certificate.serial_number()).iter().find_map(|response| {
        let judged = response.judge(certificate, issuer, search.at).ok()?;
        let stands = |responder| check_lists(search, responder, issuer, path, None).is_ok();
        judged.to_check.as_ref().is_none_or(stands).then_some(judged)
    })
}

/// `good_at`: an answer said "good" for that moment, so that only newer lists count, and none is needed.
fn check_lists(
    search: &Search<'_>,
    certificate: &Certificate,
    issuer: &Certificate,
    path: &[Certificate],
    good_at: Option<Timestamp>,
) -> Result<(), Refused> {
    let covered = if good_at.is_some() { ALL_REASONS } else { 0 };
    let mut findings = Findings { covered, ..Findings::default() };
    let mut used: Vec<(Scope, Timestamp)> = Vec::new();
    for list in search.trust.lists_of(certificate.issuer_name()) {
        let reasons = list.scope.covers(certificate);
        let outdated = good_at.is_some_and(|good_at| list.this_update < good_at) || is_replaced(&list, &used);
        if reasons == 0 || outdated || !is_usable_then(&list, certificate, search) {
            continue;
        }
        if list.next_update.is_none_or(|next| next < search.at) {
            let ended = list.next_update.unwrap_or(list.this_update);
            findings.stale = Some(findings.stale.map_or(ended, |other| other.max(ended)));
        } else if is_authentic(search, &list, issuer, path) {
            findings.add(&list, certificate, reasons, search.at);
            if !list.partial {
                used.push((list.scope.clone(), list.this_update));
            }
        }
    }
    findings.verdict(certificate)
}

impl Findings {
    /// An incomplete list can condemn, but not clear.
    fn add(&mut self, list: &RevocationList, certificate: &Certificate, reasons: u16, at: Timestamp) {
        let standing = list.find(certificate.serial_bytes()).filter(|_| !list.scope.indirect);
        match standing {
            Some(standing) if standing.reason == Reason::RemoveFromCrl => self.removed = true,
            Some(standing) if standing.at <= at => self.revoked = Some(standing),
            _ => {}
        }
        if list.partial {
            self.unsupported = true;
        } else {
            self.covered |= reasons;
        }
    }

    fn verdict(self, certificate: &Certificate) -> Result<(), Refused> {
        let issuer = certificate.issuer_common_name().unwrap_or_default();
        if self.removed {
            return Err(Undetermined::UnsupportedRevocationList(issuer).into());
        }
        if let Some(Standing { at, reason }) = self.revoked {
            return Err(Invalid::Revoked { at, reason }.into());
        }
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

/// A newer full list of the same scope replaces a list; a delta of the same moment adds to it.
fn is_replaced(list: &RevocationList, used: &[(Scope, Timestamp)]) -> bool {
    let newer = |(scope, since): &(Scope, Timestamp)| {
        *scope == list.scope && (!list.partial || list.this_update < *since)
    };
    used.iter().any(newer)
}

/// A list from after the time in question still tells about that time, as long as expired entries are not yet dropped.
fn is_usable_then(list: &RevocationList, certificate: &Certificate, search: &Search<'_>) -> bool {
    list.this_update <= search.at || list.this_update <= certificate.not_after()
}

/// Signed by the issuer of the certificate itself, or by another key of the same authority that stands in its own path.
fn is_authentic(
    search: &Search<'_>,
    list: &RevocationList,
    issuer: &Certificate,
    path: &[Certificate],
) -> bool {
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
