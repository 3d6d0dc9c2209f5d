//! Approval with the officer's own EDS over exactly the bytes that the page offers.

use askama::Template;
use axum::http::StatusCode;
use qyzmet_app::{
    DeskProblem, Error,
    desk::{ApproveWork, Place, ShowDecision, WorkView},
};

use super::{At, Trouble, outcome, view, visit_of};
use crate::{
    errors::Errors,
    files,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, page_with},
};

/// The page on which an officer signs.
#[derive(Template)]
#[template(path = "screens/desk/approve.html")]
pub(crate) struct Approve {
    pub(crate) f: Frame,
    pub(crate) view: WorkView,
    /// Whose certificate must sign.
    pub(crate) iin: String,
    pub(crate) agent: String,
    pub(crate) errors: Errors,
}

/// `GET /desk/{case}/{action}/approve`
pub(crate) async fn show(visit: Visit, At(place): At) -> Answer {
    draw(&visit, place, Errors::default()).await
}

/// `POST /desk/{case}/{action}/approve`
pub(crate) async fn send(visit: Visit, At(place): At, mut sent: Sent) -> Answer {
    let seen = visit_of(&sent);
    let Some(signature) = sent.take_signature() else {
        return draw(&visit, place, Errors::default().and(&visit, "signature", "signature-missing")).await;
    };
    match visit.run(ApproveWork { place, visit: seen, signature }).await {
        Err(Error::Signature(problem)) => {
            let errors = Errors::default().and(&visit, "signature", &format!("signature-{}", problem.key()));
            draw(&visit, place, errors).await
        }
        Err(Error::Desk(DeskProblem::NoAuthority)) => {
            draw_as(&visit, (place, StatusCode::CONFLICT), Errors::default()).await
        }
        done => {
            outcome(done, place, async |trouble: Trouble| {
                draw(&visit, place, trouble.beside(&visit, "signature")).await
            })
            .await
        }
    }
}

/// `GET /desk/{case}/{action}/decision.json`: exactly the bytes to sign.
pub(crate) async fn document(visit: Visit, At(place): At) -> Answer {
    Ok(files::download(visit.run(ShowDecision { place }).await?))
}

async fn draw(visit: &Visit, place: Place, errors: Errors) -> Answer {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    draw_as(visit, (place, status), errors).await
}

async fn draw_as(visit: &Visit, (place, status): (Place, StatusCode), errors: Errors) -> Answer {
    let view = view(visit, place).await?;
    let f = visit.frame("desk-approve-title").with_error(!errors.is_empty());
    let iin = visit.caller.session().map(|session| session.iin.as_str().to_owned()).unwrap_or_default();
    let agent = visit.site.settings.ncalayer_url.clone();
    page_with(status, &Approve { f, view, iin, agent, errors })
}
