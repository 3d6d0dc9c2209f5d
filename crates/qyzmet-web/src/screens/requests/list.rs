//! All requests of a person.

use askama::Template;
use qyzmet_app::{ListRequests, RequestCard};

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// The list of requests.
#[derive(Template)]
#[template(path = "screens/requests/list.html")]
pub(crate) struct List {
    pub(crate) f: Frame,
    pub(crate) requests: Vec<RequestCard>,
}

/// `GET /requests`
pub(crate) async fn show(visit: Visit) -> Answer {
    let requests = visit.run(ListRequests { locale: visit.locale }).await?;
    page(&List { f: visit.cabinet_frame("requests-title").await?, requests })
}
