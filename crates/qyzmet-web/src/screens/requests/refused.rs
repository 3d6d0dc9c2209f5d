//! A reasoned refusal: ground, clause, evidence, what to do next [R58-A.9.1, R58-10.7].

use askama::Template;
use qyzmet_app::{ActionState, ActionView, LatePaymentView, RefusalView, RequestView, StepView};
use qyzmet_domain::ServiceId;

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
    pub(crate) service: ServiceId,
    pub(crate) title: String,
    pub(crate) timeline: Vec<ActionView>,
    pub(crate) refusal: RefusalView,
    pub(crate) late: Option<LatePaymentView>,
    pub(crate) fee_rejected: bool,
}

impl Refused {
    fn state(&self, action: &ActionView) -> &'static str {
        state_word(action)
    }
}

/// Draws the refusal of a request that ended with one.
pub(super) fn draw(visit: &Visit, view: RequestView) -> Answer {
    let RequestView { case, service, title, step, timeline, late_payment: late, fee_rejected, .. } = view;
    let StepView::Refused(refusal) = step else { return go(&format!("/requests/{case}/status")) };
    let f = visit.frame("refused-title");
    page(&Refused { f, service, title, timeline, refusal, late, fee_rejected })
}
