//! `/pki/ocsp` and `/pki/tsp`: questions about certificates, and requests for time-stamps.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use qyzmet_app::authority::{AnswerQuestion, Published, StampRequest, Told};
use qyzmet_domain::Caller;
use qyzmet_pki::ocsp;

use super::sent::{failed, fresh, refused};
use crate::site::Site;

/// Media types of RFC 6960 appendix A and RFC 3161 section 3.4.
const QUESTION: &str = "application/ocsp-request";
const ANSWER: &str = "application/ocsp-response";
const REQUEST: &str = "application/timestamp-query";
const STAMP: &str = "application/timestamp-reply";

/// `POST /pki/ocsp`: the question is the body.
pub(crate) async fn ask(
    State(site): State<Site>,
    asked: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    match bytes(&asked, QUESTION, body) {
        // A POST is not kept by anybody, whatever its answer says.
        Ok(question) => match answer(&site, question.to_vec()).await {
            Ok(told) => never_kept(told.bytes, ANSWER),
            Err(response) => response,
        },
        Err((status, why)) => refused(status, why),
    }
}

/// `GET /pki/ocsp/{question}`: the question is the rest of the path, in base64.
pub(crate) async fn question(
    State(site): State<Site>,
    Path(_): Path<String>,
    uri: Uri,
    asked: HeaderMap,
) -> Response {
    // As it was sent: decoding twice would turn a plus sign into something else.
    let path = uri.path().strip_prefix("/pki/ocsp/").unwrap_or_default();
    let Ok(question) = ocsp::from_path(path) else {
        return never_kept(ocsp::ErrorStatus::MalformedRequest.der(), ANSWER);
    };
    match answer(&site, question).await {
        Ok(Told { bytes, at, until: Some(until) }) => {
            fresh(&asked, Published { bytes, since: at, until: Some(until), now: at }, ANSWER)
        }
        Ok(told) => never_kept(told.bytes, ANSWER),
        Err(response) => response,
    }
}

/// `POST /pki/tsp`
pub(crate) async fn stamp(
    State(site): State<Site>,
    asked: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let request = match bytes(&asked, REQUEST, body) {
        Ok(request) => request.to_vec(),
        Err((status, why)) => return refused(status, why),
    };
    match qyzmet_app::run(&site.app, &Caller::Anonymous, StampRequest { request }).await {
        Ok(reply) => never_kept(reply, STAMP),
        Err(error) => failed(&error),
    }
}

/// `GET /pki/ocsp`: nothing is asked.
pub(crate) async fn explain() -> Response {
    refused(StatusCode::BAD_REQUEST, "send an OCSP request by POST, or by GET in base64 after /pki/ocsp/")
}

/// `GET /pki/tsp`: nothing is asked.
pub(crate) async fn explain_stamp() -> Response {
    let mut response = refused(StatusCode::METHOD_NOT_ALLOWED, "send a time-stamp request by POST");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

async fn answer(site: &Site, question: Vec<u8>) -> Result<Told, Response> {
    let told = qyzmet_app::run(&site.app, &Caller::Anonymous, AnswerQuestion { question }).await;
    told.map_err(|error| failed(&error))
}

/// The body, when it is of this media type and not too long; or what is wrong with it.
fn bytes(
    asked: &HeaderMap,
    media: &str,
    body: Result<Bytes, BytesRejection>,
) -> Result<Bytes, (StatusCode, &'static str)> {
    let given = asked.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let given = given.split(';').next().unwrap_or_default().trim();
    if !given.eq_ignore_ascii_case(media) {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "the media type of the request is another"));
    }
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            (StatusCode::PAYLOAD_TOO_LARGE, "the request is longer than any that is answered")
        }
        status => (status, "the request did not arrive whole"),
    })
}

fn never_kept(bytes: Vec<u8>, media: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "no-store")];
    (headers, bytes).into_response()
}
