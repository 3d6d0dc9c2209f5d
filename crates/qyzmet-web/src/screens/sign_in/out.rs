//! Signing out, and the page that is left when a session is over.

use askama::Template;
use axum::{http::header, response::IntoResponse};
use qyzmet_app::SignOut;

use crate::{
    cookies,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page},
};

/// The page after a session.
#[derive(Template)]
#[template(path = "screens/sign_in/ended.html")]
pub(crate) struct Ended {
    pub(crate) f: Frame,
}

/// `POST /sign-out`
pub(crate) async fn send(visit: Visit, _: Sent) -> Answer {
    if visit.is_signed_in() {
        visit.run(SignOut).await?;
    }
    let mut response = go("/signed-out")?.into_response();
    response
        .headers_mut()
        .append(header::SET_COOKIE, cookies::forget_session(visit.site.settings.secure_cookies));
    Ok(response)
}

/// `GET /sign-out`, `GET /session/extend`: both take a button, so that no picture on a foreign page can do it.
pub(crate) async fn back() -> Answer {
    go("/cabinet")
}

/// `GET /signed-out`
pub(crate) async fn signed_out(visit: Visit) -> Answer {
    page(&Ended { f: visit.frame("signed-out-title") })
}

/// `GET /session-ended`: the session ran out; what was filled in is kept as a draft.
pub(crate) async fn ended(visit: Visit) -> Answer {
    page(&Ended { f: visit.frame("session-ended-title") })
}

/// `POST /session/extend`: any request of the session extends it; this one does nothing else.
pub(crate) async fn extend(_: Visit, _: Sent) -> axum::http::StatusCode {
    axum::http::StatusCode::NO_CONTENT
}
