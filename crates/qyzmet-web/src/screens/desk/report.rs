//! An event that a case waits for is reported: that it has come, and what it says.

use std::collections::BTreeMap;

use askama::Template;
use qyzmet_app::desk::{EventView, Place, ReportEvent, SaidView, WorkView};

use super::{At, Trouble, address, outcome, view, visit_of};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page},
};

/// The form of an event.
#[derive(Template)]
#[template(path = "screens/desk/report.html")]
pub(crate) struct Report {
    pub(crate) f: Frame,
    pub(crate) view: WorkView,
    pub(crate) event: EventView,
    /// What was said, by fact.
    pub(crate) typed: BTreeMap<String, String>,
    pub(crate) errors: Errors,
}

impl Report {
    /// The name of a question's field.
    fn name(&self, said: &SaidView) -> String {
        field(&said.fact)
    }

    /// What was typed for a fact.
    fn said(&self, fact: &str) -> &str {
        self.typed.get(fact).map(String::as_str).unwrap_or_default()
    }
}

/// The name of a fact's field: apart from the names that belong to the page.
fn field(fact: &str) -> String {
    format!("says-{fact}")
}

/// `GET /desk/{case}/{action}/report`
pub(crate) async fn show(visit: Visit, At(place): At) -> Answer {
    draw(&visit, place, BTreeMap::new(), Errors::default()).await
}

/// `POST /desk/{case}/{action}/report`
pub(crate) async fn send(visit: Visit, At(place): At, mut sent: Sent) -> Answer {
    let seen = visit_of(&sent);
    let Some(event) = view(&visit, place).await?.event else { return go(&address(place)) };
    let says: BTreeMap<_, _> =
        event.says.iter().map(|said| (said.fact.clone(), sent.take(&field(&said.fact)))).collect();
    let done = visit.run(ReportEvent { place, visit: seen, says: says.clone() }).await;
    outcome(done, place, async |trouble: Trouble| {
        let unsaid = event.says.iter().find(|said| says[&said.fact].trim().is_empty());
        let place_of = unsaid.or(event.says.first()).map(|said| field(&said.fact)).unwrap_or_default();
        draw(&visit, place, says, trouble.beside(&visit, &place_of)).await
    })
    .await
}

async fn draw(visit: &Visit, place: Place, typed: BTreeMap<String, String>, errors: Errors) -> Answer {
    let mut view = view(visit, place).await?;
    let Some(event) = view.event.take() else { return go(&address(place)) };
    let f = visit.frame("desk-report-title").with_error(!errors.is_empty());
    page(&Report { f, view, event, typed, errors })
}
