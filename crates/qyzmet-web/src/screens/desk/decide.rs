//! A decision: all is in order, or a ground of refusal out of the list of the action, with what was found.

use askama::Template;
use qyzmet_app::{
    DeskProblem,
    desk::{DecideWork, Place, Verdict, WorkView},
};

use super::{At, Trouble, outcome, view, visit_of};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, page},
};

/// The value of the button that says that all is in order; no ground may have it.
const GRANTED: &str = ".granted";

/// The form of a decision.
#[derive(Template)]
#[template(path = "screens/desk/decide.html")]
pub(crate) struct Decide {
    pub(crate) f: Frame,
    pub(crate) view: WorkView,
    /// What was chosen.
    pub(crate) chosen: String,
    /// What was written.
    pub(crate) finding: String,
    pub(crate) errors: Errors,
}

impl Decide {
    /// Whether the action can be ended here as it should; one that is signed or received cannot.
    fn can_grant(&self) -> bool {
        self.view.task == "decide"
    }

    /// The first choice has the name of the group: there the summary of mistakes leads.
    fn id_of(&self, index: &usize, ground: &str) -> String {
        if *index == 0 && !self.can_grant() { "verdict".to_owned() } else { format!("verdict-{ground}") }
    }
}

/// `GET /desk/{case}/{action}/decide`
pub(crate) async fn show(visit: Visit, At(place): At) -> Answer {
    draw(&visit, place, (String::new(), String::new()), Errors::default()).await
}

/// `POST /desk/{case}/{action}/decide`
pub(crate) async fn send(visit: Visit, At(place): At, mut sent: Sent) -> Answer {
    let (seen, chosen, finding) = (visit_of(&sent), sent.take("verdict"), sent.take("finding"));
    if chosen.is_empty() {
        let errors = Trouble(DeskProblem::UnlistedGround).beside(&visit, "verdict");
        return draw(&visit, place, (chosen, finding), errors).await;
    }
    let verdict = match chosen.as_str() {
        GRANTED => Verdict::Granted,
        ground => Verdict::Refused { ground: ground.to_owned(), finding: finding.clone() },
    };
    let done = visit.run(DecideWork { place, visit: seen, verdict }).await;
    outcome(done, place, async |trouble: Trouble| {
        let field = if trouble.0 == DeskProblem::NoReason { "finding" } else { "verdict" };
        draw(&visit, place, (chosen, finding), trouble.beside(&visit, field)).await
    })
    .await
}

async fn draw(visit: &Visit, place: Place, typed: (String, String), errors: Errors) -> Answer {
    let view = view(visit, place).await?;
    let f = visit.frame("desk-decide-title").with_error(!errors.is_empty());
    let (chosen, finding) = typed;
    page(&Decide { f, view, chosen, finding, errors })
}
