//! An operator is dismissed or moves to other work: the provider revokes the certificates at least two days before, and
//! whatever is done or not, on the day itself the appointment and the certificates end [R839-15.1f].

use jiff::civil::Date;
use qyzmet_domain::{
    AccountId, DutyId,
    conduct::{BEFORE_LEAVING, DutyKind, start_of},
};
use qyzmet_store::repositories::{duties::DutyRow, officers};

use super::{
    PERSONNEL, RESPONSIBLE,
    charge::{charge, duty_in_charge},
    duties::{close, duty, enter, some_words},
    tell,
};
use crate::{Access, Cx, DeskProblem, Error, UseCase, authority::of_operators, numbering};

/// Tells that an operator leaves.
pub struct ReportDeparture {
    /// Who.
    pub operator: AccountId,
    /// The first day on which they work here no more.
    pub day: Date,
    /// Why, and by which order.
    pub words: String,
}

impl UseCase for ReportDeparture {
    type Output = ();
    const NAME: &'static str = "report-departure";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, words) = (cx.officer()?, cx.caller.actor(), some_words(&self.words)?);
        let leaves_at = start_of(self.day).filter(|_| self.day > numbering::day(cx.now));
        let leaves_at = leaves_at.ok_or(Error::Desk(DeskProblem::BadDay))?;
        let due = leaves_at.checked_sub(BEFORE_LEAVING).map_err(Error::fault)?;
        let app = cx.app.clone();
        cx.write(move |tx, draw| {
            let charge = charge(tx, (&who, &[PERSONNEL]), self.operator, draw.now())?;
            officers::end(tx, charge.account, leaves_at)?;
            let told = duty(draw, &charge, DutyKind::Departure, (who.person.account, &words));
            let dates = DutyRow { ends_at: Some(leaves_at), due_at: Some(due), ..told };
            enter(tx, draw, &actor, &DutyRow { alarm_at: Some(due), ..dates })?;
            tell::provider(tx, draw, &app, "leaves")
        })
        .await
    }
}

/// The provider revokes the certificates of an operator who leaves.
pub struct RevokeOperator {
    /// The duty to do so.
    pub duty: DutyId,
}

impl UseCase for RevokeOperator {
    type Output = ();
    const NAME: &'static str = "revoke-operator";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor) = (cx.officer()?, cx.caller.actor());
        cx.write(move |tx, draw| {
            let duty = duty_in_charge(tx, (&who, &[RESPONSIBLE]), self.duty)?;
            if duty.kind != DutyKind::Departure {
                return Err(Error::NotFound);
            }
            of_operators::revoke_of_operator(tx, draw, duty.account, "departure")?;
            close(tx, draw, &actor, &duty, ("revoked", None))
        })
        .await
    }
}
