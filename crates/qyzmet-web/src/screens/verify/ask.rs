//! The form of the public check.

use askama::Template;
use axum::{extract::Query, http::StatusCode};
use qyzmet_app::VerifyDocument;
use serde::Deserialize;

use super::verdict;
use crate::{
    errors::Errors,
    frame::Frame,
    locale,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page_with},
};

/// The form: a number, or two files.
#[derive(Template)]
#[template(path = "screens/verify/ask.html")]
pub(crate) struct Ask {
    pub(crate) f: Frame,
    pub(crate) number: String,
    pub(crate) errors: Errors,
}

/// A number from the form.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    number: Option<String>,
}

/// `GET /verify`
pub(crate) async fn show(visit: Visit, Query(Wanted { number }): Query<Wanted>) -> Answer {
    let Some(number) = number else { return draw(&visit, String::new(), Errors::default()) };
    let tidy: String = number.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect();
    if tidy.is_empty() {
        let errors = Errors::default().and(&visit, "number", "verify-number-missing");
        return draw(&visit, String::new(), errors);
    }
    go(&format!("/r/{}", tidy.to_ascii_uppercase()))
}

/// `POST /verify`
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    if let Some(locale) = sent.language() {
        return locale::switch(&visit, locale, "/verify").await;
    }
    let (document, signature) = (sent.take_file("document"), sent.take_file("signature"));
    let (Some(document), Some(signature)) = (document, signature) else {
        let errors = Errors::default().and(&visit, "document", "verify-files-missing");
        return draw(&visit, String::new(), errors);
    };
    let verification = visit.run(VerifyDocument { document, signature, locale: visit.locale }).await?;
    verdict::draw(&visit, verification)
}

fn draw(visit: &Visit, number: String, errors: Errors) -> Answer {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let f = visit.frame("verify-title").with_error(!errors.is_empty());
    page_with(status, &Ask { f, number, errors })
}
