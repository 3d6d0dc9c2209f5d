//! The officer's desk: the queue of a unit, a case with what can be done about it, the calendar, and the versions of services.

pub(crate) mod approve;
pub(crate) mod ask;
pub(crate) mod assign;
pub(crate) mod calendar;
pub(crate) mod decide;
pub(crate) mod files;
pub(crate) mod fill;
pub(crate) mod operators;
pub(crate) mod queue;
pub(crate) mod receive;
pub(crate) mod report;
pub(crate) mod start;
pub(crate) mod versions;
pub(crate) mod work;
pub(crate) mod write;

use axum::extract::{FromRequestParts, Path};
use qyzmet_app::{
    DeskProblem, Error,
    desk::{Place, ShowWork, WorkView},
};

use crate::{
    errors::Errors,
    problem::{Answer, Stop, not_found},
    sent::Sent,
    visit::{Visit, go},
};

/// The work in the address; what is none is simply not found.
#[derive(Clone, Copy)]
pub(crate) struct At(pub(crate) Place);

impl<S: Send + Sync> FromRequestParts<S> for At {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, state: &S) -> Result<Self, Stop> {
        let path = Path::<(String, u32)>::from_request_parts(parts, state).await.map_err(|_| not_found())?;
        let Path((case, action)) = path;
        Ok(Self(Place { case: case.parse().map_err(|_| not_found())?, action }))
    }
}

/// Address of a piece of work.
fn address(place: Place) -> String {
    format!("/desk/{}/{}", place.case, place.action)
}

/// The work as it stands; only for officers of its unit.
async fn view(visit: &Visit, place: Place) -> Result<WorkView, Error> {
    visit.run(ShowWork { place, locale: visit.locale }).await
}

/// The visit that the page showed; a form without it is of no visit.
fn visit_of(sent: &Sent) -> u32 {
    sent.text("visit").parse().unwrap_or(u32::MAX)
}

/// What comes of a command: on to the work, or the form again with what is wrong. A second click finds the work done.
async fn outcome<F: Future<Output = Answer>>(
    done: Result<(), Error>,
    place: Place,
    again: impl FnOnce(Trouble) -> F,
) -> Answer {
    match done {
        Ok(()) | Err(Error::Late) => go(&address(place)),
        Err(Error::Desk(problem)) => again(Trouble(problem)).await,
        Err(error) => Err(error.into()),
    }
}

/// What is wrong with a form of the desk.
struct Trouble(DeskProblem);

impl Trouble {
    fn beside(&self, visit: &Visit, field: &str) -> Errors {
        Errors::default().and(visit, field, &format!("desk-problem-{}", self.0.key()))
    }
}

/// `GET` on an address that only takes a form: where somebody lands who had to sign in again.
pub(crate) async fn back(At(place): At) -> Answer {
    go(&address(place))
}
