//! `call`: an operation of the portal is called, for example the linking of a number.

use std::collections::BTreeMap;

use super::{Act, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::{Command, Rejection};

/// Calls an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub operation: String,
    /// What it is given: parameter and fact.
    pub with: BTreeMap<String, String>,
}

impl Act for Call {
    const NEEDS: &'static [Branch] = &[Branch::Ok];
    const MAY: &'static [Branch] = &[Branch::Violation];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (operation, with) = (fields.need_text("operation"), fields.words("with"));
        Some(Self { operation: operation?, with: with.unwrap_or_default() })
    }

    fn uses(&self) -> Vec<Use> {
        self.with.values().cloned().map(Use::Fact).collect()
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
                Ok(Event::Denied { head: at.head(Branch::Violation), reason: *reason })
            }
            _ => Err(at.not_waiting()),
        }
    }
}
