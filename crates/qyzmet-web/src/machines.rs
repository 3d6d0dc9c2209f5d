//! Addresses for machines: is it alive, can it work, what does it count.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use qyzmet_app::FindCaller;
use qyzmet_domain::Caller;

use crate::site::Site;

const PROMETHEUS: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// `/healthz`: the process runs. Says nothing of its neighbours, so that nobody restarts it because of them.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// `/readyz`: whether the store answers, without which no request can be served.
pub(crate) async fn ready(State(site): State<Site>) -> Response {
    let look = FindCaller { token: String::new() };
    match qyzmet_app::run(&site.app, &Caller::Anonymous, look).await {
        Ok(_) => "store: ok\n".into_response(),
        Err(error) => {
            tracing::warn!(kind = error.kind(), "the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "store: failed\n").into_response()
        }
    }
}

/// `/metrics`: text for Prometheus, when the binary records metrics.
pub(crate) async fn metrics(State(site): State<Site>) -> Response {
    match &site.settings.metrics {
        Some(handle) => ([(header::CONTENT_TYPE, PROMETHEUS)], handle.render()).into_response(),
        None => (StatusCode::NOT_FOUND, "metrics are off\n").into_response(),
    }
}
