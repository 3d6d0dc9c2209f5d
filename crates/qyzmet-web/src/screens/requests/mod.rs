//! A request from its first page to its end. One address shows the request where it stands now.

pub(crate) mod confirm;
pub(crate) mod done;
pub(crate) mod events;
pub(crate) mod fill;
pub(crate) mod list;
pub(crate) mod papers;
pub(crate) mod pay;
pub(crate) mod refused;
pub(crate) mod show;
pub(crate) mod status;

use axum::extract::FromRequestParts;
use qyzmet_app::{Error, RequestView, ShowRequest};
use qyzmet_domain::CaseId;

use crate::{
    problem::{Answer, Stop, not_found},
    visit::{Visit, go},
};

/// The case in the address; one that is none is simply not found.
pub(crate) struct Case(pub(crate) CaseId);

impl<S: Send + Sync> FromRequestParts<S> for Case {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, state: &S) -> Result<Self, Stop> {
        let path =
            axum::extract::Path::<String>::from_request_parts(parts, state).await.map_err(|_| not_found())?;
        path.parse().map(Self).map_err(|_| not_found())
    }
}

/// The request as it stands; only for its owner.
async fn view(visit: &Visit, case: CaseId, page: Option<String>) -> Result<RequestView, Error> {
    visit.run(ShowRequest { case, page, locale: visit.locale }).await
}

/// A second click or a second tab finds the request further on: it is shown where it stands.
fn or_where_it_stands(error: Error, case: CaseId) -> Answer {
    match error {
        Error::Late => go(&format!("/requests/{case}")),
        other => Err(other.into()),
    }
}
