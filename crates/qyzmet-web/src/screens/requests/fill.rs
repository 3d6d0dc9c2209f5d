//! A page of a request's form, drawn from the service folder. One question a page; nothing typed is lost.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use qyzmet_app::{Error, FieldView, FillPage, FormView, NextPage, RequestView, SaveDraft, StepView};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_engine::{FieldError, FieldErrors, FieldKind};

use super::{Case, or_where_it_stands, view};
use crate::{
    error_page::step_up,
    errors::Errors,
    frame::Frame,
    locale,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page_with},
};

/// The longest text that is asked for in a single line, in characters.
pub(crate) const LINE: usize = 200;

/// A form page.
#[derive(Template)]
#[template(path = "screens/requests/fill.html")]
pub(crate) struct Fill {
    pub(crate) f: Frame,
    pub(crate) case: CaseId,
    pub(crate) service: String,
    pub(crate) form: FormView,
    pub(crate) errors: Errors,
}

impl Fill {
    /// The key pairs that a field wants, as the element takes them.
    fn wanted(&self, field: &FieldView) -> String {
        wanted(field)
    }

    /// On whose card keys are made, and through which agent: a recipient makes them in the own browser.
    fn card_of(&self) -> Option<(&str, &str)> {
        None
    }
}

/// The key pairs that a field wants, as the element takes them.
pub(crate) fn wanted(field: &FieldView) -> String {
    let one = |(profile, name): &(&str, String)| serde_json::json!({ "profile": profile, "name": name });
    serde_json::Value::Array(field.profiles.iter().map(one).collect()).to_string()
}

/// `POST /requests/{case}`
pub(crate) async fn send(visit: Visit, Case(case): Case, sent: Sent) -> Answer {
    match sent.language() {
        Some(locale) => in_language(&visit, locale, case, sent).await,
        None => fill(&visit, case, sent).await,
    }
}

/// The same page in another language; what was typed is kept, unless the request has moved on.
async fn in_language(visit: &Visit, locale: Locale, case: CaseId, sent: Sent) -> Answer {
    let (seen, page) = (sent.seen(), sent.text("page").to_owned());
    match visit.run(SaveDraft { case, seen, page: page.clone(), values: sent.values() }).await {
        Ok(()) | Err(Error::Late) => locale::switch(visit, locale, &address(case, &page)).await,
        Err(error) => Err(error.into()),
    }
}

async fn fill(visit: &Visit, case: CaseId, sent: Sent) -> Answer {
    let (seen, page) = (sent.seen(), sent.text("page").to_owned());
    let values = sent.values();
    let fill = FillPage { case, seen, page: page.clone(), values: values.clone(), locale: visit.locale };
    match visit.run(fill).await {
        Ok(NextPage::Page(next)) => go(&address(case, &next)),
        Ok(NextPage::Step) => go(&format!("/requests/{case}")),
        // The draft is kept; the person comes back to this very page of the form.
        Err(Error::StepUp) => Ok(step_up(&address(case, &page))),
        Err(Error::Invalid(errors)) => again(visit, case, page, values, &errors).await,
        Err(error) => or_where_it_stands(error, case),
    }
}

/// Address of one page of the form.
pub(super) fn address(case: CaseId, page: &str) -> String {
    let harmless = page.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if harmless { format!("/requests/{case}?page={page}") } else { format!("/requests/{case}") }
}

/// The same page with what was typed and what is wrong with it.
async fn again(
    visit: &Visit,
    case: CaseId,
    page: String,
    mut values: BTreeMap<String, String>,
    found: &FieldErrors,
) -> Answer {
    let mut view = view(visit, case, Some(page)).await?;
    let StepView::Form(form) = &mut view.step else { return go(&format!("/requests/{case}")) };
    for field in &mut form.fields {
        field.value = values.remove(&field.id).unwrap_or_default();
    }
    let errors = errors_of(visit, form, found);
    draw(visit, view, errors)
}

/// What is wrong with a form, in the words of its fields.
pub(crate) fn errors_of(visit: &Visit, form: &mut FormView, found: &FieldErrors) -> Errors {
    let mut errors = Errors::of_fields(visit, found);
    for field in &mut form.fields {
        errors = match (&field.kind, found.0.get(&field.id)) {
            // A box cannot be filled in: say what the two lawful answers are.
            (FieldKind::Consent { .. }, Some(_)) => errors.instead(visit, &field.id, "problem-consent"),
            (FieldKind::Keys { .. }, Some(why)) => {
                // What was refused is made anew.
                field.value.clear();
                let missing = matches!(why, FieldError::Missing);
                if missing { errors.instead(visit, &field.id, "problem-keys-missing") } else { errors }
            }
            _ => errors,
        };
    }
    errors
}

/// Draws the form page of a request that stands at one.
pub(super) fn draw(visit: &Visit, view: RequestView, errors: Errors) -> Answer {
    let RequestView { case, title, step, .. } = view;
    let StepView::Form(form) = step else { return go(&format!("/requests/{case}")) };
    let f = visit.frame_titled(form.title.clone()).with_form("form").with_error(!errors.is_empty());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(status, &Fill { f, case, service: title, form, errors })
}
