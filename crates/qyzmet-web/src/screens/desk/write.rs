//! Certificates go onto the visitor's card: the element writes them through the agent of the workstation and reads them back.

use askama::Template;
use axum::http::StatusCode;
use qyzmet_app::{
    Error,
    desk::{Place, ShowWriting, WorkView, Writable, WriteCertificates, WritingView},
};

use super::{At, Trouble, address, outcome, visit_of};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page_with},
};

/// The page on which a card is written.
#[derive(Template)]
#[template(path = "screens/desk/write.html")]
pub(crate) struct Write {
    pub(crate) f: Frame,
    pub(crate) view: WorkView,
    pub(crate) certificates: Vec<Writable>,
    pub(crate) errors: Errors,
    /// Address of the card agent.
    pub(crate) agent: String,
}

impl Write {
    /// What is to be written, as the element takes it.
    fn wanted(&self) -> String {
        let one = |wanted: &Writable| {
            serde_json::json!({
                "profile": wanted.profile,
                "name": wanted.name,
                "certificate": wanted.certificate,
            })
        };
        serde_json::Value::Array(self.certificates.iter().map(one).collect()).to_string()
    }
}

/// `GET /desk/{case}/{action}/write`
pub(crate) async fn show(visit: Visit, At(place): At) -> Answer {
    draw(&visit, place, Errors::default()).await
}

/// `POST /desk/{case}/{action}/write`: what the card gave back.
pub(crate) async fn send(visit: Visit, At(place): At, mut sent: Sent) -> Answer {
    let (seen, read_back) = (visit_of(&sent), sent.take("certificates"));
    let done = visit.run(WriteCertificates { place, visit: seen, read_back }).await;
    outcome(done, place, async |trouble: Trouble| {
        draw(&visit, place, trouble.beside(&visit, "certificates")).await
    })
    .await
}

async fn draw(visit: &Visit, place: Place, errors: Errors) -> Answer {
    let WritingView { work: view, certificates } =
        match visit.run(ShowWriting { place, locale: visit.locale }).await {
            Ok(shown) => shown,
            Err(Error::Late) => return go(&address(place)),
            Err(error) => return Err(error.into()),
        };
    let f = visit.frame("desk-write-title").with_form("form").with_error(!errors.is_empty());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let agent = visit.site.settings.card_agent_url.clone();
    page_with(status, &Write { f, view, certificates, errors, agent })
}
