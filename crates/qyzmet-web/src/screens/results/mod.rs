//! The result of a service as its owner sees it, and the files that belong to it.

use askama::Template;
use axum::extract::Path;
use qyzmet_app::{DownloadResult, ResultPart, ResultView, ShowResult};

use crate::{
    files,
    frame::Frame,
    problem::{Answer, not_found},
    visit::{Visit, page},
};

/// A result [R74-3.3].
#[derive(Template)]
#[template(path = "screens/results/result.html")]
pub(crate) struct ResultPage {
    pub(crate) f: Frame,
    pub(crate) view: ResultView,
}

/// `GET /results/{number}`
pub(crate) async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let view = visit.run(ShowResult { number, locale: visit.locale }).await?;
    page(&ResultPage { f: visit.frame_titled(view.title.clone()), view })
}

/// `GET /results/{number}/{part}`
pub(crate) async fn download(visit: Visit, Path((number, part)): Path<(String, String)>) -> Answer {
    let part = match part.as_str() {
        "result.json" => ResultPart::Json,
        "result.p7s" => ResultPart::Signature,
        "seal.p7s" => ResultPart::Seal,
        "result.pdf" => ResultPart::Pdf,
        "proof.json" => ResultPart::Proof,
        _ => return Err(not_found()),
    };
    Ok(files::download(visit.run(DownloadResult { number, part, locale: visit.locale }).await?))
}
