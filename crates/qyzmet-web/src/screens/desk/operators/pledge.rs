//! The pledge of an operator, signed with the own EDS over exactly the bytes that the page offers.

use askama::Template;
use axum::http::StatusCode;
use qyzmet_app::{
    Error,
    conduct::{ShowPledge, SignPledge},
};

use crate::{
    errors::Errors,
    files,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page_with},
};

/// The page on which an operator signs.
#[derive(Template)]
#[template(path = "screens/desk/operators/pledge.html")]
pub(crate) struct Pledge {
    pub(crate) f: Frame,
    /// Whose certificate must sign.
    pub(crate) iin: String,
    pub(crate) agent: String,
    pub(crate) errors: Errors,
}

/// `GET /desk/operators/own/pledge`
pub(crate) async fn show(visit: Visit) -> Answer {
    draw(&visit, Errors::default()).await
}

/// `POST /desk/operators/own/pledge`
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    let Some(signature) = sent.take_signature() else {
        return draw(&visit, Errors::default().and(&visit, "signature", "signature-missing")).await;
    };
    match visit.run(SignPledge { signature }).await {
        Ok(()) => go("/desk/operators/own"),
        Err(Error::Signature(problem)) => {
            let key = format!("signature-{}", problem.key());
            draw(&visit, Errors::default().and(&visit, "signature", &key)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /desk/operators/own/pledge.json`: exactly the bytes to sign.
pub(crate) async fn document(visit: Visit) -> Answer {
    Ok(files::download(visit.run(ShowPledge).await?))
}

async fn draw(visit: &Visit, errors: Errors) -> Answer {
    // Whoever has nothing to pledge finds no page.
    visit.run(ShowPledge).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let f = visit.frame("pledge-title").with_error(!errors.is_empty());
    let iin = visit.caller.session().map(|session| session.iin.as_str().to_owned()).unwrap_or_default();
    let agent = visit.site.settings.ncalayer_url.clone();
    page_with(status, &Pledge { f, iin, agent, errors })
}
