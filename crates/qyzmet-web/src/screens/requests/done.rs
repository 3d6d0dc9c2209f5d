//! The request has been sent: its number, what happens next and by when.

use askama::Template;
use qyzmet_app::{RequestView, StepView};

use super::{Case, view};
use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, go, page},
};

/// The page after sending.
#[derive(Template)]
#[template(path = "screens/requests/done.html")]
pub(crate) struct Done {
    pub(crate) f: Frame,
    pub(crate) view: RequestView,
}

/// `GET /requests/{case}/done`
pub(crate) async fn show(visit: Visit, Case(case): Case) -> Answer {
    let view = view(&visit, case, None).await?;
    match view.step {
        StepView::Form(_) | StepView::Confirm(_) | StepView::Pay(_) => go(&format!("/requests/{case}")),
        _ => page(&Done { f: visit.frame("done-title"), view }),
    }
}
