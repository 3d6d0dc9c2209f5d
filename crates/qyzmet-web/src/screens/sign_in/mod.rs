//! Signing in and out [R74-4].

pub(crate) mod choose;
pub(crate) mod eds;
pub(crate) mod out;
pub(crate) mod password;

use axum::{
    http::header,
    response::{IntoResponse, Redirect},
};
use qyzmet_app::SignedIn;
use serde::Deserialize;

use crate::{cookies, locale::local, problem::Answer, visit::Visit};

/// What the address of a sign-in page says.
#[derive(Default, Deserialize)]
pub(crate) struct Wish {
    /// Where the person wanted to go.
    #[serde(default)]
    pub(crate) next: String,
    /// Present when the session they have is too weak for that.
    #[serde(default, rename = "step-up")]
    pub(crate) step_up: String,
}

impl Wish {
    /// Where to go afterwards; only within this site.
    pub(crate) fn place(&self) -> &str {
        local(&self.next).unwrap_or("/cabinet")
    }
}

/// Hands the session to the browser and goes where the person wanted to go.
fn welcome(visit: &Visit, signed_in: &SignedIn, next: &str) -> Answer {
    let site = &visit.site;
    let secure = site.settings.secure_cookies;
    let mut response = Redirect::to(local(next).unwrap_or("/cabinet")).into_response();
    let cookie = cookies::keep_session(&signed_in.token, secure, signed_in.expires_at, site.app.now());
    let language = (!visit.chosen).then(|| cookies::keep_language(signed_in.locale));
    for value in cookie.into_iter().chain(language) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}
