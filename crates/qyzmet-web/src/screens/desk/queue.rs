//! The queue of the officer's unit, that with the least time left first.

use askama::Template;
use qyzmet_app::desk::{ListQueue, QueueView, Urgency};

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// The queue.
#[derive(Template)]
#[template(path = "screens/desk/queue.html")]
pub(crate) struct Queue {
    pub(crate) f: Frame,
    pub(crate) view: QueueView,
}

/// `GET /desk`
pub(crate) async fn show(visit: Visit) -> Answer {
    let view = visit.run(ListQueue { locale: visit.locale }).await?;
    page(&Queue { f: visit.frame("desk-title"), view })
}
