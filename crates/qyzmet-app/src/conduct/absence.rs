//! An operator will be away for long: the work is suspended for exactly these days, and nobody has to begin or end it
//! [R839-15.1g].

use jiff::civil::Date;
use qyzmet_domain::{
    AccountId,
    conduct::{Absence, DutyKind},
};
use qyzmet_store::repositories::duties::DutyRow;

use super::{
    PERSONNEL,
    charge::charge,
    duties::{duty, enter, some_words},
};
use crate::{Access, Cx, DeskProblem, Error, UseCase};

/// Tells of an absence.
pub struct ReportAbsence {
    /// Whose.
    pub operator: AccountId,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// Why, and by which letter.
    pub words: String,
}

impl UseCase for ReportAbsence {
    type Output = ();
    const NAME: &'static str = "report-absence";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, words) = (cx.officer()?, cx.caller.actor(), some_words(&self.words)?);
        let absence = Absence::new(self.first, self.last).map_err(|_| Error::Desk(DeskProblem::BadDay))?;
        if !absence.is_long() {
            return Err(Error::Desk(DeskProblem::ShortAbsence));
        }
        cx.write(move |tx, draw| {
            let charge = charge(tx, (&who, &[PERSONNEL]), self.operator, draw.now())?;
            let told = duty(draw, &charge, DutyKind::Absence, (who.person.account, &words));
            let (from, until) = (absence.from(), absence.until());
            let row = DutyRow { begins_at: from, ends_at: Some(until), alarm_at: Some(from), ..told };
            enter(tx, draw, &actor, &row)
        })
        .await
    }
}
