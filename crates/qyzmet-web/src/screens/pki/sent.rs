//! Answers for programs: media type, how long they may be kept, and nothing sent to whoever has it already.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, fmt::rfc2822};
use qyzmet_app::{Error, authority::Published};
use qyzmet_pki::Freshness;

/// Bytes with their headers, or 304 when the client has them (RFC 9110 section 13).
pub(super) fn fresh(asked: &HeaderMap, published: Published, media: &'static str) -> Response {
    let Published { bytes, since, until, now } = published;
    let freshness = Freshness::of(&bytes, since, until, now);
    let mut response = if has(asked, &freshness) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = bytes.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        response
    };
    keep(response.headers_mut(), &freshness);
    response
}

/// The headers about keeping.
fn keep(headers: &mut HeaderMap, freshness: &Freshness) {
    let dates = [(header::LAST_MODIFIED, freshness.modified), (header::EXPIRES, freshness.expires)];
    let dates = dates.map(|(name, at)| (name, Freshness::http_date(at)));
    let others = [
        (header::ETAG, Some(freshness.etag.clone())),
        (header::CACHE_CONTROL, Some(freshness.cache_control())),
    ];
    for (name, value) in dates.into_iter().chain(others) {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
}

/// Whether the client has these bytes; a tag counts more than a date (RFC 9110 section 13.2.2).
fn has(asked: &HeaderMap, freshness: &Freshness) -> bool {
    let text = |name| asked.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    match text(header::IF_NONE_MATCH) {
        Some(tags) => freshness.is_known(tags),
        None => text(header::IF_MODIFIED_SINCE)
            .and_then(moment)
            .is_some_and(|since| freshness.modified.as_second() <= since.as_second()),
    }
}

/// A date as HTTP writes it.
fn moment(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(text.replace("GMT", "+0000").as_bytes()).ok()
}

/// A problem in one line of English, for whoever reads the log of a program.
pub(super) fn refused(status: StatusCode, why: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], format!("{why}\n")).into_response()
}

/// What the app could not give.
pub(super) fn failed(error: &Error) -> Response {
    match error {
        Error::NotFound => refused(StatusCode::NOT_FOUND, "nothing of the kind is published here"),
        Error::Busy => refused(StatusCode::SERVICE_UNAVAILABLE, "try again later"),
        other => {
            tracing::error!(kind = other.kind(), "a service of the authority failed");
            refused(StatusCode::INTERNAL_SERVER_ERROR, "a fault of the service; it is written down")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SINCE: &str = "Sat, 21 Nov 2026 12:00:00 GMT";

    fn published() -> Published {
        let at = |text: &str| text.parse().unwrap();
        Published {
            bytes: b"list".to_vec(),
            since: at("2026-11-21T12:00:00Z"),
            until: Some(at("2026-11-21T13:00:00Z")),
            now: at("2026-11-21T12:30:00Z"),
        }
    }

    fn ask(name: header::HeaderName, value: &str) -> Response {
        let asked = HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())]);
        fresh(&asked, published(), "application/pkix-crl")
    }

    #[test]
    fn whoever_has_the_bytes_gets_none() {
        let whole = fresh(&HeaderMap::new(), published(), "application/pkix-crl");
        assert_eq!(whole.status(), StatusCode::OK);
        assert_eq!(whole.headers()["cache-control"], "max-age=1800, public, no-transform, must-revalidate");
        assert_eq!(whole.headers()["expires"], "Sat, 21 Nov 2026 13:00:00 GMT");
        let tag = whole.headers()["etag"].to_str().unwrap();
        assert_eq!(ask(header::IF_NONE_MATCH, tag).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(ask(header::IF_NONE_MATCH, "\"other\"").status(), StatusCode::OK);
        assert_eq!(ask(header::IF_MODIFIED_SINCE, SINCE).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(ask(header::IF_MODIFIED_SINCE, "Sat, 21 Nov 2026 11:59:59 GMT").status(), StatusCode::OK);
        assert_eq!(ask(header::IF_MODIFIED_SINCE, "yesterday").status(), StatusCode::OK);
        let unchanged = ask(header::IF_NONE_MATCH, "*");
        assert!(
            unchanged.headers().contains_key("etag") && !unchanged.headers().contains_key("content-type")
        );
    }
}
