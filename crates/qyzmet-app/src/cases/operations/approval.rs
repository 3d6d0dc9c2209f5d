//! The operation that looks whether an operator's signature over a request still counts: by rows, at this moment [R839-10.C3].

use jiff::Timestamp;
use qyzmet_engine::{Approval, Case};
use qyzmet_pki::Certificate;
use qyzmet_store::{
    Tx,
    repositories::{
        certificates::{self, State},
        officers,
    },
};
use serde_json::json;

use super::Outcome;
use crate::{Draw, Error, cases::Work, conduct::standing, record::Record};

/// The profile of the certificates with which operators certify requests.
const PROFILE: &str = "operator-sign";
/// More certificates than one operator ever has in force.
const MOST: u32 = 100;

/// Checks the last approval of a case that orders no certificates. That the signature is the officer's own, over exactly what
/// the desk showed, was verified when it was given; here it is asked whether an operator of the authority gave it who may
/// act. A refusal is journalled with its reason.
pub(super) fn check(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    (case, action): (&Case, u32),
) -> Result<Outcome, Error> {
    let why = match case.approvals.last() {
        None => Some("not-signed"),
        Some(approval) => against(tx, work, approval, draw.now())?,
    };
    let Some(why) = why else { return Ok(Outcome::done()) };
    Record::of("system".to_owned(), "approval-refused")
        .clause(&work.clause(action))
        .subject(case.recipient.account)
        .payload(json!({ "by-case": case.id, "why": why }))
        .write(tx, draw)?;
    Ok(Outcome::Denied)
}

/// What speaks against an approval, if anything.
fn against(
    tx: &mut Tx<'_>,
    work: &Work<'_>,
    approval: &Approval,
    now: Timestamp,
) -> Result<Option<&'static str>, Error> {
    if let Some(why) = certificate(tx, approval, now)? {
        return Ok(Some(why));
    }
    let Some(officer) = officers::in_force(tx, approval.by.id, now)? else {
        return Ok(Some("not-an-officer"));
    };
    if officer.unit != approval.by.unit {
        return Ok(Some("not-an-officer"));
    }
    let bar = standing::bar_certifying(tx, officer.account, (&work.app.settings.conduct, now))?;
    Ok(bar.map(|bar| bar.word()))
}

/// What speaks against the certificate that signed: a hold counts from its very moment, before any list tells of it.
fn certificate(tx: &mut Tx<'_>, approval: &Approval, now: Timestamp) -> Result<Option<&'static str>, Error> {
    for row in certificates::of_account(tx, approval.by.id, MOST)? {
        let known = Certificate::from_der(&row.der).map_err(Error::fault)?.fingerprint();
        if approval.proof.signer.as_ref() != Some(&known) {
            continue;
        }
        return Ok(match row.standing.state {
            _ if row.profile != PROFILE => Some("not-an-operator"),
            _ if now < row.not_before || row.not_after < now => Some("ended"),
            State::Good => None,
            State::Hold => Some("held"),
            State::Revoked => Some("revoked"),
        });
    }
    Ok(Some("unknown-certificate"))
}
