//! Who used the person's data, when and why: the person's own view of the journal.

use askama::Template;
use axum::extract::Query;
use qyzmet_app::{DataUse, ShowDataUse};
use serde::Deserialize;

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// A page with so many entries may have a next one.
const FULL: usize = 50;

/// The list of uses.
#[derive(Template)]
#[template(path = "screens/cabinet/data_use.html")]
pub(crate) struct Uses {
    pub(crate) f: Frame,
    pub(crate) uses: Vec<DataUse>,
    /// The last entry shown, when there may be older ones.
    pub(crate) older: Option<String>,
}

/// From which entry on.
#[derive(Deserialize)]
pub(crate) struct From {
    before: Option<String>,
}

/// `GET /cabinet/data-use`
pub(crate) async fn show(visit: Visit, Query(From { before }): Query<From>) -> Answer {
    let uses = visit.run(ShowDataUse { locale: visit.locale, before }).await?;
    let older = (uses.len() >= FULL).then(|| uses.last().map(|last| last.id.clone())).flatten();
    page(&Uses { f: visit.cabinet_frame("data-use-title").await?, uses, older })
}
