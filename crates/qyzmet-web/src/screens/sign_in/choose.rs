//! The choice between the ways of signing in.

use askama::Template;
use axum::extract::Query;

use super::Wish;
use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// The choice page.
#[derive(Template)]
#[template(path = "screens/sign_in/choose.html")]
pub(crate) struct Choose {
    pub(crate) f: Frame,
    pub(crate) next: String,
    pub(crate) demo: bool,
}

/// `GET /sign-in`
pub(crate) async fn show(visit: Visit, Query(wish): Query<Wish>) -> Answer {
    let demo = visit.site.settings.demo;
    page(&Choose { f: visit.frame("sign-in-title"), next: wish.place().to_owned(), demo })
}
