//! `receive`: an officer takes in papers at a desk and gives a receipt [R839-6.P8].

use super::desk::DeskRules;
use super::{Act, Premise, Use};
use crate::event::Event;
use crate::finding::FindingKind;
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
    /// Those of them that nobody brings for whom something is known already.
    pub spared: Vec<Spared>,
    /// On what the officer can refuse, and who may act.
    pub desk: DeskRules,
}

/// A paper that is not asked for where a fact holds: a register has said what it would prove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spared {
    /// The paper.
    pub paper: String,
    /// What must hold.
    pub when: Premise,
}

impl Act for Receive {
    const NEEDS: &'static [Branch] = &[Branch::Ok];
    const MAY: &'static [Branch] = &[Branch::Violation, Branch::More];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (papers, desk) = (fields.need_texts("papers"), DeskRules::read(fields));
        let tables = if fields.has("spared") { fields.tables("spared") } else { Vec::new() };
        let spared: Vec<_> = tables.iter().map(Spared::read).collect();
        let (papers, spared) = (papers?, spared.into_iter().collect::<Option<Vec<_>>>()?);
        for other in spared.iter().filter(|spared| !papers.contains(&spared.paper)) {
            let words = format!("`{}` is spared and is none of the `papers`", other.paper);
            fields.report(&fields.place_of("spared"), FindingKind::UnknownName, words);
        }
        Some(Self { papers, spared, desk: desk? })
    }

    fn keys(&self) -> Keys {
        let keys = self.desk.keys().with("papers", self.papers.clone());
        keys.with_tables("spared", self.spared.iter().map(Spared::keys))
    }

    fn uses(&self) -> Vec<Use> {
        let papers = self.papers.iter().map(|paper| Use::Text(format!("paper.{paper}")));
        let facts = self.spared.iter().flat_map(|spared| spared.when.uses());
        papers.chain(facts).chain(self.desk.uses()).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        if !self.desk.grounds.is_empty() { &[Branch::Violation] } else { &[] }
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        Some(self.desk.waits(at, Task::Receive, &self.wanted(at)))
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        match command {
            Command::Receive { at: desk, papers, .. } => {
                self.desk.admit(at, desk)?;
                let wanted = self.wanted(at);
                let missing: Vec<_> =
                    wanted.iter().filter(|paper| !papers.contains(paper)).cloned().collect();
                if !missing.is_empty() {
                    return Err(Rejection::PapersMissing(missing));
                }
                let by = desk.by.clone();
                Ok(Event::Received { head: at.head(Branch::Ok), by, papers: wanted, accepts: at.accepts() })
            }
            Command::Decide { at: desk, decision, .. } => {
                self.desk.admit(at, desk)?;
                self.desk.against(at, desk, decision)
            }
            _ => Err(at.not_waiting()),
        }
    }
}

impl Receive {
    /// The papers that this case brings.
    pub(crate) fn wanted(&self, at: &At<'_>) -> Vec<String> {
        let is_spared =
            |paper: &String| self.spared.iter().any(|spared| spared.paper == *paper && spared.when.holds(at));
        self.papers.iter().filter(|paper| !is_spared(paper)).cloned().collect()
    }
}

impl Spared {
    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (paper, when) = (fields.need_text("paper"), Premise::read(fields));
        fields.finish();
        Some(Self { paper: paper?, when: when? })
    }

    fn keys(&self) -> Keys {
        self.when.keys().with("paper", self.paper.as_str())
    }
}
