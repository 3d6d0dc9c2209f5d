//! `issue`: the positive result is made, numbered and signed; the case ends [R58-A.5]. What it brings may first be written at a
//! desk onto something that the recipient holds [R839-9.P10].

use std::collections::BTreeMap;

use super::desk::DeskRules;
use super::{Act, Call, Use, Verb};
use crate::event::{Event, Head};
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Task, Waiting};
use crate::written::Keys;
use crate::{Command, Denial, Rejection};

/// Issues the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The operation that brings about what the result tells of: it is called first, in the same action [R839-6.P11].
    pub call: Option<Call>,
    /// The unit at whose desk it is written onto what the recipient holds, before the case ends.
    pub desk: DeskRules,
}

impl Act for Issue {
    const NEEDS: &'static [Branch] = &[];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let call = if fields.has("operation") { Call::read(fields).map(Some) } else { Some(None) };
        let desk = DeskRules { unit: fields.text("desk"), ..DeskRules::default() };
        Some(Self { call: call?, desk })
    }

    fn keys(&self) -> Keys {
        let keys = self.call.as_ref().map(Act::keys).unwrap_or_default();
        keys.with_some("desk", self.desk.unit.clone())
    }

    fn uses(&self) -> Vec<Use> {
        let uses = self.call.as_ref().map(Act::uses).unwrap_or_default();
        uses.into_iter().chain(self.desk.unit.iter().cloned().map(Use::Desk)).collect()
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        match &self.call {
            Some(call) if !is_done(at, CALLED) => call.waits(at),
            _ if self.is_to_be_written(at) => Some(self.desk.waits(at, Task::Write, &[])),
            _ => Some(Waiting::Issue { action: at.action.number }),
        }
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        let called = self.call.is_none() || is_done(at, CALLED);
        if called && self.is_to_be_written(at) {
            let Command::Write { at: desk, .. } = command else { return Err(at.not_waiting()) };
            self.desk.admit(at, desk)?;
            return Ok(Event::Written { head: at.stay(), by: desk.by.clone() });
        }
        if let (Command::Deny { reason, .. }, false) = (command, called) {
            return not_allowed(at, *reason);
        }
        let Command::Done { facts, .. } = command else { return Err(at.not_waiting()) };
        at.foreign(facts)?;
        let mut facts: BTreeMap<_, _> = facts.clone();
        if !called {
            facts.insert(mark(CALLED, at.action.number), "done".to_owned());
            return Ok(Event::Done { head: at.stay(), facts });
        }
        Ok(Event::Issued { head: at.head(Branch::Ok), facts, within_term: at.within_term() })
    }
}

impl Issue {
    fn is_to_be_written(&self, at: &At<'_>) -> bool {
        self.desk.unit.is_some() && !is_done(at, WRITTEN)
    }
}

/// What is to be brought about may not be after all: the condition that let the case come here does not hold, so the case
/// goes where a violation of that condition leads [R839-6.P10]. A table that checks nothing by a `call` has no such way.
fn not_allowed(at: &At<'_>, reason: Denial) -> Result<Event, Rejection> {
    let condition = |number: u32| {
        let action = at.regulation.process.action(number)?;
        let Verb::Call(Call { ground, .. }) = &action.does else { return None };
        Some((action.next.violation?, ground.as_deref()?))
    };
    let passed = at.case.steps.iter().rev().find_map(|step| condition(step.action));
    let (next, ground) = passed.ok_or_else(|| at.not_waiting())?;
    let head = Head { next: vec![next], ..at.head(Branch::Violation) };
    let comparison = Some(at.failure("operation", "done", reason.as_str(), ground));
    Ok(Event::Denied { head, reason, comparison })
}

/// The first part of the action: the operation is done.
const CALLED: &str = "called";
/// The second part: what came of it is written at a desk.
pub(crate) const WRITTEN: &str = "written";

/// The fact that keeps, between the parts of the action, that one of them is done.
pub(crate) fn mark(part: &str, action: u32) -> String {
    format!("{part}.{action}")
}

fn is_done(at: &At<'_>, part: &str) -> bool {
    at.fact(&mark(part, at.action.number)).is_some()
}
