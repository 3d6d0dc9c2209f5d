//! How the services of the authority are: for people, and as JSON for whatever watches them.

use askama::Template;
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use qyzmet_app::authority::{Health, ShowHealth};
use qyzmet_domain::Caller;

use super::sent::failed;
use crate::{
    frame::Frame,
    problem::Answer,
    site::Site,
    visit::{Visit, page},
};

/// The page.
#[derive(Template)]
#[template(path = "screens/pki/health.html")]
pub(crate) struct HealthPage {
    pub(crate) f: Frame,
    pub(crate) view: Health,
}

/// `GET /pki/health`
pub(crate) async fn show(visit: Visit) -> Answer {
    let view = visit.run(ShowHealth).await?;
    page(&HealthPage { f: visit.frame("pki-health-title"), view })
}

/// `GET /pki/health.json`: 503 when something is not as it should be, so that a watcher need not read it.
pub(crate) async fn json(State(site): State<Site>) -> Response {
    match qyzmet_app::run(&site.app, &Caller::Anonymous, ShowHealth).await {
        Ok(health) => {
            let status = if health.well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
            (status, [(header::CACHE_CONTROL, "no-store")], Json(health)).into_response()
        }
        Err(error) => failed(&error),
    }
}
