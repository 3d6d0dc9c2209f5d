//! `call`: an operation of the portal is called, for example the linking of a number.

use std::collections::BTreeMap;

use super::{Act, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Calls an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub operation: String,
    /// What it is given: parameter and fact.
    pub with: BTreeMap<String, String>,
    /// The subject under whose name the facts stand that it answers with.
    pub gives: Option<String>,
    /// The ground of refusal when it may not be done.
    pub ground: Option<String>,
}

impl Call {
    /// What it has answered, as facts of the case: under the name of its subject. Where none is named, nothing is kept.
    #[must_use]
    pub fn facts(&self, answer: BTreeMap<String, String>) -> BTreeMap<String, String> {
        let Some(subject) = &self.gives else { return BTreeMap::new() };
        answer.into_iter().map(|(name, value)| (format!("{subject}.{name}"), value)).collect()
    }
}

impl Act for Call {
    const NEEDS: &'static [Branch] = &[Branch::Ok];
    const MAY: &'static [Branch] = &[Branch::Violation];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (operation, with) = (fields.need_text("operation"), fields.words("with"));
        let (gives, ground) = (fields.text("gives"), fields.text("ground"));
        Some(Self { operation: operation?, with: with.unwrap_or_default(), gives, ground })
    }

    fn keys(&self) -> Keys {
        Keys::default()
            .with("operation", self.operation.as_str())
            .with_words("with", &self.with)
            .with_some("gives", self.gives.clone())
            .with_some("ground", self.ground.clone())
    }

    fn uses(&self) -> Vec<Use> {
        let words = |_: &String| ["fact.operation", "value.done"].map(|key| Use::Text(key.to_owned()));
        let words = self.ground.iter().flat_map(words);
        let facts = self.with.values().cloned().map(Use::Fact);
        facts.chain(self.ground.iter().cloned().map(Use::Ground)).chain(words).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        if self.ground.is_some() { &[Branch::Violation] } else { &[] }
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        let (action, operation) = (at.action.number, self.operation.clone());
        Some(Waiting::Call { action, operation, with: at.facts(&self.with) })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        match command {
            Command::Done { facts, .. } => {
                at.foreign(facts)?;
                Ok(Event::Done { head: at.head(Branch::Ok), facts: facts.clone() })
            }
            Command::Deny { reason, .. } if at.action.next.violation.is_some() => {
                let failure = |ground: &String| at.failure("operation", "done", reason.as_str(), ground);
                let comparison = self.ground.as_ref().map(failure);
                Ok(Event::Denied { head: at.head(Branch::Violation), reason: *reason, comparison })
            }
            _ => Err(at.not_waiting()),
        }
    }
}
