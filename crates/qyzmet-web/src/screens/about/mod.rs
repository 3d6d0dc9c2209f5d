//! Pages that only say something: accessibility, privacy, planned outages.

use askama::Template;

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// A page of paragraphs.
#[derive(Template)]
#[template(path = "screens/about/text.html")]
pub(crate) struct Text {
    pub(crate) f: Frame,
    pub(crate) paragraphs: &'static [&'static str],
}

fn text(visit: &Visit, title: &str, paragraphs: &'static [&'static str]) -> Answer {
    page(&Text { f: visit.frame(title), paragraphs })
}

/// `GET /accessibility`
pub(crate) async fn accessibility(visit: Visit) -> Answer {
    const TEXT: &[&str] =
        &["accessibility-standard", "accessibility-works", "accessibility-limits", "accessibility-report"];
    text(&visit, "accessibility-title", TEXT)
}

/// `GET /privacy`
pub(crate) async fn privacy(visit: Visit) -> Answer {
    text(&visit, "privacy-title", &["privacy-what", "privacy-why", "privacy-who", "privacy-cookies"])
}

/// `GET /outage`: what works during a planned break, and what does not [R74-3.2].
pub(crate) async fn outage(visit: Visit) -> Answer {
    text(&visit, "outage-title", &["outage-when", "outage-kept", "outage-terms"])
}
