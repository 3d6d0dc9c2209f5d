//! The first page: search, and the services of the catalogue.

use askama::Template;
use qyzmet_app::{ListServices, ServiceCard};

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// The home page.
#[derive(Template)]
#[template(path = "screens/home/home.html")]
pub(crate) struct Home {
    pub(crate) f: Frame,
    pub(crate) query: String,
    pub(crate) services: Vec<ServiceCard>,
}

/// `GET /`
pub(crate) async fn show(visit: Visit) -> Answer {
    let services = visit.run(ListServices { locale: visit.locale, query: None }).await?;
    page(&Home { f: visit.frame("home-title"), query: String::new(), services })
}
