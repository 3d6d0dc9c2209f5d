//! A page of a form that an officer fills for whoever stands at the desk.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Query, http::StatusCode};
use qyzmet_app::{
    Error, FieldView, FormView, NextPage,
    desk::{DeskFormView, FillAtDesk, Place, ShowDeskForm, WorkView},
};
use qyzmet_engine::{FieldErrors, FieldKind};
use serde::Deserialize;

use super::{At, Trouble, address};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    screens::requests::fill::{LINE, errors_of, wanted},
    sent::Sent,
    visit::{Visit, go, page_with},
};

/// A form page at the desk.
#[derive(Template)]
#[template(path = "screens/desk/fill.html")]
pub(crate) struct Fill {
    pub(crate) f: Frame,
    pub(crate) view: WorkView,
    pub(crate) form: FormView,
    pub(crate) errors: Errors,
    /// Address of the card agent.
    pub(crate) agent: String,
}

impl Fill {
    /// The key pairs that a field wants, as the element takes them.
    fn wanted(&self, field: &FieldView) -> String {
        wanted(field)
    }

    /// On whose card keys are made, and through which agent: at a desk on the visitor's, never in the officer's browser.
    fn card_of(&self) -> Option<(&str, &str)> {
        Some((&self.view.identifier, &self.agent))
    }
}

/// Which page of the form.
#[derive(Deserialize)]
pub(crate) struct Asked {
    page: Option<String>,
}

/// `GET /desk/{case}/{action}/fill`
pub(crate) async fn show(visit: Visit, At(place): At, Query(asked): Query<Asked>) -> Answer {
    draw(&visit, place, asked.page, (BTreeMap::new(), FieldErrors::default())).await
}

/// `POST /desk/{case}/{action}/fill`
pub(crate) async fn send(visit: Visit, At(place): At, sent: Sent) -> Answer {
    let (seen, page) = (sent.seen(), sent.text("page").to_owned());
    let values = sent.values();
    match visit.run(FillAtDesk { place, seen, page: page.clone(), values: values.clone() }).await {
        Ok(NextPage::Page(next)) => go(&format!("{}/fill?page={next}", address(place))),
        Ok(NextPage::Step) | Err(Error::Late) => go(&address(place)),
        Err(Error::Invalid(found)) => draw(&visit, place, Some(page), (values, found)).await,
        Err(Error::Desk(problem)) => {
            let errors = Trouble(problem).beside(&visit, "form");
            let shown = visit.run(ShowDeskForm { place, page: Some(page), locale: visit.locale }).await?;
            answer(&visit, shown, errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// The page, with what was typed and what is wrong with it. Work that has gone on is shown as it stands.
async fn draw(
    visit: &Visit,
    place: Place,
    page: Option<String>,
    (mut values, found): (BTreeMap<String, String>, FieldErrors),
) -> Answer {
    let mut shown = match visit.run(ShowDeskForm { place, page, locale: visit.locale }).await {
        Ok(shown) => shown,
        Err(Error::Late) => return go(&address(place)),
        Err(error) => return Err(error.into()),
    };
    for field in shown.form.fields.iter_mut().filter(|_| !found.0.is_empty()) {
        field.value = values.remove(&field.id).unwrap_or_default();
    }
    let errors = errors_of(visit, &mut shown.form, &found);
    answer(visit, shown, errors)
}

fn answer(visit: &Visit, shown: DeskFormView, errors: Errors) -> Answer {
    let DeskFormView { work: view, form } = shown;
    let f = visit.frame_titled(form.title.clone()).with_form("form").with_error(!errors.is_empty());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let agent = visit.site.settings.card_agent_url.clone();
    page_with(status, &Fill { f, view, form, errors, agent })
}
