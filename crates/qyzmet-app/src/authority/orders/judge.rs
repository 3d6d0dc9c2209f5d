//! Whether an operator's signature makes an order binding: asked by the portal when it is given, and by the signer again.

use std::cell::RefCell;

use jiff::Timestamp;
use qyzmet_domain::conduct::{Bar, Rules};
use qyzmet_pki::{
    Certificate, PathRules, Reason, Revocation, Trust,
    authority::{CertificateState, ConfirmedOrder, OrderRefused, ProfileError, Profiles, SignedOrder},
};
use qyzmet_store::{
    StoreError, Tx,
    repositories::{
        certificates::{self, CertificateRow, State},
        officers,
    },
};

use crate::conduct;

/// Authorities by their names in rows, and the trust in what they sign. Lists are not asked: the rows say how a certificate
/// stands, so that a suspension counts from its very moment.
pub struct Judge {
    known: Vec<(String, Certificate)>,
    trust: Trust,
}

impl Judge {
    /// Judges by these authorities; those that name themselves as issuer are the anchors.
    #[must_use]
    pub fn new(known: Vec<(String, Certificate)>) -> Self {
        let certificates = known.iter().map(|(_, certificate)| certificate.clone());
        let (anchors, intermediates) =
            certificates.partition(|certificate| certificate.names_as_issuer(certificate));
        let rules = PathRules { revocation: Revocation::NotChecked, ..PathRules::default() };
        Self { known, trust: Trust::new(anchors, intermediates).with_rules(rules) }
    }

    /// Verifies the signature, the operator's certificate and how it stands at this moment.
    ///
    /// # Errors
    /// Those of the store; a refusal is a value.
    pub fn judge(
        &self,
        tx: &mut Tx<'_>,
        signed: &SignedOrder<'_>,
        at: Timestamp,
    ) -> Result<Result<ConfirmedOrder, OrderRefused>, JudgeError> {
        let operators = Profiles::nca()?.get("operator-sign")?;
        let (tx, fault) = (RefCell::new(tx), RefCell::new(None));
        let state = |certificate: &Certificate| {
            standing(&mut tx.borrow_mut(), &self.known, certificate).unwrap_or_else(|error| {
                fault.replace(Some(error));
                CertificateState::Unknown
            })
        };
        let judged = signed.verify(&self.trust, operators, state, at);
        fault.into_inner().map_or(Ok(judged), |error| Err(error.into()))
    }

    /// Whether the operator is an officer now and nothing in their conduct bars them [R839-15.1f, R839-15.1g, R839-19.5c]: the rule by which
    /// the desk lets somebody certify.
    ///
    /// # Errors
    /// Those of the store; a bar is a value.
    pub fn may_act(
        &self,
        tx: &mut Tx<'_>,
        operator: &Certificate,
        (rules, at): (&Rules, Timestamp),
    ) -> Result<Result<(), NotFit>, JudgeError> {
        let account = row(tx, &self.known, operator)?.and_then(|row| row.account);
        let Some(account) = account else { return Ok(Err(NotFit::NoOfficer)) };
        let Some(officer) = officers::in_force(tx, account, at)? else { return Ok(Err(NotFit::NoOfficer)) };
        let bar = conduct::standing::bar_certifying(tx, officer.account, (rules, at))?;
        Ok(bar.map_or(Ok(()), |bar| Err(NotFit::Barred(bar))))
    }
}

/// Why an operator whose signature holds does not move the signer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFit {
    /// The certificate belongs to nobody who is an officer now.
    #[error("the operator is no officer now")]
    NoOfficer,
    /// A duty stands in the way.
    #[error("the operator may not act: {}", .0.word())]
    Barred(Bar),
}

/// An order could not be judged.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// The rows cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The profiles of this product cannot be read.
    #[error(transparent)]
    Profile(#[from] ProfileError),
}

/// How a certificate of one of the known authorities stands, by the rows.
///
/// # Errors
/// Those of the store.
pub fn standing(
    tx: &mut Tx<'_>,
    known: &[(String, Certificate)],
    certificate: &Certificate,
) -> Result<CertificateState, StoreError> {
    let Some(row) = row(tx, known, certificate)? else { return Ok(CertificateState::Unknown) };
    let reason = row.standing.reason.and_then(Reason::from_code).unwrap_or(Reason::Unspecified);
    Ok(match row.standing.state {
        State::Good => CertificateState::Good,
        State::Hold | State::Revoked => CertificateState::Revoked(reason),
    })
}

/// The row of a certificate of one of the known authorities.
fn row(
    tx: &mut Tx<'_>,
    known: &[(String, Certificate)],
    certificate: &Certificate,
) -> Result<Option<CertificateRow>, StoreError> {
    let issuer = known.iter().find(|(_, issuer)| certificate.names_as_issuer(issuer));
    let Some((issuer, _)) = issuer else { return Ok(None) };
    let row = certificates::by_serial(tx, issuer, certificate.serial_number().as_bytes())?;
    // Two certificates with one serial number would be a fault of the authority; the row knows its own.
    Ok(row.filter(|row| row.der == certificate.der()))
}
