//! The profile: the linked number, masked, and the open sessions.

use askama::Template;
use qyzmet_app::{ProfileView, ShowProfile};

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// The profile [R58-2.7, R58-5.3b, R58-8].
#[derive(Template)]
#[template(path = "screens/cabinet/profile.html")]
pub(crate) struct Profile {
    pub(crate) f: Frame,
    pub(crate) view: ProfileView,
}

/// `GET /cabinet/profile`
pub(crate) async fn show(visit: Visit) -> Answer {
    let view = visit.run(ShowProfile).await?;
    page(&Profile { f: visit.cabinet_frame("profile-title").await?, view })
}
