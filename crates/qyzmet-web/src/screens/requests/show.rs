//! A request where it stands now: a form page, the confirmation, the running process, or its end.

use axum::extract::Query;
use qyzmet_app::StepView;
use serde::Deserialize;

use super::{Case, confirm, fill, pay, refused, status, view};
use crate::{
    errors::Errors,
    problem::Answer,
    visit::{Visit, go},
};

/// Which page of the form.
#[derive(Deserialize)]
pub(crate) struct Wish {
    page: Option<String>,
}

/// `GET /requests/{case}`
pub(crate) async fn show(visit: Visit, Case(case): Case, Query(wish): Query<Wish>) -> Answer {
    // A page of a form has an address of its own, so that a draft that is saved in between does not lead past it.
    let is_bare = wish.page.is_none();
    let view = view(&visit, case, wish.page).await?;
    match &view.step {
        StepView::Form(form) if is_bare => go(&fill::address(case, &form.page)),
        StepView::Form(_) => fill::draw(&visit, view, Errors::default()),
        StepView::Confirm(_) => confirm::draw(&visit, view, Errors::default()),
        StepView::Pay(_) => pay::draw(&visit, view),
        StepView::Refused(_) => refused::draw(&visit, view),
        StepView::Running { .. } | StepView::Issued { .. } | StepView::Finished { .. } => {
            status::draw(&visit, view)
        }
    }
}
