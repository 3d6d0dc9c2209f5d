//! The QR code of a result: the address of its public check.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use fast_qr::{QRBuilder, convert::svg::SvgBuilder};
use qyzmet_domain::ResultNumber;

use crate::{
    problem::{Answer, not_found},
    visit::Visit,
};

/// An address as a QR code, an SVG of its own; none when it is too long for one.
pub(crate) fn picture(address: &str) -> Option<String> {
    let code = QRBuilder::new(address).build().ok()?;
    Some(SvgBuilder::default().to_str(&code))
}

/// `GET /r/{number}/qr.svg`: drawn for any well-formed number, so that it tells nothing of which numbers exist.
pub(crate) async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let number: ResultNumber = number.parse().map_err(|_| not_found())?;
    let picture = picture(&format!("{}/r/{number}", visit.site.app.origin())).ok_or_else(not_found)?;
    let mut response = picture.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    Ok(response)
}
