//! What each address of the site answers to whom: one line for each line of `qyzmet_web::routes::TABLE`.

/// What somebody gets.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gets {
    /// The page itself.
    Page,
    /// Another status than 200, without being sent elsewhere.
    Status(u16),
    /// Sent on to an address that begins so.
    On(&'static str),
    /// Asked to sign in, and to come back to this place.
    SignIn,
    /// Told that there is no such thing, whether there is or not.
    NotFound,
}

use Gets::{NotFound, On, Page, SignIn, Status};

/// One address.
pub(super) struct Expected {
    /// Method and pattern, as the table has them.
    pub(super) route: &'static str,
    /// The same with something in the place of each parameter. `{form}`, `{waiting}` and `{ended}` are cases of the owner.
    pub(super) at: &'static str,
    /// Fields of the form, without its token.
    pub(super) fields: &'static [(&'static str, &'static str)],
    pub(super) stranger: Gets,
    /// Another person.
    pub(super) other: Gets,
    /// Whose it is, with a session by password that is no longer fresh.
    pub(super) owner: Gets,
}

type Fields = &'static [(&'static str, &'static str)];

/// An address that answers all people alike.
const fn open(route: &'static str, at: &'static str, gets: Gets) -> Expected {
    Expected { route, at, fields: &[], stranger: gets, other: gets, owner: gets }
}

/// An address that answers everybody who has signed in alike, each with what is theirs.
const fn own(route: &'static str, at: &'static str, gets: Gets) -> Expected {
    Expected { route, at, fields: &[], stranger: SignIn, other: gets, owner: gets }
}

/// An address of something that one person owns.
const fn hidden(route: &'static str, at: &'static str, owner: Gets) -> Expected {
    Expected { route, at, fields: &[], stranger: SignIn, other: NotFound, owner }
}

/// An address of the desk: there is none for whoever is no officer.
const fn desk(route: &'static str, at: &'static str) -> Expected {
    Expected { route, at, fields: &[], stranger: SignIn, other: NotFound, owner: NotFound }
}

const fn with(expected: Expected, fields: Fields) -> Expected {
    Expected { fields, ..expected }
}

const ANSWER: Fields = &[("seen", "1.0"), ("page", "number"), ("number", "+7 705 000 07 89")];
/// Too weak: the class of the service asks the signature, too.
const ONLY_CODE: Fields = &[("code", "000000")];

#[rustfmt::skip]
pub(super) static EXPECTED: &[Expected] = &[
    open("GET /",                     "/", Page),
    open("GET /services",             "/services", Page),
    open("GET /services/{id}",        "/services/{service}", Page),
    open("GET /services/{id}/regulation", "/services/{service}/regulation", Page),
    open("GET /services/{id}/regulation/{file}", "/services/{service}/regulation/diagram.kk.bpmn", Page),
    open("GET /services/{id}/start",  "/services/{service}/start", On("/services/subscriber-number-link")),
    own("POST /services/{id}/start",  "/services/{service}/start", On("/requests/")),

    open("GET /sign-in",              "/sign-in", Page),
    open("GET /sign-in/password",     "/sign-in/password", Page),
    open("POST /sign-in/password",    "/sign-in/password", Status(422)),
    open("GET /sign-in/eds",          "/sign-in/eds", Page),
    open("POST /sign-in/eds",         "/sign-in/eds", Status(422)),
    open("GET /sign-out",             "/sign-out", On("/cabinet")),
    open("POST /sign-out",            "/sign-out", On("/signed-out")),
    open("GET /signed-out",           "/signed-out", Page),
    open("GET /session-ended",        "/session-ended", Page),
    own("GET /session/extend",        "/session/extend", On("/cabinet")),
    own("POST /session/extend",       "/session/extend", Status(204)),

    own("GET /cabinet",               "/cabinet", Page),
    own("GET /cabinet/profile",       "/cabinet/profile", Page),
    own("GET /cabinet/certificates",  "/cabinet/certificates", Page),
    own("POST /cabinet/certificates", "/cabinet/certificates", On("/cabinet/certificates")),
    own("GET /cabinet/data-use",      "/cabinet/data-use", Page),

    own("GET /requests",                       "/requests", Page),
    hidden("GET /requests/{case}",             "/requests/{form}", On("/requests/")),
    with(hidden("POST /requests/{case}",       "/requests/{form}", On("/sign-in?next=/requests/")), ANSWER),
    hidden("GET /requests/{case}/confirm",     "/requests/{waiting}/confirm", On("/requests/")),
    with(hidden("POST /requests/{case}/confirm", "/requests/{waiting}/confirm", Status(422)), ONLY_CODE),
    hidden("GET /requests/{case}/document.json", "/requests/{waiting}/document.json", Page),
    hidden("GET /requests/{case}/application.pdf", "/requests/{ended}/application.pdf", NotFound),
    hidden("GET /requests/{case}/receipt.pdf", "/requests/{ended}/receipt.pdf", NotFound),
    hidden("GET /requests/{case}/done",        "/requests/{ended}/done", Page),
    hidden("GET /requests/{case}/status",      "/requests/{ended}/status", Page),
    hidden("GET /requests/{case}/events",      "/requests/{ended}/events", Page),
    hidden("GET /requests/{case}/withdraw",    "/requests/{waiting}/withdraw", On("/requests/")),
    hidden("POST /requests/{case}/withdraw",   "/requests/{form}/withdraw", On("/requests/")),

    hidden("GET /requests/{case}/pay",         "/requests/{waiting}/pay", On("/requests/")),
    hidden("POST /requests/{case}/pay",        "/requests/{waiting}/pay", On("/requests/")),
    hidden("GET /requests/{case}/paid",        "/requests/{waiting}/paid", On("/requests/")),

    desk("GET /desk",                          "/desk"),
    desk("GET /desk/start",                    "/desk/start"),
    desk("POST /desk/start",                   "/desk/start"),
    desk("GET /desk/calendar",                 "/desk/calendar"),
    desk("POST /desk/calendar",                "/desk/calendar"),
    desk("GET /desk/services",                 "/desk/services"),
    desk("GET /desk/operators",                "/desk/operators"),
    desk("GET /desk/operators/new",            "/desk/operators/new"),
    desk("POST /desk/operators/new",           "/desk/operators/new"),
    desk("GET /desk/operators/appeals",        "/desk/operators/appeals"),
    desk("POST /desk/operators/appeals",       "/desk/operators/appeals"),
    desk("GET /desk/operators/own",            "/desk/operators/own"),
    desk("GET /desk/operators/own/pledge",     "/desk/operators/own/pledge"),
    desk("POST /desk/operators/own/pledge",    "/desk/operators/own/pledge"),
    desk("GET /desk/operators/own/pledge.json", "/desk/operators/own/pledge.json"),
    desk("GET /desk/operators/own/{act}",      "/desk/operators/own/lock"),
    desk("POST /desk/operators/own/{act}",     "/desk/operators/own/lock"),
    desk("GET /desk/operators/{account}",      "/desk/operators/019ab000-0000-7000-8000-000000000001"),
    desk("GET /desk/operators/{account}/{act}", "/desk/operators/019ab000-0000-7000-8000-000000000001/absence"),
    desk("POST /desk/operators/{account}/{act}", "/desk/operators/019ab000-0000-7000-8000-000000000001/absence"),
    desk("GET /desk/operators/{account}/{duty}/{paper}", "/desk/operators/019ab000-0000-7000-8000-000000000001/019ab000-0000-7000-8000-000000000002/letter"),
    desk("GET /desk/{case}/{action}",          "/desk/{waiting}/3"),
    desk("GET /desk/{case}/{action}/request.json", "/desk/{waiting}/3/request.json"),
    desk("GET /desk/{case}/{action}/request.p7s", "/desk/{waiting}/3/request.p7s"),
    desk("GET /desk/{case}/{action}/receipt.pdf", "/desk/{waiting}/3/receipt.pdf"),
    desk("GET /desk/{case}/{action}/decision.json", "/desk/{waiting}/3/decision.json"),
    desk("GET /desk/{case}/{action}/application.pdf", "/desk/{waiting}/3/application.pdf"),
    desk("GET /desk/{case}/{action}/take",     "/desk/{waiting}/3/take"),
    desk("POST /desk/{case}/{action}/take",    "/desk/{waiting}/3/take"),
    desk("GET /desk/{case}/{action}/receive",  "/desk/{waiting}/3/receive"),
    desk("POST /desk/{case}/{action}/receive", "/desk/{waiting}/3/receive"),
    desk("GET /desk/{case}/{action}/decide",   "/desk/{waiting}/3/decide"),
    desk("POST /desk/{case}/{action}/decide",  "/desk/{waiting}/3/decide"),
    desk("GET /desk/{case}/{action}/fill",     "/desk/{waiting}/3/fill"),
    desk("POST /desk/{case}/{action}/fill",    "/desk/{waiting}/3/fill"),
    desk("GET /desk/{case}/{action}/write",    "/desk/{waiting}/3/write"),
    desk("POST /desk/{case}/{action}/write",   "/desk/{waiting}/3/write"),
    desk("GET /desk/{case}/{action}/ask",      "/desk/{waiting}/3/ask"),
    desk("POST /desk/{case}/{action}/ask",     "/desk/{waiting}/3/ask"),
    desk("GET /desk/{case}/{action}/report",   "/desk/{waiting}/3/report"),
    desk("POST /desk/{case}/{action}/report",  "/desk/{waiting}/3/report"),
    desk("GET /desk/{case}/{action}/approve",  "/desk/{waiting}/3/approve"),
    desk("POST /desk/{case}/{action}/approve", "/desk/{waiting}/3/approve"),
    desk("GET /desk/{case}/{action}/assign",   "/desk/{waiting}/3/assign"),
    desk("POST /desk/{case}/{action}/assign",  "/desk/{waiting}/3/assign"),

    hidden("GET /results/{number}",            "/results/{result}", Page),
    hidden("GET /results/{number}/{part}",     "/results/{result}/result.json", Page),

    open("GET /verify",               "/verify", Page),
    open("POST /verify",              "/verify", Status(422)),
    open("GET /r/{number}",           "/r/{result}", Page),
    open("GET /r/{number}/qr.svg",    "/r/{result}/qr.svg", Page),

    open("GET /orders",               "/orders", Page),
    open("POST /orders",              "/orders", Status(422)),
    own("GET /orders/{number}/install", "/orders/2026-0000-0000-0010/install", NotFound),
    open("GET /captcha/{token}",      "/captcha/order-status.1.00.00", Status(404)),

    open("GET /accessibility",        "/accessibility", Page),
    open("GET /privacy",              "/privacy", Page),
    open("GET /outage",               "/outage", Page),

    open("GET /pki/revoked",          "/pki/revoked", Page),
    open("GET /pki/health",           "/pki/health", Page),
    open("GET /pki/health.json",      "/pki/health.json", Page),
    open("GET /pki/crl/{file}",       "/pki/crl/ca.crl", Page),
    open("GET /pki/crl/{id}/{file}",  "/pki/crl/ca/0.crl", Page),
    open("GET /pki/ca/{file}",        "/pki/ca/ca.crt", Page),
    open("GET /pki/ocsp",             "/pki/ocsp", Status(400)),
    open("POST /pki/ocsp",            "/pki/ocsp", Status(415)),
    open("GET /pki/ocsp/{*question}", "/pki/ocsp/MAA=", Page),
    open("GET /pki/tsp",              "/pki/tsp", Status(405)),
    open("POST /pki/tsp",             "/pki/tsp", Status(415)),

    open("GET /static/{name}",        "{asset}", Page),
    open("GET /healthz",              "/healthz", Page),
    open("GET /readyz",               "/readyz", Page),
    open("GET /metrics",              "/metrics", Page),
];
