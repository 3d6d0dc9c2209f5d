//! Papers that are printed for a case: the application with its unique number [R839-6.P5], and the receipt on the papers that
//! an operator has taken in [R839-6.P8].

mod content;
mod download;

use qyzmet_engine::{Branch, Case, Channel, Regulation, Step, Verb, papers_wanted};
use serde::{Deserialize, Serialize};

pub use download::DownloadPaper;
pub(crate) use download::{PrintPaper, paper_of};

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// What the recipient hands in with the other papers.
    Application,
    /// What the recipient gets for them.
    Receipt,
}

impl Paper {
    /// Its word: in addresses, names of files and locales.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Receipt => "receipt",
        }
    }
}

/// The papers that a case has now: an application where papers are handed in under a number, a receipt once they are.
pub(crate) fn papers_of(regulation: &Regulation, case: &Case) -> Vec<Paper> {
    let mut papers = Vec::new();
    if case.number.is_some() && taken_in(regulation, case).is_some() {
        papers.push(Paper::Application);
    }
    if received(regulation, case).is_some() {
        papers.push(Paper::Receipt);
    }
    papers
}

/// Whether an action gives the request its number, under which its papers go.
pub(crate) fn gives_number(regulation: &Regulation, action: u32) -> bool {
    regulation.process.action(action).is_some_and(|action| matches!(action.does, Verb::Number(_)))
}

/// The papers that the table has an operator take in from this case.
fn taken_in(regulation: &Regulation, case: &Case) -> Option<Vec<String>> {
    regulation.process.actions.iter().find_map(|action| papers_at(regulation, case, action.number))
}

/// What is handed in with the application: the papers of the table, or nothing where a visitor signs it at the desk [R839-9.P7].
fn handed_in(regulation: &Regulation, case: &Case) -> Option<Vec<String>> {
    let at_the_desk = (case.channel == Channel::ServiceCentre).then(Vec::new);
    taken_in(regulation, case).or(at_the_desk)
}

fn papers_at(regulation: &Regulation, case: &Case, action: u32) -> Option<Vec<String>> {
    let receives = matches!(regulation.process.action(action)?.does, Verb::Receive(_));
    receives.then(|| papers_wanted(regulation, case, action))
}

/// The step at which papers were taken in last, with the papers.
fn received<'a>(regulation: &Regulation, case: &'a Case) -> Option<(&'a Step, Vec<String>)> {
    case.steps.iter().rev().filter(|step| step.branch == Branch::Ok).find_map(|step| {
        let papers = papers_at(regulation, case, step.action)?;
        step.by.as_ref()?;
        Some((step, papers))
    })
}
