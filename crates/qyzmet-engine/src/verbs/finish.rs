//! `finish`: the case ends with neither result nor refusal, for example after a wrong code [R58-9].

use super::Act;
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::At;
use crate::written::Keys;

/// Ends the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finish {
    /// The word for it; its text stands under `outcome.<word>`.
    pub outcome: String,
}

impl Act for Finish {
    const NEEDS: &'static [Branch] = &[];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        Some(Self { outcome: fields.need_text("outcome")? })
    }

    fn keys(&self) -> Keys {
        Keys::default().with("outcome", self.outcome.as_str())
    }

    fn uses(&self) -> Vec<super::Use> {
        vec![super::Use::Text(format!("outcome.{}", self.outcome))]
    }

    fn run(&self, at: &At<'_>) -> Option<Event> {
        let (outcome, within_term) = (self.outcome.clone(), at.within_term());
        Some(Event::Finished { head: at.head(Branch::Ok), outcome, within_term })
    }
}
