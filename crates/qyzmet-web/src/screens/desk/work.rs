//! One case at the desk: what is claimed beside what is known, the way so far with each term, and what can be done now.

use askama::Template;
use qyzmet_app::{
    ActionState, ActionView, Error,
    desk::{DeskStep, TakeWork, Urgency, WorkView},
};

use super::{At, address, view, visit_of};
use crate::{
    frame::Frame,
    problem::Answer,
    screens::requests::status::state_word,
    sent::Sent,
    visit::{Visit, go, page},
};

/// The page of a case.
#[derive(Template)]
#[template(path = "screens/desk/work.html")]
pub(crate) struct Work {
    pub(crate) f: Frame,
    pub(crate) view: WorkView,
}

impl Work {
    /// The end of a class name and of a locale key for the state of an action.
    fn state(&self, action: &ActionView) -> &'static str {
        state_word(action)
    }

    /// Whether the officer can take the work.
    fn can_take(&self) -> bool {
        let is_free = self.view.officer.is_none() && !self.view.mine;
        self.view.may_act && is_free && self.view.event.is_none()
    }

    /// Steps that were done or are under way, and that have a term.
    fn reckoned(&self) -> impl Iterator<Item = &DeskStep> {
        self.view.steps.iter().filter(|step| step.term.is_some())
    }
}

/// `GET /desk/{case}/{action}`
pub(crate) async fn show(visit: Visit, At(place): At) -> Answer {
    let view = view(&visit, place).await?;
    page(&Work { f: visit.frame_titled(view.what.clone()), view })
}

/// `POST /desk/{case}/{action}/take`
pub(crate) async fn take(visit: Visit, At(place): At, sent: Sent) -> Answer {
    match visit.run(TakeWork { place, visit: visit_of(&sent) }).await {
        Ok(()) | Err(Error::Late | Error::Desk(_)) => go(&address(place)),
        Err(error) => Err(error.into()),
    }
}
