//! One service: its ten rows, its class with the score behind it, and the button that starts a request.

use askama::Template;
use axum::extract::Path;
use qyzmet_app::{PointView, ServicePage, ShowService, StartCase};
use qyzmet_domain::ServiceId;

use crate::{
    frame::Frame,
    problem::{Answer, not_found},
    sent::Sent,
    visit::{Visit, go, page},
};

/// The page of a service [R58-4b, R10-A2.1].
#[derive(Template)]
#[template(path = "screens/services/service.html")]
pub(crate) struct Service {
    pub(crate) f: Frame,
    pub(crate) view: ServicePage,
}

impl Service {
    /// The end of a locale key for a chosen option: criterion and option.
    fn choice(&self, point: &PointView) -> String {
        format!("{}-{}", point.criterion, point.choice)
    }
}

/// `GET /services/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = parsed(&id)?;
    let view = visit.run(ShowService { id, locale: visit.locale }).await?;
    page(&Service { f: visit.frame_titled(view.title.clone()), view })
}

/// `POST /services/{id}/start`: a second press comes back to the same untouched request.
pub(crate) async fn start(visit: Visit, Path(id): Path<String>, _: Sent) -> Answer {
    let service = parsed(&id)?;
    let case = visit.run(StartCase { service }).await?;
    go(&format!("/requests/{case}"))
}

/// `GET /services/{id}/start`: where somebody lands who had to sign in first.
pub(crate) async fn back(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = parsed(&id)?;
    visit.run(ShowService { id: id.clone(), locale: visit.locale }).await?;
    go(&format!("/services/{id}"))
}

/// The id in the address; what is none is simply not found.
pub(super) fn parsed(id: &str) -> Result<ServiceId, crate::problem::Stop> {
    id.parse().map_err(|_| not_found())
}
