//! A key is lost or in other hands: the operator is suspended in the same moment, the head and the provider are told, and
//! the certificates are put on hold [R839-19.5c].

use qyzmet_domain::{AccountId, DutyId, conduct::DutyKind};
use qyzmet_store::{Tx, repositories::duties};

use super::{
    OPERATOR, RESPONSIBLE,
    charge::{Charge, SUSPENDING, charge, duty_in_charge, need},
    duties::{close, duty, enter, some_words},
    own::own,
    tell,
};
use crate::{Access, App, Cx, Draw, Error, UseCase, authority::of_operators};

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
        cx.write(move |tx, draw| lost(tx, draw, (&app, &actor), &own(&who), (who.person.account, &words)))
            .await
    }
}

/// Tells that the key of an operator of theirs is lost: the direct head and the administrators of the body, when the operator
/// cannot do it or does not.
pub struct ReportKeyLostOf {
    /// Whose.
    pub operator: AccountId,
    /// How it is known. Unlike the operator, somebody else has to say so.
    pub words: String,
}

impl UseCase for ReportKeyLostOf {
    type Output = ();
    const NAME: &'static str = "report-key-lost-of";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        let words = some_words(&self.words)?;
        cx.write(move |tx, draw| {
            let charge = charge(tx, (&who, &SUSPENDING), self.operator, draw.now())?;
            let roles = charge.officer.as_ref().map(|officer| officer.roles.as_slice()).unwrap_or_default();
            if !roles.iter().any(|role| role == OPERATOR) {
                return Err(Error::NotFound);
            }
            lost(tx, draw, (&app, &actor), &charge, (who.person.account, &words))
        })
        .await
    }
}

/// Suspends an operator at once, puts the certificates on hold and tells head and provider; once, until the key is replaced.
fn lost(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    (app, actor): (&App, &str),
    charge: &Charge,
    by: (AccountId, &str),
) -> Result<(), Error> {
    let open = duties::open_of_account(tx, charge.account)?;
    if open.iter().any(|duty| duty.kind == DutyKind::KeyLost) {
        return Ok(());
    }
    let lost = duty(draw, charge, DutyKind::KeyLost, by);
    enter(tx, draw, actor, &lost)?;
    of_operators::hold_of_operator(tx, draw, charge.account, of_operators::KEY_LOST)?;
    tell::raise(tx, draw, app, &lost)
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
