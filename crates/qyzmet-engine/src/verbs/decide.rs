//! `decide`: an officer looks at the case and decides, on a ground out of a list when not as asked [R1116-7.11].

use super::desk::DeskRules;
use super::{Act, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Task, Waiting};
use crate::written::Keys;
use crate::{Command, Decision, Rejection};

/// Lets an officer decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decide {
    /// On what the officer can refuse, and who may act.
    pub desk: DeskRules,
}

impl Act for Decide {
    const NEEDS: &'static [Branch] = &[Branch::Ok, Branch::Violation];
    const MAY: &'static [Branch] = &[Branch::More];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (grounds, desk) = (fields.need_texts("grounds"), DeskRules::of(fields));
        Some(Self { desk: DeskRules { grounds: grounds?, ..desk } })
    }

    fn keys(&self) -> Keys {
        self.desk.keys()
    }

    fn uses(&self) -> Vec<Use> {
        self.desk.uses()
    }

    fn grounded(&self) -> &'static [Branch] {
        &[Branch::Violation]
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        Some(self.desk.waits(at, Task::Decide, &[]))
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        let Command::Decide { at: desk, decision, .. } = command else { return Err(at.not_waiting()) };
        self.desk.admit(at, desk)?;
        match decision {
            Decision::Ok => {
                let by = desk.by.clone();
                Ok(Event::Decided { head: at.head(Branch::Ok), by, comparison: None })
            }
            Decision::Violation { .. } | Decision::More { .. } => self.desk.against(at, desk, decision),
        }
    }
}
