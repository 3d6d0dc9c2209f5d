//! `/pki/crl/...` and `/pki/ca/...`: lists and certificates as files.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use qyzmet_app::authority::{Published, Series, ShowIssuer, ShowList};
use qyzmet_app::{Error, UseCase};
use qyzmet_domain::Caller;

use super::sent::{failed, fresh};
use crate::site::Site;

const LIST: &str = "application/pkix-crl";
const CERTIFICATE: &str = "application/pkix-cert";

/// `GET /pki/crl/{id}.crl`: the full list of an authority.
pub(crate) async fn list(State(site): State<Site>, Path(file): Path<String>, asked: HeaderMap) -> Response {
    match file.strip_suffix(".crl") {
        Some(issuer) => {
            let wish = ShowList { issuer: issuer.to_owned(), series: Series::Full };
            show(&site, &asked, wish, LIST).await
        }
        None => failed(&Error::NotFound),
    }
}

/// `GET /pki/crl/{id}/{part}.crl` and `GET /pki/crl/{id}/delta.crl`.
pub(crate) async fn part(
    State(site): State<Site>,
    Path((issuer, file)): Path<(String, String)>,
    asked: HeaderMap,
) -> Response {
    match file.strip_suffix(".crl").and_then(|series| series.parse().ok()) {
        Some(series @ (Series::Delta | Series::Part(_))) => {
            show(&site, &asked, ShowList { issuer, series }, LIST).await
        }
        _ => failed(&Error::NotFound),
    }
}

/// `GET /pki/ca/{id}.crt`: the certificate of an authority.
pub(crate) async fn certificate(
    State(site): State<Site>,
    Path(file): Path<String>,
    asked: HeaderMap,
) -> Response {
    match file.strip_suffix(".crt") {
        Some(issuer) => show(&site, &asked, ShowIssuer { issuer: issuer.to_owned() }, CERTIFICATE).await,
        None => failed(&Error::NotFound),
    }
}

async fn show<U>(site: &Site, asked: &HeaderMap, wish: U, media: &'static str) -> Response
where
    U: UseCase<Output = Published>,
{
    match qyzmet_app::run(&site.app, &Caller::Anonymous, wish).await {
        Ok(published) => fresh(asked, published, media),
        Err(error) => failed(&error),
    }
}
