//! Work is taken, or given to another officer of the unit with a reason that stays in the case.

use qyzmet_domain::AccountId;
use qyzmet_engine::Command;
use qyzmet_store::repositories::officers;

use super::{
    HEAD,
    load::{Place, at, command},
};
use crate::{Access, Cx, DeskProblem, Error, UseCase, access::has, conduct::standing};

/// The word that stands for the reason when an officer takes work that nobody has; the pages have its text.
pub(super) const TAKEN: &str = "taken";

/// Takes work that nobody has taken.
pub struct TakeWork {
    /// The work.
    pub place: Place,
    /// The visit that the page showed.
    pub visit: u32,
}

impl UseCase for TakeWork {
    type Output = ();
    const NAME: &'static str = "take-work";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let Self { place, visit } = self;
        command(&cx, place, move |officer, loaded, _, _| {
            if loaded.case.assigned.contains_key(&place.action) {
                return Err(Error::Late);
            }
            let (at, to) = (at(officer, visit), officer.person.account);
            Ok(Command::Assign { action: place.action, at, to, reason: TAKEN.to_owned() })
        })
        .await
    }
}

/// Gives work to another officer of the unit. The head may do so with any, others with what nobody has or what is theirs.
pub struct AssignWork {
    /// The work.
    pub place: Place,
    /// The visit that the page showed.
    pub visit: u32,
    /// To whom.
    pub to: AccountId,
    /// Why.
    pub reason: String,
}

impl UseCase for AssignWork {
    type Output = ();
    const NAME: &'static str = "assign-work";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let Self { place, visit, to, reason } = self;
        let rules = cx.app.settings.conduct.clone();
        command(&cx, place, move |officer, loaded, tx, draw| {
            let assigned = loaded.case.assigned.get(&place.action);
            if !has(officer, HEAD) && assigned.is_some_and(|whose| *whose != officer.person.account) {
                return Err(Error::Desk(DeskProblem::NotAssigned));
            }
            let colleague = officers::in_force(tx, to, draw.now())?
                .filter(|other| other.body == officer.body && other.unit == officer.unit);
            let nobody = Error::Desk(DeskProblem::NoSuchOfficer);
            let Some(colleague) = colleague.filter(|_| to != loaded.row.account) else { return Err(nobody) };
            // Who may not act gets no work either.
            if standing::bar(tx, &colleague, (&rules, draw.now()))?.is_some() {
                return Err(nobody);
            }
            let (at, reason) = (at(officer, visit), reason.clone());
            Ok(Command::Assign { action: place.action, at, to, reason })
        })
        .await
    }
}
