//! `issue`: the positive result is made, numbered and signed; the case ends [R58-A.5].

use super::Act;
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::{Command, Rejection};

/// Issues the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue;

impl Act for Issue {
    const NEEDS: &'static [Branch] = &[];

    fn read(_fields: &Fields<'_>) -> Option<Self> {
        Some(Self)
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        Some(Waiting::Issue { action: at.action.number })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        let Command::Done { facts, .. } = command else { return Err(at.not_waiting()) };
        at.foreign(facts)?;
        Ok(Event::Issued { head: at.head(Branch::Ok), facts: facts.clone(), within_term: at.within_term() })
    }
}
