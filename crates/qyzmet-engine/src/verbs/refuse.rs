//! `refuse`: the reasoned refusal, with the ground, the failed check and the register's answer [R58-A.5].

use qyzmet_domain::Refusal;

use super::Act;
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::At;
use crate::written::Keys;

/// Refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refuse;

impl Act for Refuse {
    const NEEDS: &'static [Branch] = &[];

    fn read(_fields: &Fields<'_>) -> Option<Self> {
        Some(Self)
    }

    fn keys(&self) -> Keys {
        Keys::default()
    }

    /// Without a failed check there is no ground, and without a ground no refusal: such a case stays where it is, for
    /// the checker to have prevented.
    fn run(&self, at: &At<'_>) -> Option<Event> {
        let failed = at.case.failed.as_ref()?;
        let ground = at.regulation.service.ground(&failed.ground);
        let refusal = Refusal {
            ground: failed.ground.clone(),
            clause: ground.map_or_else(|| failed.clause.clone(), |ground| ground.clause.clone()),
            evidence: failed.comparisons.iter().map(|comparison| comparison.evidence.clone()).collect(),
        };
        Some(Event::Refused { head: at.head(Branch::Ok), refusal, within_term: at.within_term() })
    }
}
