//! Giving work to another officer of the unit, with a reason.

use askama::Template;
use qyzmet_app::{
    DeskProblem,
    desk::{AssignWork, Place, WorkView},
};

use super::{At, Trouble, outcome, view, visit_of};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, page},
};

/// The form.
#[derive(Template)]
#[template(path = "screens/desk/assign.html")]
pub(crate) struct Assign {
    pub(crate) f: Frame,
    pub(crate) view: WorkView,
    pub(crate) chosen: String,
    pub(crate) reason: String,
    pub(crate) errors: Errors,
}

/// `GET /desk/{case}/{action}/assign`
pub(crate) async fn show(visit: Visit, At(place): At) -> Answer {
    draw(&visit, place, (String::new(), String::new()), Errors::default()).await
}

/// `POST /desk/{case}/{action}/assign`
pub(crate) async fn send(visit: Visit, At(place): At, mut sent: Sent) -> Answer {
    let (seen, chosen, reason) = (visit_of(&sent), sent.take("to"), sent.take("reason"));
    let Ok(to) = chosen.parse() else {
        let errors = Trouble(DeskProblem::NoSuchOfficer).beside(&visit, "to");
        return draw(&visit, place, (chosen, reason), errors).await;
    };
    let done = visit.run(AssignWork { place, visit: seen, to, reason: reason.clone() }).await;
    outcome(done, place, async |trouble: Trouble| {
        let field = if trouble.0 == DeskProblem::NoReason { "reason" } else { "to" };
        draw(&visit, place, (chosen, reason), trouble.beside(&visit, field)).await
    })
    .await
}

async fn draw(visit: &Visit, place: Place, typed: (String, String), errors: Errors) -> Answer {
    let view = view(visit, place).await?;
    let f = visit.frame("desk-assign-title").with_error(!errors.is_empty());
    let (chosen, reason) = typed;
    page(&Assign { f, view, chosen, reason, errors })
}
