//! The profile: the linked number, masked, and the open sessions.

use askama::Template;
use qyzmet_app::{ProfileView, ShowProfile};
use qyzmet_domain::SignInMethod;

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

impl Profile {
    /// The end of a locale key for a way of signing in.
    fn way(&self, method: &SignInMethod) -> &'static str {
        match method {
            SignInMethod::Password => "password",
            SignInMethod::Eds => "eds",
            SignInMethod::NumberOtp => "number-otp",
        }
    }
}

/// `GET /cabinet/profile`
pub(crate) async fn show(visit: Visit) -> Answer {
    let view = visit.run(ShowProfile { locale: visit.locale }).await?;
    page(&Profile { f: visit.frame("profile-title"), view })
}
