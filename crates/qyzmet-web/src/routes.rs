//! The whole site on one page: every address, what it needs, and the screen behind it.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::Method,
    routing::{MethodRouter, get, post},
};

use crate::{
    assets, captcha,
    headers::Policy,
    machines,
    screens::{about, authority, cabinet, desk, home, pki, requests, results, services, sign_in, verify},
    site::Site,
};

/// What an address asks of whoever comes to it. What a person owns is checked by the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// Somebody who is signed in.
    Person,
    /// An officer of a state body; of which unit is checked by the app.
    Officer,
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
/// Bytes of a form with a signature in it.
const SIGNED_FORM: usize = 512 * 1024;
/// Bytes of the longest question about certificates, and of the longest request for a time-stamp.
const QUESTION: usize = 32 * 1024;
const STAMP: usize = 4096;
/// Bytes of a form with a document in it.
const UPLOAD: usize = 8 * 1024 * 1024;

type Handler = fn() -> MethodRouter<Site>;

const fn page(path: &'static str, handler: Handler) -> Route {
    Route { method: "GET", path, needs: Needs::Nothing, policy: Policy::Plain, body: 0, handler }
}

const fn form(path: &'static str, body: usize, handler: Handler) -> Route {
    Route { method: "POST", body, ..page(path, handler) }
}

const fn own_page(path: &'static str, handler: Handler) -> Route {
    Route { needs: Needs::Person, ..page(path, handler) }
}

const fn own_form(path: &'static str, body: usize, handler: Handler) -> Route {
    Route { needs: Needs::Person, ..form(path, body, handler) }
}

const fn desk_page(path: &'static str, handler: Handler) -> Route {
    Route { needs: Needs::Officer, ..page(path, handler) }
}

const fn desk_form(path: &'static str, body: usize, handler: Handler) -> Route {
    Route { needs: Needs::Officer, ..form(path, body, handler) }
}

const fn machine(path: &'static str, handler: Handler) -> Route {
    Route { needs: Needs::Machine, ..page(path, handler) }
}

/// An address where a program sends something.
const fn machine_post(path: &'static str, body: usize, handler: Handler) -> Route {
    Route { method: "POST", body, ..machine(path, handler) }
}

/// The page has `<qz-sign>`, so it may reach the local signing agent; at an officer's workstation stands a card agent too,
/// for `<qz-card>`.
const fn signing(route: Route) -> Route {
    let policy = if matches!(route.needs, Needs::Officer) { Policy::Workstation } else { Policy::Signing };
    Route { policy, ..route }
}

/// Every address of the site. One that takes a form also answers GET: people land there after signing in again.
#[rustfmt::skip]
pub static TABLE: &[Route] = &[
    page("/",                      || get(home::show)),
    page("/services",              || get(services::list::show)),
    page("/services/{id}",         || get(services::service::show)),
    page("/services/{id}/regulation",        || get(services::regulation::show)),
    page("/services/{id}/regulation/{file}", || get(services::regulation::download)),
    page("/services/{id}/start",   || get(services::service::back)),
    own_form("/services/{id}/start", FORM, || post(services::service::start)),

    page("/sign-in",               || get(sign_in::choose::show)),
    page("/sign-in/password",      || get(sign_in::password::show)),
    form("/sign-in/password", FORM,   || post(sign_in::password::send)),
    signing(page("/sign-in/eds",   || get(sign_in::eds::show))),
    signing(form("/sign-in/eds", SIGNED_FORM, || post(sign_in::eds::send))),
    page("/sign-out",              || get(sign_in::out::back)),
    form("/sign-out", FORM,        || post(sign_in::out::send)),
    page("/signed-out",            || get(sign_in::out::signed_out)),
    page("/session-ended",         || get(sign_in::out::ended)),
    own_page("/session/extend",    || get(sign_in::out::back)),
    own_form("/session/extend", FORM, || post(sign_in::out::extend)),

    own_page("/cabinet",           || get(cabinet::overview::show)),
    own_page("/cabinet/profile",   || get(cabinet::profile::show)),
    own_page("/cabinet/certificates", || get(cabinet::certificates::show)),
    own_form("/cabinet/certificates", FORM, || post(cabinet::certificates::renew)),
    own_page("/cabinet/data-use",  || get(cabinet::data_use::show)),

    own_page("/requests",                        || get(requests::list::show)),
    signing(own_page("/requests/{case}",         || get(requests::show::show))),
    own_form("/requests/{case}", FORM,           || post(requests::fill::send)),
    own_page("/requests/{case}/confirm",         || get(requests::confirm::back)),
    signing(own_form("/requests/{case}/confirm", SIGNED_FORM, || post(requests::confirm::send))),
    own_page("/requests/{case}/document.json",   || get(requests::confirm::document)),
    own_page("/requests/{case}/application.pdf", || get(requests::papers::application)),
    own_page("/requests/{case}/receipt.pdf",     || get(requests::papers::receipt)),
    own_page("/requests/{case}/done",            || get(requests::done::show)),
    own_page("/requests/{case}/status",          || get(requests::status::show)),
    own_page("/requests/{case}/events",          || get(requests::events::show)),
    own_page("/requests/{case}/withdraw",        || get(requests::confirm::back)),
    own_form("/requests/{case}/withdraw", FORM,  || post(requests::status::withdraw)),

    own_page("/requests/{case}/pay",             || get(requests::confirm::back)),
    own_form("/requests/{case}/pay", FORM,       || post(requests::pay::send)),
    own_page("/requests/{case}/paid",            || get(requests::pay::back)),

    desk_page("/desk",                                    || get(desk::queue::show)),
    desk_page("/desk/start",                              || get(desk::start::show)),
    desk_form("/desk/start", FORM,                        || post(desk::start::send)),
    desk_page("/desk/calendar",                           || get(desk::calendar::show)),
    desk_form("/desk/calendar", FORM,                     || post(desk::calendar::send)),
    desk_page("/desk/services",                           || get(desk::versions::show)),
    desk_page("/desk/operators",                          || get(desk::operators::list::show)),
    desk_page("/desk/operators/new",                      || get(desk::operators::new::show)),
    desk_form("/desk/operators/new", UPLOAD,              || post(desk::operators::new::send)),
    desk_page("/desk/operators/appeals",                  || get(desk::operators::appeals::show)),
    desk_form("/desk/operators/appeals", UPLOAD,          || post(desk::operators::appeals::send)),
    desk_page("/desk/operators/own",                      || get(desk::operators::own::show)),
    signing(desk_page("/desk/operators/own/pledge",       || get(desk::operators::pledge::show))),
    signing(desk_form("/desk/operators/own/pledge", SIGNED_FORM, || post(desk::operators::pledge::send))),
    desk_page("/desk/operators/own/pledge.json",          || get(desk::operators::pledge::document)),
    desk_page("/desk/operators/own/{act}",                || get(desk::operators::own::back)),
    desk_form("/desk/operators/own/{act}", UPLOAD,        || post(desk::operators::own::send)),
    desk_page("/desk/operators/{account}",                || get(desk::operators::one::show)),
    desk_page("/desk/operators/{account}/{act}",          || get(desk::operators::act::back)),
    desk_form("/desk/operators/{account}/{act}", FORM,    || post(desk::operators::act::send)),
    desk_page("/desk/operators/{account}/{duty}/{paper}", || get(desk::operators::one::paper)),
    desk_page("/desk/{case}/{action}",                    || get(desk::work::show)),
    desk_page("/desk/{case}/{action}/request.json",       || get(desk::files::request)),
    desk_page("/desk/{case}/{action}/request.p7s",        || get(desk::files::signature)),
    desk_page("/desk/{case}/{action}/receipt.pdf",        || get(desk::files::receipt)),
    desk_page("/desk/{case}/{action}/decision.json",      || get(desk::approve::document)),
    desk_page("/desk/{case}/{action}/application.pdf",    || get(desk::files::application)),
    desk_page("/desk/{case}/{action}/take",               || get(desk::back)),
    desk_form("/desk/{case}/{action}/take", FORM,         || post(desk::work::take)),
    desk_page("/desk/{case}/{action}/receive",            || get(desk::receive::show)),
    desk_form("/desk/{case}/{action}/receive", FORM,      || post(desk::receive::send)),
    desk_page("/desk/{case}/{action}/decide",             || get(desk::decide::show)),
    desk_form("/desk/{case}/{action}/decide", FORM,       || post(desk::decide::send)),
    signing(desk_page("/desk/{case}/{action}/fill",       || get(desk::fill::show))),
    signing(desk_form("/desk/{case}/{action}/fill", FORM, || post(desk::fill::send))),
    signing(desk_page("/desk/{case}/{action}/write",      || get(desk::write::show))),
    signing(desk_form("/desk/{case}/{action}/write", FORM, || post(desk::write::send))),
    desk_page("/desk/{case}/{action}/ask",                || get(desk::ask::show)),
    desk_form("/desk/{case}/{action}/ask", FORM,          || post(desk::ask::send)),
    desk_page("/desk/{case}/{action}/report",             || get(desk::report::show)),
    desk_form("/desk/{case}/{action}/report", FORM,       || post(desk::report::send)),
    signing(desk_page("/desk/{case}/{action}/approve",    || get(desk::approve::show))),
    signing(desk_form("/desk/{case}/{action}/approve", SIGNED_FORM, || post(desk::approve::send))),
    desk_page("/desk/{case}/{action}/assign",             || get(desk::assign::show)),
    desk_form("/desk/{case}/{action}/assign", FORM,       || post(desk::assign::send)),

    own_page("/results/{number}",                || get(results::show)),
    own_page("/results/{number}/{part}",         || get(results::download)),

    page("/verify",                || get(verify::ask::show)),
    form("/verify", UPLOAD,        || post(verify::ask::send)),
    page("/r/{number}",            || get(verify::verdict::show)),
    page("/r/{number}/qr.svg",     || get(verify::qr::show)),

    page("/orders",                || get(authority::orders::show)),
    form("/orders", FORM,          || post(authority::orders::send)),
    own_page("/orders/{number}/install", || get(authority::install::show)),
    page("/captcha/{token}",       || get(captcha::show)),

    page("/accessibility",         || get(about::accessibility)),
    page("/privacy",               || get(about::privacy)),
    page("/outage",                || get(about::outage)),

    page("/pki/revoked",           || get(pki::revoked::show)),
    page("/pki/health",            || get(pki::health::show)),
    machine("/pki/health.json",    || get(pki::health::json)),
    machine("/pki/crl/{file}",     || get(pki::list)),
    machine("/pki/crl/{id}/{file}", || get(pki::part)),
    machine("/pki/ca/{file}",      || get(pki::certificate)),
    machine("/pki/ocsp",           || get(pki::explain)),
    machine_post("/pki/ocsp", QUESTION, || post(pki::ask)),
    machine("/pki/ocsp/{*question}", || get(pki::question)),
    machine("/pki/tsp",            || get(pki::explain_stamp)),
    machine_post("/pki/tsp", STAMP, || post(pki::stamp)),

    machine("/static/{name}",      || get(assets::serve)),
    machine("/healthz",            || get(machines::alive)),
    machine("/readyz",             || get(machines::ready)),
    machine("/metrics",            || get(machines::metrics)),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn named(route: &Route) -> String {
        format!("{} {}", route.method, route.path)
    }

    /// [R58-5.1]
    #[test]
    fn only_these_addresses_are_open_to_people_who_have_not_signed_in() {
        let open: Vec<String> =
            TABLE.iter().filter(|route| route.needs == Needs::Nothing).map(named).collect();
        let expected = [
            "GET /",
            "GET /services",
            "GET /services/{id}",
            "GET /services/{id}/regulation",
            "GET /services/{id}/regulation/{file}",
            "GET /services/{id}/start",
            "GET /sign-in",
            "GET /sign-in/password",
            "POST /sign-in/password",
            "GET /sign-in/eds",
            "POST /sign-in/eds",
            "GET /sign-out",
            "POST /sign-out",
            "GET /signed-out",
            "GET /session-ended",
            "GET /verify",
            "POST /verify",
            "GET /r/{number}",
            "GET /r/{number}/qr.svg",
            "GET /orders",
            "POST /orders",
            "GET /captcha/{token}",
            "GET /accessibility",
            "GET /privacy",
            "GET /outage",
            "GET /pki/revoked",
            "GET /pki/health",
        ];
        assert_eq!(open, expected);
    }

    #[test]
    fn an_address_that_takes_a_form_also_answers_get() {
        for route in TABLE.iter().filter(|route| route.method == "POST") {
            assert!(find(&Method::GET, route.path).is_some(), "{}", named(route));
            assert!(route.body > 0, "{} takes no body", named(route));
        }
    }

    #[test]
    fn no_address_stands_twice_and_the_router_takes_them_all() {
        let mut names: Vec<String> = TABLE.iter().map(named).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), TABLE.len());
        drop(router());
    }

    #[test]
    fn head_is_get_without_the_body_and_other_methods_have_no_route() {
        assert_eq!(find(&Method::HEAD, "/cabinet").map(|route| route.needs), Some(Needs::Person));
        assert!(find(&Method::DELETE, "/cabinet").is_none());
    }
}
