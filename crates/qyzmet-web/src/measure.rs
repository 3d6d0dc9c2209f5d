//! Counters, times and one log line per request: by route pattern, never by address, query or body.

use std::time::Duration;

use axum::http::{Method, StatusCode};

/// What may be told of a request: nothing that a person typed.
pub(crate) struct Seen {
    /// Method, out of a closed list.
    pub(crate) method: &'static str,
    /// Route pattern.
    pub(crate) route: &'static str,
}

/// The method as a label.
pub(crate) fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// Notes one answered request. Pages that went well are the mass and only counted, unless debugging is on.
pub(crate) fn note(seen: &Seen, status: StatusCode, took: Duration) {
    let Seen { method, route } = *seen;
    metrics::counter!("qyzmet_http_requests_total", "method" => method, "route" => route, "status" => class(status))
        .increment(1);
    metrics::histogram!("qyzmet_http_request_seconds", "route" => route).record(took);
    let (status, microseconds) = (status.as_u16(), u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    match (method, status) {
        (_, 500..) => tracing::warn!(method, route, status, microseconds, "answered"),
        ("GET" | "HEAD", ..400) => tracing::debug!(method, route, status, microseconds, "answered"),
        _ => tracing::info!(method, route, status, microseconds, "answered"),
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    }
}
