//! The cabinet's first page.

use askama::Template;
use qyzmet_app::{CabinetView, ShowCabinet};

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// The cabinet [R58-5.3b].
#[derive(Template)]
#[template(path = "screens/cabinet/overview.html")]
pub(crate) struct Overview {
    pub(crate) f: Frame,
    pub(crate) view: CabinetView,
}

/// `GET /cabinet`
pub(crate) async fn show(visit: Visit) -> Answer {
    let view = visit.run(ShowCabinet { locale: visit.locale }).await?;
    page(&Overview { f: visit.cabinet_frame("cabinet-title").await?, view })
}
