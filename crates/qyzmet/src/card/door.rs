//! The agent's door: one origin comes in, and only from this computer; everybody else learns nothing, not even that a card is there.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request, State, rejection::JsonRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Serialize;

use super::{
    Bench, Gone, Origin, Waiting,
    wire::{CardShown, CertificatesGiven, CertificatesKept, KeysMade, KeysWanted, Trouble},
};

/// Bytes of the longest question: eight certificates.
const LONGEST: usize = 64 * 1024;
const PRIVATE_NETWORK_ASKED: HeaderName = HeaderName::from_static("access-control-request-private-network");
const PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-allow-private-network");

/// Who may come in.
#[derive(Clone)]
struct Door {
    origin: HeaderValue,
    /// A page of another name that resolves to this computer (DNS rebinding) names another host.
    host: String,
}

/// The agent's addresses behind its door.
pub(super) fn router(address: SocketAddr, origin: &Origin, bench: Arc<Bench>) -> Router {
    let door = Door { origin: origin.as_header().clone(), host: address.to_string() };
    Router::new()
        .route("/card", get(card))
        .route("/keys", post(keys))
        .route("/certificates", post(certificates))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(bench)
        .layer(middleware::from_fn_with_state(door, guard))
}

/// Looks at everything that comes, also at what no address answers.
async fn guard(State(door): State<Door>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if only(headers, header::ORIGIN) != Some(&door.origin)
        || only(headers, header::HOST).is_none_or(|host| host != door.host.as_str())
    {
        tracing::warn!("somebody else than the portal has asked for the card");
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = if request.method() == Method::OPTIONS {
        preflight(headers).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, door.origin);
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The header, when it stands there once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&HeaderValue> {
    let mut found = headers.get_all(name).iter();
    found.next().filter(|_| found.next().is_none())
}

/// What a browser asks before it lets a page of the network reach this computer.
fn preflight(asked: &HeaderMap) -> (StatusCode, HeaderMap) {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    if asked.contains_key(PRIVATE_NETWORK_ASKED) {
        headers.insert(PRIVATE_NETWORK, HeaderValue::from_static("true"));
    }
    (StatusCode::NO_CONTENT, headers)
}

/// `GET /card`: what lies in the reader.
async fn card(State(bench): State<Arc<Bench>>) -> Result<Json<CardShown>, Trouble> {
    at_the_bench(bench, |bench, _| bench.look().map(CardShown::from)).await
}

/// `POST /keys`: makes keys on the card.
async fn keys(
    State(bench): State<Arc<Bench>>,
    wanted: Result<Json<KeysWanted>, JsonRejection>,
) -> Result<Json<KeysMade>, Trouble> {
    let wanted = wanted.ok().and_then(|Json(wanted)| wanted.checked()).ok_or(Trouble::Unreadable)?;
    at_the_bench(bench, move |bench, gone| bench.make_keys(&wanted, gone)).await
}

/// `POST /certificates`: writes certificates beside their keys.
async fn certificates(
    State(bench): State<Arc<Bench>>,
    given: Result<Json<CertificatesGiven>, JsonRejection>,
) -> Result<Json<CertificatesKept>, Trouble> {
    let Json(given) = given.map_err(|_| Trouble::Unreadable)?;
    let certificates = given.read().ok_or(Trouble::Unreadable)?;
    at_the_bench(bench, move |bench, gone| bench.write(&certificates, given.language, gone)).await
}

/// Cards and people are slow: the work is done beside the network. Whoever stops waiting for the answer stops the work.
async fn at_the_bench<T: Serialize + Send + 'static>(
    bench: Arc<Bench>,
    work: impl FnOnce(&Bench, &Gone) -> Result<T, Trouble> + Send + 'static,
) -> Result<Json<T>, Trouble> {
    let gone = Gone::default();
    let _waiting = Waiting(gone.clone());
    let done = tokio::task::spawn_blocking(move || work(&bench, &gone)).await;
    done.map_err(|_| Trouble::Failed)?.map(Json)
}
