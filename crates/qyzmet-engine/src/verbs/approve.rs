//! `approve`: an officer confirms with the own EDS, perhaps as the second of two [R839-6.P9, R839-5.15].

use qyzmet_domain::Means;

use super::desk::DeskRules;
use super::{Act, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Task, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Lets an officer approve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approve {
    /// On what the officer can refuse, and who may act.
    pub desk: DeskRules,
}

impl Act for Approve {
    const NEEDS: &'static [Branch] = &[Branch::Ok];
    const MAY: &'static [Branch] = &[Branch::Violation, Branch::More];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        Some(Self { desk: DeskRules::read(fields)? })
    }

    fn keys(&self) -> Keys {
        self.desk.keys()
    }

    fn uses(&self) -> Vec<Use> {
        self.desk.uses()
    }

    fn grounded(&self) -> &'static [Branch] {
        if !self.desk.grounds.is_empty() { &[Branch::Violation] } else { &[] }
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        Some(self.desk.waits(at, Task::Approve, &[]))
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        match command {
            Command::Approve { at: desk, proof, .. } => {
                self.desk.admit(at, desk)?;
                if !proof.means.contains(&Means::Eds) {
                    return Err(Rejection::Unproven(vec![Means::Eds]));
                }
                if proof.signer.is_none() {
                    return Err(Rejection::UnknownSigner);
                }
                let (by, proof) = (desk.by.clone(), proof.clone());
                Ok(Event::Approved { head: at.head(Branch::Ok), by, proof })
            }
            Command::Decide { at: desk, decision, .. } => {
                self.desk.admit(at, desk)?;
                self.desk.against(at, desk, decision)
            }
            _ => Err(at.not_waiting()),
        }
    }
}
