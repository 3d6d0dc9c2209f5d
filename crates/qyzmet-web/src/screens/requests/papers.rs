//! The papers of a request on their way to the recipient's printer.

use qyzmet_app::printed::{DownloadPaper, Paper};
use qyzmet_domain::CaseId;

use super::Case;
use crate::{files, problem::Answer, visit::Visit};

/// `GET /requests/{case}/application.pdf`
pub(crate) async fn application(visit: Visit, Case(case): Case) -> Answer {
    download(&visit, case, Paper::Application).await
}

/// `GET /requests/{case}/receipt.pdf`
pub(crate) async fn receipt(visit: Visit, Case(case): Case) -> Answer {
    download(&visit, case, Paper::Receipt).await
}

async fn download(visit: &Visit, case: CaseId, paper: Paper) -> Answer {
    let locale = visit.locale;
    Ok(files::download(visit.run(DownloadPaper { case, paper, locale }).await?))
}
