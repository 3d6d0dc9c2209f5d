//! Taking in papers at a desk.

use askama::Template;
use qyzmet_app::desk::{ReceivePapers, WorkView};

use super::{At, outcome, view, visit_of};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, page},
};

/// The form with the papers.
#[derive(Template)]
#[template(path = "screens/desk/receive.html")]
pub(crate) struct Receive {
    pub(crate) f: Frame,
    pub(crate) view: WorkView,
    pub(crate) errors: Errors,
}

/// `GET /desk/{case}/{action}/receive`
pub(crate) async fn show(visit: Visit, At(place): At) -> Answer {
    let view = view(&visit, place).await?;
    draw(&visit, view, Errors::default())
}

/// `POST /desk/{case}/{action}/receive`
pub(crate) async fn send(visit: Visit, At(place): At, sent: Sent) -> Answer {
    let seen = visit_of(&sent);
    let view = view(&visit, place).await?;
    let papers = view.papers.iter().map(|paper| paper.id.clone());
    let papers = papers.filter(|id| sent.has(&format!("paper-{id}"))).collect();
    let done = visit.run(ReceivePapers { place, visit: seen, papers }).await;
    outcome(done, place, async |trouble| draw(&visit, view, trouble.beside(&visit, "papers"))).await
}

fn draw(visit: &Visit, view: WorkView, errors: Errors) -> Answer {
    let f = visit.frame("desk-receive-title").with_error(!errors.is_empty());
    page(&Receive { f, view, errors })
}
