//! The answer of the public check: valid, invalid, not determinable now, or unknown.

use askama::Template;
use axum::{extract::Path, http::StatusCode};
use qyzmet_app::{Verification, VerificationOutcome, VerifyNumber};

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page_with},
};

/// The verdict.
#[derive(Template)]
#[template(path = "screens/verify/verdict.html")]
pub(crate) struct Verdict {
    pub(crate) f: Frame,
    pub(crate) view: Verification,
    /// Locale keys are `verdict-<word>-title` and `-text`.
    pub(crate) word: &'static str,
    /// The end of the class name.
    pub(crate) look: &'static str,
}

/// `GET /r/{number}`: where the QR code leads.
pub(crate) async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let view = visit.run(VerifyNumber { number, locale: visit.locale }).await?;
    draw(&visit, view)
}

/// Draws a verdict.
pub(super) fn draw(visit: &Visit, view: Verification) -> Answer {
    let (word, look, status) = match view.outcome {
        VerificationOutcome::Valid => ("valid", "valid", StatusCode::OK),
        VerificationOutcome::Invalid => ("invalid", "invalid", StatusCode::OK),
        VerificationOutcome::Undetermined => ("undetermined", "unknown", StatusCode::OK),
        VerificationOutcome::Unknown => ("unknown", "unknown", StatusCode::NOT_FOUND),
    };
    page_with(status, &Verdict { f: visit.frame("verify-title"), view, word, look })
}
