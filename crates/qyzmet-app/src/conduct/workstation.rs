//! An operator attests that the workstation was checked: anti-virus, network resources, applications
//! [R839-19.5h, R839-19.5i, R839-19.5j].

use jiff::civil::Date;
use qyzmet_domain::conduct::{DutyKind, start_of};
use qyzmet_store::repositories::duties::DutyRow;

use super::{
    OPERATOR,
    charge::need,
    duties::{duty, enter},
    own::own,
};
use crate::{Access, Cx, DeskProblem, Error, UseCase, numbering};

/// Attests a check of the workstation.
pub struct AttestWorkstation {
    /// On which day it was checked.
    pub checked_on: Date,
    /// The anti-virus is in force and updates itself.
    pub antivirus: bool,
    /// Only the resources of the published list can be reached.
    pub allow_list: bool,
    /// Nothing but what the work needs is installed or can be.
    pub applications: bool,
}

impl UseCase for AttestWorkstation {
    type Output = ();
    const NAME: &'static str = "attest-workstation";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, rules) = (cx.officer()?, cx.caller.actor(), cx.app.settings.conduct.clone());
        need(&who, &[OPERATOR])?;
        if !(self.antivirus && self.allow_list && self.applications) {
            return Err(Error::Desk(DeskProblem::Unsaid));
        }
        let checked_at = start_of(self.checked_on).filter(|_| self.checked_on <= numbering::day(cx.now));
        let checked_at = checked_at.ok_or(Error::Desk(DeskProblem::BadDay))?;
        cx.write(move |tx, draw| {
            let told = duty(draw, &own(&who), DutyKind::Workstation, (who.person.account, ""));
            let until = checked_at.checked_add(rules.check_every).map_err(Error::fault)?;
            let (begins_at, done_at) = (checked_at, Some(draw.now()));
            let dates = DutyRow { begins_at, done_at, ends_at: Some(until), due_at: Some(until), ..told };
            enter(tx, draw, &actor, &DutyRow { alarm_at: Some(until), ..dates })
        })
        .await
    }
}
