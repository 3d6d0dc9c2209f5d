//! All services with their versions, and what could not be taken into use: for the administrator.

use askama::Template;
use qyzmet_app::{Reason, ShowVersions, VersionsView};

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// The versions.
#[derive(Template)]
#[template(path = "screens/desk/versions.html")]
pub(crate) struct Versions {
    pub(crate) f: Frame,
    pub(crate) view: VersionsView,
}

impl Versions {
    /// The beginning of a hash, as people compare it.
    fn short<'a>(&self, version: &'a str) -> &'a str {
        version.get(..12).unwrap_or(version)
    }

    /// `process.toml:12`, as editors understand it; empty when the folder as a whole is meant.
    fn place(&self, reason: &Reason) -> String {
        match reason.line {
            0 => reason.file.clone(),
            line => format!("{}:{line}", reason.file),
        }
    }
}

/// `GET /desk/services`
pub(crate) async fn show(visit: Visit) -> Answer {
    let view = visit.run(ShowVersions { locale: visit.locale }).await?;
    page(&Versions { f: visit.frame("desk-versions-title"), view })
}
