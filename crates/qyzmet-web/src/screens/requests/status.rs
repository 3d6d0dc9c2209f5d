//! The process itself as the status of a request: numbered actions, units, terms, clauses.

use askama::Template;
use qyzmet_app::{ActionState, ActionView, RequestView, StepView, WithdrawCase};

use super::{Case, or_where_it_stands, view};
use crate::{
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page},
};

/// The status page.
#[derive(Template)]
#[template(path = "screens/requests/status.html")]
pub(crate) struct Status {
    pub(crate) f: Frame,
    pub(crate) view: RequestView,
}

impl Status {
    /// Whether the page is worth following: everything else waits for the person or is over.
    fn is_running(&self) -> bool {
        matches!(self.view.step, StepView::Running { .. })
    }

    /// How much stands beside the timeline.
    fn drawn(&self) -> String {
        drawn(&self.view)
    }

    /// The end of a class name and of a locale key for the state of an action.
    fn state(&self, action: &ActionView) -> &'static str {
        state_word(action)
    }
}

/// The end of a class name and of a locale key: an action that did not end as it should is told apart.
pub(crate) fn state_word(action: &ActionView) -> &'static str {
    match action.state {
        ActionState::Done { .. } if action.outcome.as_ref().is_some_and(|how| how != "more") => "failed",
        ActionState::Done { .. } => "done",
        ActionState::Now => "now",
        ActionState::Next => "next",
        ActionState::Passed => "skipped",
    }
}

/// How much stands beside the timeline: number and papers come while a page is looked at, and only a new page shows them.
pub(super) fn drawn(view: &RequestView) -> String {
    format!("{}-{}", u8::from(view.request_number.is_some()), view.papers.len())
}

/// `GET /requests/{case}/status`
pub(crate) async fn show(visit: Visit, Case(case): Case) -> Answer {
    draw(&visit, view(&visit, case, None).await?)
}

/// Draws the status of any request.
pub(super) fn draw(visit: &Visit, view: RequestView) -> Answer {
    page(&Status { f: visit.frame("status-title"), view })
}

/// `POST /requests/{case}/withdraw`
pub(crate) async fn withdraw(visit: Visit, Case(case): Case, sent: Sent) -> Answer {
    match visit.run(WithdrawCase { case, seen: sent.seen() }).await {
        Ok(()) => go("/requests"),
        Err(error) => or_where_it_stands(error, case),
    }
}
