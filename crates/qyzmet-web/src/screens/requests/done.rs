//! The request has been sent: its number, what happens next and by when.

use askama::Template;
use qyzmet_app::{RequestView, StepView};

use super::{Case, view};
use crate::{
    frame::Frame,
    problem::Answer,
    screens::verify::qr,
    visit::{Visit, go, page},
};

/// The page after sending.
#[derive(Template)]
#[template(path = "screens/requests/done.html")]
pub(crate) struct Done {
    pub(crate) f: Frame,
    pub(crate) view: RequestView,
    /// The address of the request's progress as a QR code, to be followed on a handset.
    pub(crate) qr: Option<String>,
}

/// `GET /requests/{case}/done`
pub(crate) async fn show(visit: Visit, Case(case): Case) -> Answer {
    let view = view(&visit, case, None).await?;
    match view.step {
        StepView::Form(_) | StepView::Confirm(_) | StepView::Pay(_) => go(&format!("/requests/{case}")),
        _ => {
            let qr = qr::picture(&format!("{}/requests/{case}/status", visit.site.app.origin()));
            page(&Done { f: visit.frame("done-title"), view, qr })
        }
    }
}
