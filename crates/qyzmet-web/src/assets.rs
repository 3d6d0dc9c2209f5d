//! Style, scripts and fonts: built by `cargo xtask assets`, embedded here, served under names that carry their hash.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

/// May be missing: then the pages come without style, and the log says how to build it.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Stable name -> address, from the manifest of the build.
static ADDRESSES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let manifest = Dist::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok());
    let Some(serde_json::Value::Object(entries)) = manifest else {
        tracing::error!(
            "web/dist is not built: pages have no style and no scripts; run `cargo xtask assets`"
        );
        return HashMap::new();
    };
    let address = |entry: &serde_json::Value| Some(format!("/static/{}", entry.get("file")?.as_str()?));
    entries.iter().filter_map(|(name, entry)| Some((name.clone(), address(entry)?))).collect()
});

/// Address of an asset by its stable name (`app.css`); an unbuilt one gets an address that answers 404.
pub(crate) fn address(name: &str) -> Cow<'static, str> {
    match ADDRESSES.get(name) {
        Some(address) => Cow::Borrowed(address),
        None => Cow::Owned(format!("/static/{name}")),
    }
}

/// Serves one file, compressed beforehand where the browser can take it.
pub(crate) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((file, coding)) = find(&name, &headers) else {
        return (StatusCode::NOT_FOUND, "no such file\n").into_response();
    };
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..8]));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let mut response = Response::new(Body::from(file.data));
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media(&name)));
    out.insert(header::CACHE_CONTROL, FOREVER);
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        out.insert(header::ETAG, etag);
    }
    if let Some(coding) = coding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.0));
    }
    response
}

/// The file, in the best prepared coding that the browser takes.
fn find(name: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<Coding>)> {
    if !is_public(name) {
        return None;
    }
    let prepared = |coding: Coding| Some((Dist::get(&coding.of(name))?, Some(coding)));
    accepted(headers).into_iter().find_map(prepared).or_else(|| Some((Dist::get(name)?, None)))
}

/// A content coding with the ending of its prepared copies.
#[derive(Clone, Copy)]
struct Coding(&'static str, &'static str);

impl Coding {
    fn of(self, name: &str) -> String {
        format!("{name}.{}", self.1)
    }
}

/// Codings that the browser takes, best first.
fn accepted(headers: &HeaderMap) -> Vec<Coding> {
    let line = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |coding: &&Coding| {
        line.split(',').map(str::trim).any(|offer| {
            let (name, quality) = offer.split_once(';').unwrap_or((offer, ""));
            name.trim() == coding.0 && quality.trim() != "q=0"
        })
    };
    [Coding("br", "br"), Coding("gzip", "gz")].iter().filter(takes).copied().collect()
}

/// The manifest is for the server only, and a page never asks for a compressed copy by name.
fn is_public(name: &str) -> bool {
    media(name) != "application/octet-stream"
}

fn media(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_missing_file_answers_404() {
        let response = serve(Path("nothing.css".to_owned()), HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn the_manifest_stays_inside() {
        let response = serve(Path("manifest.json".to_owned()), HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_coding_that_the_browser_rules_out_is_not_used() {
        let headers =
            HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static("br;q=0, gzip"))]);
        assert_eq!(accepted(&headers).iter().map(|coding| coding.0).collect::<Vec<_>>(), ["gzip"]);
    }
}
