//! The terms of a case: which run, from which event, by which clause, when they are over, and how that was reckoned.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use jiff::Timestamp;
use qyzmet_domain::calendar::{
    Calendar, Clock, Count, Escalation, EscalationRules, Pause, Reckoning, WorkingTime, escalations, reckon,
    reckon_running,
};
use qyzmet_domain::{Clause, Term};
use serde::{Deserialize, Serialize};

use crate::process::{Action, UnitKind};
use crate::{Case, Regulation};

/// Whose term it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The service as a whole: from acceptance to the end.
    Service,
    /// One action under way: from the moment when the case came to it.
    Action(u32),
}

/// A term that runs in a case, reckoned: every date that a person sees opens one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueMoment {
    /// Whose term it is.
    pub scope: Scope,
    /// The clause that sets it; a service may name none.
    pub clause: Option<Clause>,
    /// Start, rule, skipped days, rests, end.
    pub reckoning: Reckoning,
    /// When the head of the unit is told.
    pub escalations: Vec<Escalation>,
}

/// What an amendment of the calendar has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recomputed {
    /// When it was due before.
    pub before: Option<Timestamp>,
    /// The same term now.
    pub now: DueMoment,
}

/// All terms that run in a case: that of the service first, then those of the actions under way, each in its order. None
/// when the case has ended.
#[must_use]
pub fn due_moments(
    regulation: &Regulation,
    case: &Case,
    calendar: &Calendar,
    rules: &EscalationRules,
) -> Vec<DueMoment> {
    if case.is_finished() {
        return Vec::new();
    }
    let paused = pauses(regulation, case);
    let service = Measure::of_service(regulation, case, &paused);
    let actions = case.current.iter().filter_map(|number| regulation.process.action(*number));
    let actions = actions.filter_map(|action| Measure::of_action(regulation, case, action));
    service.into_iter().chain(actions).map(|measure| measure.due(calendar, rules)).collect()
}

/// The terms of a running case that an amendment of the calendar has moved, with what they were before. Pure: the caller
/// keeps the new moments and writes the journal.
#[must_use]
pub fn recomputed(
    regulation: &Regulation,
    case: &Case,
    (old, new): (&Calendar, &Calendar),
    rules: &EscalationRules,
) -> Vec<Recomputed> {
    let before = due_moments(regulation, case, old, rules);
    let now = due_moments(regulation, case, new, rules);
    let pairs = before.into_iter().zip(now).filter(|(before, now)| before != now);
    pairs.map(|(before, now)| Recomputed { before: before.reckoning.due_at, now }).collect()
}

/// When the term of the service rested or rests: after acceptance, while every action under way is the recipient's own.
#[must_use]
pub fn pauses(regulation: &Regulation, case: &Case) -> Vec<Pause> {
    let Some(accepted_at) = case.accepted_at else { return Vec::new() };
    let of_person = |number: &u32| {
        let action = regulation.process.action(*number);
        let unit = action.and_then(|action| regulation.process.unit(&action.unit));
        unit.is_some_and(|unit| unit.kind == UnitKind::Person)
    };
    let behind = case.steps.iter().filter(|step| step.began_at >= accepted_at && of_person(&step.action));
    let mut pauses: Vec<Pause> = Vec::new();
    for step in behind.filter(|step| step.began_at < step.done_at) {
        match pauses.last_mut() {
            Some(last) if last.until == Some(step.began_at) => last.until = Some(step.done_at),
            _ => pauses.push(Pause { from: step.began_at, until: Some(step.done_at) }),
        }
    }
    if !case.current.is_empty() && case.current.iter().all(of_person) {
        let from = case.reached_at().max(accepted_at);
        match pauses.last_mut() {
            Some(last) if last.until == Some(from) => last.until = None,
            _ => pauses.push(Pause { from, until: None }),
        }
    }
    pauses
}

/// A term that is to be reckoned, with what it needs.
pub(crate) struct Measure<'a> {
    scope: Scope,
    clause: Option<&'a Clause>,
    began_at: Timestamp,
    term: Term,
    clock: Clock,
    working: Cow<'a, WorkingTime>,
    paused: &'a [Pause],
}

impl<'a> Measure<'a> {
    /// The term of the service, once its request is accepted.
    pub(crate) fn of_service(regulation: &'a Regulation, case: &Case, paused: &'a [Pause]) -> Option<Self> {
        let term = &regulation.service.term;
        Some(Self {
            scope: Scope::Service,
            clause: term.clause.as_ref(),
            began_at: case.accepted_at?,
            term: term.limit,
            clock: term.clock(),
            working: Cow::Owned(WorkingTime::default()),
            paused,
        })
    }

    /// The term of an action under way, when the act sets one. It does not rest: it is the recipient's, or somebody works.
    pub(crate) fn of_action(regulation: &'a Regulation, case: &Case, action: &'a Action) -> Option<Self> {
        Some(Self {
            scope: Scope::Action(action.number),
            clause: Some(&action.clause),
            began_at: case.reached_at(),
            term: action.term?,
            clock: regulation.process.clock(action),
            working: regulation.process.working_time(action),
            paused: &[],
        })
    }

    fn count(&self) -> Count<'_> {
        let Self { began_at, term, clock, paused, .. } = *self;
        Count { began_at, term, clock, working: &self.working, paused }
    }

    /// Reckoned; nothing when it needs a calendar and there is none.
    pub(crate) fn reckon(&self, calendar: Option<&Calendar>) -> Option<Reckoning> {
        match calendar {
            Some(calendar) => Some(reckon(&self.count(), calendar)),
            None => reckon_running(&self.count()),
        }
    }

    fn due(&self, calendar: &Calendar, rules: &EscalationRules) -> DueMoment {
        DueMoment {
            scope: self.scope,
            clause: self.clause.cloned(),
            reckoning: reckon(&self.count(), calendar),
            escalations: escalations(&self.count(), calendar, rules),
        }
    }
}
