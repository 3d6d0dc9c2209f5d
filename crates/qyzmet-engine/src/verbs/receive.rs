//! `receive`: an officer takes in papers at a desk and gives a receipt [R839-6.P8].

use super::desk::DeskRules;
use super::{Act, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Task, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Takes in papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receive {
    /// Which; their names stand under `paper.<id>`.
    pub papers: Vec<String>,
    /// On what the officer can refuse, and who may act.
    pub desk: DeskRules,
}

impl Act for Receive {
    const NEEDS: &'static [Branch] = &[Branch::Ok];
    const MAY: &'static [Branch] = &[Branch::Violation, Branch::More];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (papers, desk) = (fields.need_texts("papers"), DeskRules::read(fields));
        Some(Self { papers: papers?, desk: desk? })
    }

    fn keys(&self) -> Keys {
        self.desk.keys().with("papers", self.papers.clone())
    }

    fn uses(&self) -> Vec<Use> {
        let papers = self.papers.iter().map(|paper| Use::Text(format!("paper.{paper}")));
        papers.chain(self.desk.uses()).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        if !self.desk.grounds.is_empty() { &[Branch::Violation] } else { &[] }
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        Some(self.desk.waits(at, Task::Receive, &self.papers))
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        match command {
            Command::Receive { at: desk, papers, .. } => {
                self.desk.admit(at, desk)?;
                let missing = self.papers.iter().filter(|paper| !papers.contains(paper));
                let missing: Vec<_> = missing.cloned().collect();
                if !missing.is_empty() {
                    return Err(Rejection::PapersMissing(missing));
                }
                let (by, papers) = (desk.by.clone(), self.papers.clone());
                Ok(Event::Received { head: at.head(Branch::Ok), by, papers, accepts: at.accepts() })
            }
            Command::Decide { at: desk, decision, .. } => {
                self.desk.admit(at, desk)?;
                self.desk.against(at, desk, decision)
            }
            _ => Err(at.not_waiting()),
        }
    }
}
