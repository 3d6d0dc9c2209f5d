//! What all verbs of officers share: grounds to choose from, officers who may not act, and what their desk shows.

use qyzmet_domain::AccountId;

use super::Use;
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Task, Waiting, Work};
use crate::verbs::Verb;
use crate::written::Keys;
use crate::{Decision, Desk, Officer, Rejection};

/// The rules of an action at a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskRules {
    /// The unit at whose desk it is done, when that is not the unit of the action.
    pub unit: Option<String>,
    /// Grounds on which the officer can refuse.
    pub grounds: Vec<String>,
    /// Whose hand must be another one.
    pub apart: Apart,
}

/// Officers who may not do an action, because two are needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Apart {
    /// Any officer of the unit may.
    #[default]
    Nobody,
    /// All who have decided or approved before in the case.
    Earlier,
    /// Whoever did this action.
    Action(u32),
}

/// The longest finding or question of an officer that is kept, in characters.
pub(crate) const LONGEST_WORDS: usize = 2000;

/// The fact under which an officer's decision is evidence.
pub(crate) const DECISION: &str = "officer.decision";

impl DeskRules {
    pub(crate) fn read(fields: &Fields<'_>) -> Option<Self> {
        let grounds = if fields.has("grounds") { fields.need_texts("grounds") } else { Some(Vec::new()) };
        let desk = Self::of(fields);
        Some(Self { grounds: grounds?, ..desk })
    }

    /// Who may act, without grounds.
    pub(crate) fn of(fields: &Fields<'_>) -> Self {
        let second = fields.flag("second");
        let action = fields.number("apart-from");
        let apart = match (second, action) {
            (_, Some(action)) => Apart::Action(action),
            (Some(true), None) => Apart::Earlier,
            _ => Apart::Nobody,
        };
        Self { unit: None, grounds: Vec::new(), apart }
    }

    /// As an author writes them.
    pub(crate) fn keys(&self) -> Keys {
        let keys = Keys::default().with_texts("grounds", &self.grounds);
        match self.apart {
            Apart::Nobody => keys,
            Apart::Earlier => keys.with("second", true),
            Apart::Action(number) => keys.with("apart-from", number),
        }
    }

    pub(crate) fn uses(&self) -> Vec<Use> {
        let words = [format!("fact.{DECISION}"), "value.approved".to_owned()];
        let words = words.into_iter().filter(|_| !self.grounds.is_empty()).map(Use::Text);
        let apart = if let Apart::Action(number) = self.apart { Some(Use::Officer(number)) } else { None };
        self.grounds.iter().cloned().map(Use::Ground).chain(words).chain(apart).collect()
    }

    pub(crate) fn waits(&self, at: &At<'_>, task: Task, papers: &[String]) -> Waiting {
        Waiting::Desk(Work {
            action: at.action.number,
            unit: self.unit(at).to_owned(),
            task,
            papers: papers.to_vec(),
            grounds: self.grounds.clone(),
            may_ask: at.action.next.more.is_some(),
            apart_from: self.barred(at),
            assigned: at.case.assigned.get(&at.action.number).copied(),
            visit: at.visit(),
        })
    }

    /// The unit whose officers act here.
    fn unit<'a>(&'a self, at: &'a At<'_>) -> &'a str {
        self.unit.as_deref().unwrap_or(&at.action.unit)
    }

    /// Officers who may not act here.
    fn barred(&self, at: &At<'_>) -> Vec<AccountId> {
        let decides = |number: u32| {
            let verb = at.regulation.process.action(number).map(|action| &action.does);
            matches!(verb, Some(Verb::Decide(_) | Verb::Approve(_)))
        };
        let own = at.action.number;
        let steps = at.case.steps.iter().filter(|step| match self.apart {
            Apart::Nobody => false,
            Apart::Earlier => step.action != own && decides(step.action),
            Apart::Action(number) => step.action == number,
        });
        let mut barred: Vec<_> = steps.filter_map(|step| step.by.as_ref()).map(|by| by.id).collect();
        barred.sort_unstable();
        barred.dedup();
        barred
    }

    /// Whether this officer may act here, now.
    pub(crate) fn admit(&self, at: &At<'_>, desk: &Desk) -> Result<(), Rejection> {
        let action = at.action.number;
        of_unit((action, self.unit(at)), &desk.by)?;
        if at.case.assigned.get(&action).is_some_and(|assigned| *assigned != desk.by.id) {
            return Err(Rejection::NotAssigned(action));
        }
        if self.barred(at).contains(&desk.by.id) {
            return Err(Rejection::SameOfficer(action));
        }
        Ok(())
    }

    /// The event of a decision that leads to a refusal or back to the recipient; what is in order is the verb's own matter.
    pub(crate) fn against(&self, at: &At<'_>, desk: &Desk, decision: &Decision) -> Result<Event, Rejection> {
        let by = desk.by.clone();
        match decision {
            Decision::Violation { ground, finding } => {
                if !self.grounds.contains(ground) {
                    return Err(Rejection::UnlistedGround {
                        action: at.action.number,
                        ground: ground.clone(),
                    });
                }
                said(finding)?;
                let comparison = at.failure(DECISION, "approved", finding, ground);
                Ok(Event::Decided { head: at.head(Branch::Violation), by, comparison: Some(comparison) })
            }
            Decision::More { question } if at.action.next.more.is_some() => {
                said(question)?;
                Ok(Event::Asked { head: at.head(Branch::More), by, question: question.clone() })
            }
            Decision::More { .. } | Decision::Ok => Err(at.not_waiting()),
        }
    }
}

/// An officer acts for the unit of the work and for no other.
pub(crate) fn of_unit((action, unit): (u32, &str), by: &Officer) -> Result<(), Rejection> {
    if by.unit == unit { Ok(()) } else { Err(Rejection::WrongUnit(action)) }
}

/// Words that a person can be told: there, and not without end.
pub(crate) fn said(words: &str) -> Result<(), Rejection> {
    let is_sound = !words.trim().is_empty() && words.chars().count() <= LONGEST_WORDS;
    if is_sound { Ok(()) } else { Err(Rejection::NoReason(LONGEST_WORDS)) }
}
