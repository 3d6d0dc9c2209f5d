//! Why a request does not get the page it asked for. Handlers pass it on with `?`; `front.rs` turns it into a page.

use std::sync::Arc;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use qyzmet_app::Error;

/// What a handler answers.
pub(crate) type Answer = Result<Response, Stop>;

/// A reason to show something else than the page asked for.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The app said no, or could not.
    App(Error),
    /// The page could not be drawn.
    Drawing(askama::Error),
    /// There is no such page, or it takes no such method.
    NoPage(StatusCode),
    /// The form did not come from a page of this session.
    Forged,
    /// The request cannot be read as the form it should be.
    Unreadable,
    /// More than this address of the site takes.
    TooLarge,
    /// More requests in a second than one client may make.
    TooFast,
    /// No answer in the time allowed.
    TooSlow,
}

/// A problem on its way out of a handler.
#[derive(Clone, Debug)]
pub(crate) struct Stop(pub(crate) Arc<Problem>);

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self(Arc::new(problem))
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Problem::App(error).into()
    }
}

impl From<askama::Error> for Stop {
    fn from(error: askama::Error) -> Self {
        Problem::Drawing(error).into()
    }
}

impl IntoResponse for Stop {
    /// Carries the problem to `front.rs`, which knows the language and the person.
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer for everything that does not exist, or not for this caller.
pub(crate) fn not_found() -> Stop {
    Error::NotFound.into()
}
