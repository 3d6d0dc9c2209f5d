//! A reasoned refusal: ground, clause, evidence, what to do next [R58-A.9.1, R58-10.7].

use askama::Template;
use qyzmet_app::{ActionState, RefusalView, RequestView, StepView};

use super::status::state_word;
use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, go, page},
};

/// The refusal of a request.
#[derive(Template)]
#[template(path = "screens/requests/refused.html")]
pub(crate) struct Refused {
    pub(crate) f: Frame,
    pub(crate) view: RequestView,
    pub(crate) refusal: RefusalView,
}

impl Refused {
    fn state(&self, state: &ActionState) -> &'static str {
        state_word(state)
    }
}

/// Draws the refusal of a request that ended with one.
pub(super) fn draw(visit: &Visit, view: RequestView) -> Answer {
    match view.step.clone() {
        StepView::Refused(refusal) => page(&Refused { f: visit.frame("refused-title"), view, refusal }),
        _ => go(&format!("/requests/{}/status", view.case)),
    }
}
