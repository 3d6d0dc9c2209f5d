//! The portal's pages: `routes.rs` is the whole site, `screens/` has a handler and a template for each page.
//!
//! A page never decides: it turns what was sent into a use case of the app, and what the app answers into HTML in
//! Kazakh, Russian or English. Everything works without scripts, except signing inside the page.

mod assets;
mod captcha;
mod citation;
mod cookies;
mod csrf;
mod error_page;
mod errors;
mod files;
mod frame;
mod front;
#[cfg(test)]
mod gallery;
mod headers;
mod limits;
mod locale;
mod machines;
mod measure;
mod problem;
pub mod routes;
mod screens;
mod sent;
mod settings;
mod site;
mod visit;
mod when;
mod words;

pub use settings::WebSettings;
pub use words::{CardWork, card_question};

use axum::{Router, middleware};
use qyzmet_app::App;
use tower_http::catch_panic::CatchPanicLayer;

/// The site over an app. Serve it with connect info, so that limits can tell clients apart.
pub fn router(app: App, settings: WebSettings) -> Router {
    let site = site::Site::new(app, settings);
    routes::router()
        .fallback(|| async { axum::http::StatusCode::NOT_FOUND })
        .layer(CatchPanicLayer::custom(error_page::after_panic))
        .layer(middleware::from_fn_with_state(site.clone(), front::front))
        .with_state(site)
}
