//! A person's own certificates, for the cabinet and for forms in which one of them is chosen [R839-8.P1].

use jiff::Timestamp;
use qyzmet_domain::AccountId;
use qyzmet_store::{
    Tx,
    repositories::certificates::{self, CertificateRow, State},
};

use super::holders::holder_in;
use crate::{Access, Cx, Error, UseCase};

/// So many certificates of one person are shown; those that end last come first.
const MOST: u32 = 100;

/// Lists the certificates of the person who is signed in, that which is valid longest first.
pub struct ListCertificates;

/// One certificate.
#[derive(Clone, Debug)]
pub struct CertificateView {
    /// Serial number in small hexadecimal digits.
    pub serial: String,
    /// Name of its profile; the words stand in the locales.
    pub profile: String,
    /// Valid from this moment.
    pub not_before: Timestamp,
    /// Valid until this moment, included.
    pub not_after: Timestamp,
    /// Where it stands at the moment of the view.
    pub phase: Phase,
    /// The order that asked for it.
    pub order_number: Option<String>,
}

/// Where a certificate stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It can be used.
    Valid,
    /// It is on hold.
    Held,
    /// It is revoked.
    Revoked,
    /// Its time is over.
    Ended,
}

impl Phase {
    /// The word under which the locales have its text.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Held => "held",
            Self::Revoked => "revoked",
            Self::Ended => "ended",
        }
    }
}

impl CertificateView {
    fn of(row: CertificateRow, now: Timestamp) -> Self {
        let phase = match row.standing.state {
            State::Revoked => Phase::Revoked,
            _ if row.not_after < now => Phase::Ended,
            State::Hold => Phase::Held,
            State::Good => Phase::Valid,
        };
        Self {
            serial: hex::encode(&row.serial),
            profile: row.profile,
            not_before: row.not_before,
            not_after: row.not_after,
            phase,
            order_number: row.order_number,
        }
    }

    /// Whether it can be chosen where certificates of these holders are asked for; where nobody is named, whether it can still
    /// be revoked.
    pub(crate) fn is_asked_for(&self, holders: &[String]) -> bool {
        if holders.is_empty() {
            return self.is_revocable();
        }
        self.phase == Phase::Valid && holders.iter().any(|holder| holder == holder_in(&self.profile))
    }

    /// Whether it can still be revoked: what is over, or revoked already, needs no revocation.
    #[must_use]
    pub fn is_revocable(&self) -> bool {
        matches!(self.phase, Phase::Valid | Phase::Held)
    }
}

/// The certificates of an account at a moment.
pub(crate) fn own(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<CertificateView>, Error> {
    let rows = certificates::of_account(tx, account, MOST)?;
    Ok(rows.into_iter().map(|row| CertificateView::of(row, now)).collect())
}

/// Whether one of them has this serial number, in whichever state.
pub(crate) fn has(tx: &mut Tx<'_>, account: AccountId, serial: &str) -> Result<bool, Error> {
    let rows = certificates::of_account(tx, account, MOST)?;
    Ok(rows.iter().any(|row| hex::encode(&row.serial) == serial))
}

/// The one of them with this serial number that can still be revoked.
pub(crate) fn revocable(
    tx: &mut Tx<'_>,
    account: AccountId,
    serial: &str,
    now: Timestamp,
) -> Result<Option<CertificateRow>, Error> {
    let rows = certificates::of_account(tx, account, MOST)?;
    let is_it = |row: &CertificateRow| {
        hex::encode(&row.serial) == serial && CertificateView::of(row.clone(), now).is_revocable()
    };
    Ok(rows.into_iter().find(is_it))
}

/// The one of them with this serial number that can be used now: neither on hold nor revoked, and its time is not over.
pub(crate) fn in_force(
    tx: &mut Tx<'_>,
    account: AccountId,
    serial: &str,
    now: Timestamp,
) -> Result<Option<CertificateRow>, Error> {
    let row = revocable(tx, account, serial, now)?;
    Ok(row.filter(|row| row.standing.state == State::Good))
}

impl UseCase for ListCertificates {
    type Output = Vec<CertificateView>;
    const NAME: &'static str = "list-certificates";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        let (account, now) = (cx.account()?, cx.now);
        cx.read(move |tx| own(tx, account, now)).await
    }
}
