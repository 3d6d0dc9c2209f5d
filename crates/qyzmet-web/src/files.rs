//! Documents on their way to a person's disk.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use qyzmet_app::Document;

/// A document to keep. It is never shown as a page of this site, whatever it holds.
pub(crate) fn download(document: Document) -> Response {
    let Document { bytes, name, media } = document;
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-._".contains(*c)).collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers
        .insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let media = HeaderValue::from_static(media);
    headers.insert(header::CONTENT_TYPE, media);
    response
}
