//! What an operator owes, on one page: also for those who may not act until it is done.

use jiff::Timestamp;
use qyzmet_domain::{
    OfficerSession,
    conduct::{DutyKind, check_is_due, may_act},
};
use qyzmet_store::repositories::duties;

use super::{
    DutyView, OPERATOR,
    charge::{Charge, need},
    standing,
};
use crate::{Access, Cx, Error, UseCase};

/// Shows an officer's own duties.
pub struct ShowOwnDuties;

/// An officer's own duties.
pub struct OwnView {
    /// Why the officer may not act now: the word of the bar, and its clause.
    pub bar: Option<(&'static str, String)>,
    /// When the pledge was signed.
    pub pledged_at: Option<Timestamp>,
    /// When the instruction was last acknowledged.
    pub acknowledged_at: Option<Timestamp>,
    /// Until when that holds.
    pub acknowledged_until: Option<Timestamp>,
    /// When the workstation was last checked.
    pub checked_at: Option<Timestamp>,
    /// Until when that holds.
    pub checked_until: Option<Timestamp>,
    /// Whether it has to be checked again.
    pub check_is_due: bool,
    /// Copies that were asked for and not handed over.
    pub copies: Vec<DutyView>,
}

impl UseCase for ShowOwnDuties {
    type Output = OwnView;
    const NAME: &'static str = "show-own-duties";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<OwnView, Error> {
        let (who, now, rules) = (cx.officer()?, cx.now, cx.app.settings.conduct.clone());
        need(&who, &[OPERATOR])?;
        cx.read(move |tx| {
            let standing = standing::of(tx, who.person.account, true)?;
            let bar = may_act(&standing, &rules, now).err();
            let copies = duties::open_of_account(tx, who.person.account)?.into_iter();
            let copies = copies.filter(|duty| duty.kind == DutyKind::Copies);
            let until = |last: Option<Timestamp>, holds| last.and_then(|last| last.checked_add(holds).ok());
            Ok(OwnView {
                bar: bar.map(|bar| (bar.word(), bar.clause().to_string())),
                pledged_at: standing.pledged_at,
                acknowledged_at: standing.acknowledged_at,
                acknowledged_until: until(standing.acknowledged_at, rules.acknowledge_every),
                checked_at: standing.checked_at,
                checked_until: until(standing.checked_at, rules.check_every),
                check_is_due: check_is_due(&standing, &rules, now),
                copies: copies.map(|duty| DutyView::of(duty, Vec::new(), now)).collect(),
            })
        })
        .await
    }
}

/// An officer as the one whom a duty concerns.
pub(super) fn own(who: &OfficerSession) -> Charge {
    let (body, unit) = (who.body.clone(), who.unit.clone());
    Charge { account: who.person.account, body, unit, officer: None }
}
