//! An officer takes in papers, decides, or asks the recipient for more [R1116-7.11].

use qyzmet_domain::{DocumentId, conduct::RetentionClass};
use qyzmet_engine::{Command, Decision};

use super::load::{Place, at, command};
use crate::{Access, Cx, Error, UseCase, conduct::accept_papers};

/// Takes in papers at a desk.
pub struct ReceivePapers {
    /// The work.
    pub place: Place,
    /// The visit that the page showed.
    pub visit: u32,
    /// Ids of the papers that were handed over.
    pub papers: Vec<String>,
}

impl UseCase for ReceivePapers {
    type Output = ();
    const NAME: &'static str = "receive-papers";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (Self { place, visit, papers }, app) = (self, cx.app.clone());
        command(&cx, place, move |officer, loaded, tx, draw| {
            let (action, papers) = (place.action, papers.clone());
            let owner = loaded.case.id.to_string();
            let kinds: Vec<(&str, Option<DocumentId>)> =
                papers.iter().map(|paper| (paper.as_str(), None)).collect();
            accept_papers(tx, &app, (&owner, RetentionClass::Service), &kinds, draw.now())?;
            Ok(Command::Receive { action, at: at(officer, visit), papers })
        })
        .await
    }
}

/// What an officer decides.
#[derive(Clone)]
pub enum Verdict {
    /// All is as it should be.
    Granted,
    /// A ground of refusal holds.
    Refused {
        /// The ground, out of those of the action.
        ground: String,
        /// What the officer has found.
        finding: String,
    },
}

/// Decides.
pub struct DecideWork {
    /// The work.
    pub place: Place,
    /// The visit that the page showed.
    pub visit: u32,
    /// What.
    pub verdict: Verdict,
}

impl UseCase for DecideWork {
    type Output = ();
    const NAME: &'static str = "decide-work";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let Self { place, visit, verdict } = self;
        command(&cx, place, move |officer, _, _, _| {
            let decision = match verdict.clone() {
                Verdict::Granted => Decision::Ok,
                Verdict::Refused { ground, finding } => Decision::Violation { ground, finding },
            };
            Ok(Command::Decide { action: place.action, at: at(officer, visit), decision })
        })
        .await
    }
}

/// Asks the recipient for more; the term rests until the answer.
pub struct AskForMore {
    /// The work.
    pub place: Place,
    /// The visit that the page showed.
    pub visit: u32,
    /// What is asked.
    pub question: String,
}

impl UseCase for AskForMore {
    type Output = ();
    const NAME: &'static str = "ask-for-more";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let Self { place, visit, question } = self;
        command(&cx, place, move |officer, _, _, _| {
            let decision = Decision::More { question: question.clone() };
            Ok(Command::Decide { action: place.action, at: at(officer, visit), decision })
        })
        .await
    }
}
