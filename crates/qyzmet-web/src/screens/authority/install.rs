//! Where the owner of an order joins its certificates with the keys that never left them.

use askama::Template;
use axum::extract::Path;
use qyzmet_app::authority::{InstallView, Installable, ShowInstall};
use serde_json::json;

use crate::{
    frame::Frame,
    problem::{Answer, not_found},
    visit::{Visit, page},
};

/// The page [R839-6.P11].
#[derive(Template)]
#[template(path = "screens/authority/install.html")]
pub(crate) struct Install {
    pub(crate) f: Frame,
    pub(crate) view: InstallView,
}

impl Install {
    /// The certificates as the element takes them.
    fn certificates(&self) -> String {
        let one = |Installable { profile, name, certificate, .. }: &Installable| json!({ "profile": profile, "name": name, "certificate": certificate });
        serde_json::Value::Array(self.view.certificates.iter().map(one).collect()).to_string()
    }

    fn chain(&self) -> String {
        json!(self.view.chain).to_string()
    }
}

/// `GET /orders/{number}/install`
pub(crate) async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let number = number.parse().map_err(|_| not_found())?;
    let view = visit.run(ShowInstall { number, locale: visit.locale }).await?;
    page(&Install { f: visit.frame("install-title"), view })
}
