//! A key is lost or in other hands: the operator is suspended in the same moment, the head and the provider are told, and
//! the certificates are put on hold [R839-19.5c].

use qyzmet_domain::{DutyId, conduct::DutyKind};
use qyzmet_store::repositories::duties;

use super::{
    OPERATOR, RESPONSIBLE,
    charge::{duty_in_charge, need},
    duties::{close, duty, enter, some_words},
    own::own,
    tell,
};
use crate::{Access, Cx, Error, UseCase, authority::of_operators};

/// Tells that the own key is lost. Words can follow: nothing is asked that would cost time.
pub struct ReportKeyLost {
    /// What has happened, as far as it is known.
    pub words: String,
}

impl UseCase for ReportKeyLost {
    type Output = ();
    const NAME: &'static str = "report-key-lost";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        need(&who, &[OPERATOR])?;
        let words: String = self.words.chars().take(2_000).collect();
        cx.write(move |tx, draw| {
            let account = who.person.account;
            let open = duties::open_of_account(tx, account)?;
            if open.iter().any(|duty| duty.kind == DutyKind::KeyLost) {
                return Ok(());
            }
            let lost = duty(draw, &own(&who), DutyKind::KeyLost, (account, &words));
            enter(tx, draw, &actor, &lost)?;
            of_operators::hold_of_operator(tx, draw, account, of_operators::KEY_LOST)?;
            tell::raise(tx, draw, &app, &lost)
        })
        .await
    }
}

/// The provider has replaced the key: the certificates of the old one are revoked, and the operator works again.
pub struct RestoreOperator {
    /// The duty that says that a key is lost.
    pub duty: DutyId,
    /// What was done.
    pub words: String,
}

impl UseCase for RestoreOperator {
    type Output = ();
    const NAME: &'static str = "restore-operator";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, words) = (cx.officer()?, cx.caller.actor(), some_words(&self.words)?);
        cx.write(move |tx, draw| {
            let duty = duty_in_charge(tx, (&who, &[RESPONSIBLE]), self.duty)?;
            if duty.kind != DutyKind::KeyLost {
                return Err(Error::NotFound);
            }
            of_operators::revoke_of_operator(tx, draw, duty.account, of_operators::KEY_LOST)?;
            close(tx, draw, &actor, &duty, ("replaced", Some(&words)))
        })
        .await
    }
}
