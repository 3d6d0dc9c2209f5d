//! The catalogue, whole or searched.

use askama::Template;
use axum::extract::Query;
use qyzmet_app::{ListServices, ServiceCard};
use serde::Deserialize;

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// The catalogue page.
#[derive(Template)]
#[template(path = "screens/services/list.html")]
pub(crate) struct List {
    pub(crate) f: Frame,
    pub(crate) query: String,
    pub(crate) services: Vec<ServiceCard>,
}

/// What is searched for.
#[derive(Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /services`
pub(crate) async fn show(visit: Visit, Query(search): Query<Search>) -> Answer {
    let query = search.q.trim().chars().take(100).collect::<String>();
    let wanted = (!query.is_empty()).then(|| query.clone());
    let services = visit.run(ListServices { locale: visit.locale, query: wanted }).await?;
    page(&List { f: visit.frame("services-title"), query, services })
}
