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

/// `GET /r/{number}/qr.svg`: drawn for any well-formed number, so that it tells nothing of which numbers exist.
pub(crate) async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let number: ResultNumber = number.parse().map_err(|_| not_found())?;
    let address = format!("{}/r/{number}", visit.site.app.origin());
    let code = QRBuilder::new(address).build().map_err(|_| not_found())?;
    let mut response = SvgBuilder::default().to_str(&code).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    Ok(response)
}
