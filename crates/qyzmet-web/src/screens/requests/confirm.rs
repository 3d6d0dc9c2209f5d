//! What will be signed, and the proofs that the law asks for: the one-time code, the signature, or both.

use askama::Template;
use axum::http::StatusCode;
use jiff::Timestamp;
use qyzmet_app::{
    CodeState, ConfirmRequest, ConfirmView, Document, Error, RequestView, Seen, SendCodeAgain, ShowDocument,
    StepView,
};
use qyzmet_domain::{CaseId, Locale, Means, otp::CodeRefused};

use super::{Case, or_where_it_stands, view};
use crate::{
    errors::Errors,
    files,
    frame::Frame,
    locale,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page_with, remember},
    words::{self, Word},
};

/// The confirmation page [R58-5.2c, R10-A1.1].
#[derive(Template)]
#[template(path = "screens/requests/confirm.html")]
pub(crate) struct Confirm {
    pub(crate) f: Frame,
    pub(crate) case: CaseId,
    pub(crate) service: String,
    pub(crate) view: ConfirmView,
    pub(crate) needs_code: bool,
    pub(crate) needs_signature: bool,
    /// Whether a signature may stand for the code [R10-A1.1.4].
    pub(crate) either: bool,
    /// Seconds until a new code may be asked for.
    pub(crate) resend_in: i64,
    /// The code as typed so far.
    pub(crate) typed: String,
    pub(crate) agent: String,
    pub(crate) errors: Errors,
}

/// What a person sent as proof.
struct Proofs {
    seen: Seen,
    code: Option<String>,
    signature: Option<Vec<u8>>,
}

impl Proofs {
    /// Spaces are how people group digits, and mean nothing.
    fn of(sent: &mut Sent) -> Self {
        let seen = sent.seen();
        let code: String = sent.take("code").chars().filter(|c| !c.is_whitespace()).collect();
        Self { seen, code: (!code.is_empty()).then_some(code), signature: sent.take_signature() }
    }

    /// Neither the code nor the signature that may stand for it.
    fn has_nothing(&self, view: &ConfirmView) -> bool {
        let takes_code = view.means.iter().any(|means| matches!(means, Means::Otp(_)));
        takes_code && self.code.is_none() && self.signature.is_none()
    }

    /// What the law asks and was not sent. It is told without troubling the code, which bears only few mistakes.
    fn lacking(&self, visit: &Visit, view: &ConfirmView) -> Errors {
        let errors = Errors::default();
        let only_code = |means: &Means| matches!(means, Means::Otp(_)) && !Means::Eds.stands_for(*means);
        let errors = match &self.code {
            None if view.means.iter().any(only_code) || self.has_nothing(view) => {
                errors.and(visit, "code", "code-missing")
            }
            _ => errors,
        };
        match &self.signature {
            None if view.means.contains(&Means::Eds) => errors.and(visit, "signature", "signature-missing"),
            _ => errors,
        }
    }
}

/// `POST /requests/{case}/confirm`
pub(crate) async fn send(visit: Visit, Case(case): Case, mut sent: Sent) -> Answer {
    if let Some(locale) = sent.language() {
        return in_language(&visit, locale, case, sent.take("code")).await;
    }
    if sent.has("resend") {
        return match visit.run(SendCodeAgain { case, locale: visit.locale }).await {
            Ok(()) => go(&format!("/requests/{case}")),
            Err(error) => or_where_it_stands(error, case),
        };
    }
    confirm(&visit, case, Proofs::of(&mut sent)).await
}

async fn confirm(visit: &Visit, case: CaseId, proofs: Proofs) -> Answer {
    if proofs.code.is_none() || proofs.signature.is_none() {
        let view = view(visit, case, None).await?;
        let StepView::Confirm(asked) = &view.step else { return go(&format!("/requests/{case}")) };
        let errors = proofs.lacking(visit, asked);
        if !errors.is_empty() {
            return draw_with(visit, view, errors, proofs.code.unwrap_or_default());
        }
    }
    let typed = proofs.code.clone().unwrap_or_default();
    let Proofs { seen, code, signature } = proofs;
    let (errors, typed) = match visit.run(ConfirmRequest { case, seen, code, signature }).await {
        Ok(_) => return go(&format!("/requests/{case}/done")),
        Err(Error::Code(refused)) => (code_error(visit, refused), String::new()),
        Err(Error::Signature(problem)) => {
            (Errors::default().and(visit, "signature", &format!("signature-{}", problem.key())), typed)
        }
        Err(Error::Invalid(errors)) => (Errors::of_fields(visit, &errors), typed),
        Err(error) => return or_where_it_stands(error, case),
    };
    draw_with(visit, view(visit, case, None).await?, errors, typed)
}

/// The same page in another language; a code that was typed stays in its field.
async fn in_language(visit: &Visit, locale: Locale, case: CaseId, code: String) -> Answer {
    locale::tell_app(visit, locale).await;
    let visit = visit.in_language(locale);
    let view = view(&visit, case, None).await?;
    Ok(remember(locale, draw_with(&visit, view, Errors::default(), code)?))
}

/// "Wrong" and "expired" are different messages, each with its next step.
fn code_error(visit: &Visit, refused: CodeRefused) -> Errors {
    let key = match refused {
        CodeRefused::Wrong { left } => {
            let text = words::with(visit.locale, "code-wrong", &[("left", Word::Count(left.into()))]);
            return Errors::default().and_text("code", text);
        }
        CodeRefused::Expired => "code-expired",
        CodeRefused::Used => "code-used",
        CodeRefused::OtherSession => "code-other-session",
        CodeRefused::NoAttemptsLeft => "code-no-attempts",
    };
    Errors::default().and(visit, "code", key)
}

/// Draws the confirmation of a request that stands at one.
pub(super) fn draw(visit: &Visit, view: RequestView, errors: Errors) -> Answer {
    draw_with(visit, view, errors, String::new())
}

fn draw_with(visit: &Visit, view: RequestView, errors: Errors, typed: String) -> Answer {
    let RequestView { case, title, step, .. } = view;
    let StepView::Confirm(view) = step else { return go(&format!("/requests/{case}")) };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let resend_in = view.code.as_ref().map_or(0, |code| seconds_until(code.resend_at, visit.site.app.now()));
    let confirm = Confirm {
        f: visit.frame("confirm-title").with_form("signing").with_error(!errors.is_empty()),
        case,
        service: title,
        needs_code: view.means.iter().any(|means| matches!(means, Means::Otp(_))),
        needs_signature: view.means.contains(&Means::Eds),
        either: view.means.iter().any(|means| Means::Eds.stands_for(*means) && *means != Means::Eds),
        resend_in,
        typed,
        agent: visit.site.settings.ncalayer_url.clone(),
        view,
        errors,
    };
    page_with(status, &confirm)
}

fn seconds_until(at: Timestamp, now: Timestamp) -> i64 {
    at.duration_since(now).as_secs().max(0)
}

/// `GET /requests/{case}/confirm`: where somebody lands who had to sign in again.
pub(crate) async fn back(visit: Visit, Case(case): Case) -> Answer {
    view(&visit, case, None).await?;
    go(&format!("/requests/{case}"))
}

/// `GET /requests/{case}/document.json`: exactly the bytes to sign.
pub(crate) async fn document(visit: Visit, Case(case): Case) -> Answer {
    let document: Document = visit.run(ShowDocument { case }).await?;
    Ok(files::download(document))
}
