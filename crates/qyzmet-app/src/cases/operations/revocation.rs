//! Operations that revoke a certificate: first whether it may be done, then the revocation itself.

use std::collections::BTreeMap;

use qyzmet_engine::Case;
use qyzmet_pki::Reason;
use qyzmet_store::{Tx, repositories::certificates::CertificateRow};

use super::Outcome;
use crate::{
    Draw, Error,
    authority::{
        own,
        state::{Change, Changed, Step, change},
    },
    cases::Work,
};

/// Whether the certificate is one of the recipient's own that can still be revoked [R839-8.C1, R839-10.C2]. Whose
/// signature stands under the request was looked at when it was confirmed.
pub(super) fn check(
    tx: &mut Tx<'_>,
    draw: &Draw,
    case: &Case,
    with: &BTreeMap<String, String>,
) -> Result<Outcome, Error> {
    Ok(if named(tx, draw, case, with)?.is_some() { Outcome::done() } else { Outcome::Denied })
}

/// Revokes it at once; the lists say so within a minute [R839-8.P3, R839-10.P7]. A certificate that was revoked since it
/// was looked at is what the recipient wanted.
pub(super) fn revoke(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    case: &Case,
    with: &BTreeMap<String, String>,
) -> Result<Outcome, Error> {
    let Some(row) = named(tx, draw, case, with)? else {
        let serial = with.get("serial").map(String::as_str).unwrap_or_default();
        let is_own = own::has(tx, case.recipient.account, serial)?;
        return if is_own {
            Ok(Outcome::done())
        } else {
            Err(Error::fault("not a certificate of the recipient"))
        };
    };
    let action = case.current.first().copied().unwrap_or_default();
    let changed = change(
        tx,
        draw,
        &Change {
            issuer: &row.issuer,
            serial: &row.serial,
            step: Step::Revoke { reason: reason(with), suspect_since: None },
            actor: work.actor,
            clause: &work.clause(action),
        },
    )?;
    match changed {
        Changed::Done(_) | Changed::Already => Ok(Outcome::done()),
        Changed::Impossible => Err(Error::fault("a certificate that may be revoked cannot be")),
    }
}

fn named(
    tx: &mut Tx<'_>,
    draw: &Draw,
    case: &Case,
    with: &BTreeMap<String, String>,
) -> Result<Option<CertificateRow>, Error> {
    let Some(serial) = with.get("serial") else { return Ok(None) };
    own::revocable(tx, case.recipient.account, serial, draw.now())
}

/// The reason in the words of a form, as lists say it; no word is no reason.
fn reason(with: &BTreeMap<String, String>) -> Reason {
    match with.get("reason").map(String::as_str) {
        Some("key-compromise") => Reason::KeyCompromise,
        Some("affiliation-changed") => Reason::AffiliationChanged,
        Some("superseded") => Reason::Superseded,
        Some("cessation-of-operation") => Reason::CessationOfOperation,
        _ => Reason::Unspecified,
    }
}
