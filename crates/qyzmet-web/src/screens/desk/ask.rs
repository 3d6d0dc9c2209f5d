//! A request for more information: the term rests until the recipient answers.

use askama::Template;
use qyzmet_app::desk::{AskForMore, Place, WorkView};

use super::{At, Trouble, outcome, view, visit_of};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, page},
};

/// The form of the question.
#[derive(Template)]
#[template(path = "screens/desk/ask.html")]
pub(crate) struct Ask {
    pub(crate) f: Frame,
    pub(crate) view: WorkView,
    pub(crate) question: String,
    pub(crate) errors: Errors,
}

/// `GET /desk/{case}/{action}/ask`
pub(crate) async fn show(visit: Visit, At(place): At) -> Answer {
    draw(&visit, place, String::new(), Errors::default()).await
}

/// `POST /desk/{case}/{action}/ask`
pub(crate) async fn send(visit: Visit, At(place): At, mut sent: Sent) -> Answer {
    let (seen, question) = (visit_of(&sent), sent.take("question"));
    let done = visit.run(AskForMore { place, visit: seen, question: question.clone() }).await;
    outcome(done, place, async |trouble: Trouble| {
        draw(&visit, place, question, trouble.beside(&visit, "question")).await
    })
    .await
}

async fn draw(visit: &Visit, place: Place, question: String, errors: Errors) -> Answer {
    let view = view(visit, place).await?;
    let f = visit.frame("desk-ask-title").with_error(!errors.is_empty());
    page(&Ask { f, view, question, errors })
}
