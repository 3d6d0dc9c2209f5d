//! The choice between the ways of signing in.

use askama::Template;
use axum::extract::Query;

use super::{Aim, Wish};
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
    pub(crate) aim: Aim,
    pub(crate) demo: bool,
}

/// `GET /sign-in`
pub(crate) async fn show(visit: Visit, Query(wish): Query<Wish>) -> Answer {
    let demo = visit.site.settings.demo;
    let aim = wish.aim();
    let title = if aim.again { "sign-in-again-title" } else { "sign-in-title" };
    page(&Choose { f: visit.frame(title), aim, demo })
}
