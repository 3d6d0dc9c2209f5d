//! The page of revoked certificates: serial number, date and reason, and nothing personal.

use askama::Template;
use axum::extract::Query;
use jiff::Timestamp;
use qyzmet_app::authority::{RevokedLine, RevokedPage, ShowRevoked};
use serde::Deserialize;

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// Signs of a serial number that are read.
const LONGEST: usize = 80;

/// The page.
#[derive(Template)]
#[template(path = "screens/pki/revoked.html")]
pub(crate) struct Revoked {
    pub(crate) f: Frame,
    pub(crate) serial: String,
    pub(crate) view: RevokedPage,
}

/// What is asked.
#[derive(Deserialize)]
pub(crate) struct Search {
    issuer: Option<String>,
    #[serde(default)]
    serial: String,
    after: Option<String>,
}

/// `GET /pki/revoked`
pub(crate) async fn show(visit: Visit, Query(search): Query<Search>) -> Answer {
    let serial: String = search.serial.trim().chars().take(LONGEST).collect();
    let wanted = ShowRevoked {
        issuer: search.issuer,
        serial: (!serial.is_empty()).then(|| serial.clone()),
        after: search.after.as_deref().and_then(place),
    };
    let view = visit.run(wanted).await?;
    page(&Revoked { f: visit.frame("pki-revoked-title"), serial, view })
}

/// The mark of a line, from which the next page goes on.
pub(crate) fn mark(line: &RevokedLine) -> String {
    format!("{}.{}", line.at.as_microsecond(), line.serial)
}

fn place(mark: &str) -> Option<(Timestamp, String)> {
    let (at, serial) = mark.split_once('.')?;
    Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, serial.to_owned()))
}
