//! One request as the screens see it: who asks, in which language, from which page.

use std::{borrow::Cow, net::IpAddr, sync::Arc};

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use qyzmet_app::{Error, UseCase, authority::ShowEnding};
use qyzmet_domain::{Locale, caller::Caller};

use crate::{
    cookies, csrf,
    frame::Frame,
    headers::Policy,
    problem::{Answer, Problem, Stop},
    site::Site,
};

/// A request on its way through the site; cloning costs a counter.
#[derive(Clone)]
pub(crate) struct Visit(Arc<Arrival>);

/// What is known about a request before its handler runs.
pub(crate) struct Arrival {
    /// The site it came to.
    pub(crate) site: Site,
    /// Who asks.
    pub(crate) caller: Caller,
    /// The language of the answer.
    pub(crate) locale: Locale,
    /// Whether the browser remembers a language, or it is just the default.
    pub(crate) chosen: bool,
    /// Path and query, as a link back to this page.
    pub(crate) place: String,
    /// Under which the request is found in the logs.
    pub(crate) trace: String,
    /// Address of the client.
    pub(crate) from: IpAddr,
    /// Secret of the session; never printed.
    pub(crate) session: Option<String>,
    /// Policy of the page.
    pub(crate) policy: Policy,
}

impl std::ops::Deref for Visit {
    type Target = Arrival;

    fn deref(&self) -> &Arrival {
        &self.0
    }
}

impl Visit {
    pub(crate) fn new(arrival: Arrival) -> Self {
        Self(Arc::new(arrival))
    }

    /// Runs a use case as this caller.
    pub(crate) async fn run<U: UseCase>(&self, use_case: U) -> Result<U::Output, Error> {
        qyzmet_app::run(&self.site.app, &self.caller, use_case).await
    }

    /// Whether somebody has signed in.
    pub(crate) fn is_signed_in(&self) -> bool {
        !matches!(self.caller, Caller::Anonymous)
    }

    /// The frame of a page whose title is the text of `key`.
    pub(crate) fn frame(&self, key: &str) -> Frame {
        self.frame_titled(crate::words::text(self.locale, key).to_owned())
    }

    /// The frame of a page with a title of its own.
    pub(crate) fn frame_titled(&self, title: impl Into<Cow<'static, str>>) -> Frame {
        let notice = self.site.app.notice(self.locale).map(str::to_owned);
        let csrf = self.session.as_deref().map(csrf::token);
        Frame::new(self.locale, title.into(), csrf)
            .at(&self.place)
            .signed_in(self.session_seconds(), self.site.app.now())
            .with_desk(matches!(self.caller, Caller::Officer(_)))
            .with_notice(notice)
    }

    /// The frame of a page of the cabinet: it says which of the person's certificates end soon.
    pub(crate) async fn cabinet_frame(&self, key: &str) -> Result<Frame, Error> {
        Ok(self.frame(key).with_ending(self.run(ShowEnding).await?))
    }

    /// How long the session lasts without use, as far as a page can know: its use is marked every five minutes only.
    fn session_seconds(&self) -> Option<i64> {
        let marked = SignedDuration::from_mins(5);
        let idle = self.site.app.settings.session_idle - marked;
        self.is_signed_in().then(|| idle.max(marked).as_secs())
    }

    /// The same request in another language, for a page that is shown again after a switch.
    pub(crate) fn in_language(&self, locale: Locale) -> Self {
        let Arrival { site, caller, chosen, place, trace, from, session, policy, .. } = &*self.0;
        Self::new(Arrival {
            site: site.clone(),
            caller: caller.clone(),
            locale,
            chosen: *chosen,
            place: place.clone(),
            trace: trace.clone(),
            from: *from,
            session: session.clone(),
            policy: *policy,
        })
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Stop;

    /// The visit was put there by `front.rs`, which stands before every route.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Stop> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Problem::Unreadable.into())
    }
}

/// Draws a page.
pub(crate) fn page(template: &impl Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// Draws a page with a status of its own. Pages depend on the session, so nobody may keep them.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Answer {
    Ok((status, html_headers(), template.render()?).into_response())
}

fn html_headers() -> [(header::HeaderName, HeaderValue); 2] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}

/// Sends the browser to another page of the site with GET.
pub(crate) fn go(place: &str) -> Answer {
    Ok(Redirect::to(place).into_response())
}

/// Puts a cookie on an answer that tells the browser to remember the language.
pub(crate) fn remember(locale: Locale, mut response: Response) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookies::keep_language(locale));
    response
}
