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

use crate::{cookies, locale::local, problem::Answer, sent::Sent, visit::Visit};

/// What the address of a sign-in page says.
#[derive(Default, Deserialize)]
pub(crate) struct Wish {
    /// Where the person wanted to go.
    #[serde(default)]
    pub(crate) next: String,
    /// Present when the proof behind the session they have is too old for that.
    #[serde(default, rename = "step-up")]
    pub(crate) step_up: String,
}

/// What a sign-in is for.
#[derive(Clone)]
pub(crate) struct Aim {
    /// Where to go afterwards.
    pub(crate) next: String,
    /// Whether the person who is signed in proves anew who they are.
    pub(crate) again: bool,
}

impl Aim {
    fn of_form(sent: &mut Sent) -> Self {
        Wish { next: sent.take("next"), step_up: sent.take("step-up") }.aim()
    }
}

impl Wish {
    /// Where to go afterwards; only within this site.
    pub(crate) fn place(&self) -> &str {
        local(&self.next).unwrap_or("/cabinet")
    }

    fn aim(&self) -> Aim {
        Aim { next: self.place().to_owned(), again: !self.step_up.is_empty() }
    }
}

/// Hands the session to the browser and goes where the person wanted to go.
fn welcome(visit: &Visit, signed_in: &SignedIn, aim: &Aim) -> Answer {
    let site = &visit.site;
    let secure = site.settings.secure_cookies;
    let mut response = Redirect::to(&aim.next).into_response();
    let cookie = cookies::keep_session(&signed_in.token, secure, signed_in.expires_at, site.app.now());
    let language = (!visit.chosen).then(|| cookies::keep_language(signed_in.locale));
    for value in cookie.into_iter().chain(language) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}
