//! The whole site on one page: every address, what it needs, and the screen behind it.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::Method,
    routing::{MethodRouter, get},
};

use crate::{assets, headers::Policy, machines, screens::home, site::Site};

/// What an address asks of whoever comes to it. What a person owns is checked by the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// Somebody who is signed in.
    Person,
    /// Nothing, and no person is looked for: files and addresses for machines.
    Machine,
}

/// One address of the site.
pub struct Route {
    /// `GET` (also answers HEAD) or `POST`.
    pub method: &'static str,
    /// Pattern, with the changing parts in braces.
    pub path: &'static str,
    /// What it asks of the caller.
    pub needs: Needs,
    pub(crate) policy: Policy,
    body: usize,
    handler: fn() -> MethodRouter<Site>,
}

/// Bytes of a form without files.
const FORM: usize = 64 * 1024;

const fn page(path: &'static str, handler: fn() -> MethodRouter<Site>) -> Route {
    Route { method: "GET", path, needs: Needs::Nothing, policy: Policy::Plain, body: 0, handler }
}

const fn machine(path: &'static str, handler: fn() -> MethodRouter<Site>) -> Route {
    Route { method: "GET", path, needs: Needs::Machine, policy: Policy::Plain, body: 0, handler }
}

/// Every address of the site.
#[rustfmt::skip]
pub static TABLE: &[Route] = &[
    page("/", || get(home::show)),

    machine("/static/{name}", || get(assets::serve)),
    machine("/healthz",       || get(machines::alive)),
    machine("/readyz",        || get(machines::ready)),
    machine("/metrics",       || get(machines::metrics)),
];

static BY_PATH: LazyLock<HashMap<&'static str, Vec<&'static Route>>> = LazyLock::new(|| {
    let mut by_path: HashMap<_, Vec<_>> = HashMap::new();
    for route in TABLE {
        by_path.entry(route.path).or_default().push(route);
    }
    by_path
});

/// The route behind a method and a pattern.
pub(crate) fn find(method: &Method, path: &str) -> Option<&'static Route> {
    let name = if method == Method::HEAD { "GET" } else { method.as_str() };
    BY_PATH.get(path)?.iter().copied().find(|route| route.method == name)
}

/// The table as a router.
pub(crate) fn router() -> Router<Site> {
    TABLE.iter().fold(Router::new(), |router, route| {
        router.route(route.path, (route.handler)().layer(DefaultBodyLimit::max(route.body)))
    })
}
