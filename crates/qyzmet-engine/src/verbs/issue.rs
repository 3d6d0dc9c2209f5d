//! `issue`: the positive result is made, numbered and signed; the case ends [R58-A.5].

use std::collections::BTreeMap;

use super::{Act, Call, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Issues the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The operation that brings about what the result tells of: it is called first, in the same action [R839-6.P11].
    pub call: Option<Call>,
}

impl Act for Issue {
    const NEEDS: &'static [Branch] = &[];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let call = if fields.has("operation") { Call::read(fields).map(Some) } else { Some(None) };
        Some(Self { call: call? })
    }

    fn keys(&self) -> Keys {
        self.call.as_ref().map(Act::keys).unwrap_or_default()
    }

    fn uses(&self) -> Vec<Use> {
        self.call.as_ref().map(Act::uses).unwrap_or_default()
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        match &self.call {
            Some(call) if !is_called(at) => call.waits(at),
            _ => Some(Waiting::Issue { action: at.action.number }),
        }
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        let Command::Done { facts, .. } = command else { return Err(at.not_waiting()) };
        at.foreign(facts)?;
        let mut facts: BTreeMap<_, _> = facts.clone();
        if self.call.is_some() && !is_called(at) {
            facts.insert(mark(at), "done".to_owned());
            return Ok(Event::Done { head: at.stay(), facts });
        }
        Ok(Event::Issued { head: at.head(Branch::Ok), facts, within_term: at.within_term() })
    }
}

/// The fact that keeps, between the two halves of the action, that the operation is done.
fn mark(at: &At<'_>) -> String {
    format!("called.{}", at.action.number)
}

fn is_called(at: &At<'_>) -> bool {
    at.fact(&mark(at)).is_some()
}
