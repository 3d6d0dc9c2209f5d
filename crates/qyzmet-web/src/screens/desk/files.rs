//! The documents of a case on their way to an officer's disk.

use qyzmet_app::{
    desk::{DeskPart, DownloadDeskDocument, DownloadDeskPaper},
    printed::Paper,
};

use super::At;
use crate::{files, problem::Answer, visit::Visit};

/// `GET /desk/{case}/{action}/request.json`
pub(crate) async fn request(visit: Visit, At(place): At) -> Answer {
    Ok(files::download(visit.run(DownloadDeskDocument { place, part: DeskPart::Request }).await?))
}

/// `GET /desk/{case}/{action}/application.pdf`: to be signed by hand.
pub(crate) async fn application(visit: Visit, At(place): At) -> Answer {
    Ok(files::download(visit.run(DownloadDeskPaper { place, paper: Paper::Application }).await?))
}

/// `GET /desk/{case}/{action}/request.p7s`
pub(crate) async fn signature(visit: Visit, At(place): At) -> Answer {
    Ok(files::download(visit.run(DownloadDeskDocument { place, part: DeskPart::Signature }).await?))
}

/// `GET /desk/{case}/{action}/receipt.pdf`
pub(crate) async fn receipt(visit: Visit, At(place): At) -> Answer {
    Ok(files::download(visit.run(DownloadDeskPaper { place, paper: Paper::Receipt }).await?))
}
