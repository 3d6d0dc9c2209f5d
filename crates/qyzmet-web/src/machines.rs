//! Addresses for machines: is it alive, can it work, what does it count.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::site::Site;

const PROMETHEUS: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// `/healthz`: the process runs. Says nothing of its neighbours, so that nobody restarts it because of them.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// `/readyz`: the parts without which no request can be served, one line each.
pub(crate) async fn ready(State(site): State<Site>) -> Response {
    let parts = site.app.ready().await;
    let all = parts.iter().all(|(_, state)| state.is_ok());
    let line = |(name, state): &(String, Result<(), String>)| match state {
        Ok(()) => format!("{name}: ok\n"),
        Err(why) => {
            tracing::warn!(name, why, "not ready");
            format!("{name}: failed\n")
        }
    };
    let status = if all { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, parts.iter().map(line).collect::<String>()).into_response()
}

/// `/metrics`: text for Prometheus, when the binary records metrics.
pub(crate) async fn metrics(State(site): State<Site>) -> Response {
    match &site.settings.metrics {
        Some(handle) => ([(header::CONTENT_TYPE, PROMETHEUS)], handle.render()).into_response(),
        None => (StatusCode::NOT_FOUND, "metrics are off\n").into_response(),
    }
}
