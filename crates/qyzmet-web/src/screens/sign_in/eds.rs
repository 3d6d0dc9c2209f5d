//! Signing in with an electronic digital signature over the portal's challenge [R74-4.2].

use askama::Template;
use axum::{extract::Query, http::StatusCode};
use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_app::{Challenge, Error, OpenChallenge, SignInWithEds, SignatureProblem};

use super::{Aim, Wish, welcome};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, page_with, remember},
};

/// The page of signing in with a key.
#[derive(Template)]
#[template(path = "screens/sign_in/eds.html")]
pub(crate) struct Eds {
    pub(crate) f: Frame,
    pub(crate) aim: Aim,
    pub(crate) challenge: String,
    /// The exact bytes to sign, in base64.
    pub(crate) content: String,
    pub(crate) agent: String,
    pub(crate) errors: Errors,
}

/// `GET /sign-in/eds`
pub(crate) async fn show(visit: Visit, Query(wish): Query<Wish>) -> Answer {
    draw(&visit, &wish.aim(), Errors::default()).await
}

/// `POST /sign-in/eds`
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    let aim = Aim::of_form(&mut sent);
    if let Some(locale) = sent.language() {
        return Ok(remember(locale, draw(&visit.in_language(locale), &aim, Errors::default()).await?));
    }
    let Some(signature) = sent.take_signature() else {
        let errors = Errors::default().and(&visit, "signature", "signature-missing");
        return draw(&visit, &aim, errors).await;
    };
    let command = SignInWithEds {
        challenge: sent.take("challenge"),
        signature,
        from: visit.from.to_string(),
        again: aim.again,
    };
    let problem = match visit.run(command).await {
        Ok(signed_in) => return welcome(&visit, &signed_in, &aim),
        Err(Error::Signature(SignatureProblem::OtherPerson)) if !aim.again => "no-account",
        Err(Error::Signature(SignatureProblem::OtherContent)) => "late",
        Err(Error::Signature(problem)) => problem.key(),
        Err(other) => return Err(other.into()),
    };
    let errors = Errors::default().and(&visit, "signature", &format!("signature-{problem}"));
    draw(&visit, &aim, errors).await
}

/// Each showing of the page opens a challenge of its own: one challenge is good for one signature.
async fn draw(visit: &Visit, aim: &Aim, errors: Errors) -> Answer {
    let Challenge { id, content, .. } = visit.run(OpenChallenge).await?;
    let f = visit.frame("sign-in-eds-title").with_form("signing").with_error(!errors.is_empty());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let agent = visit.site.settings.ncalayer_url.clone();
    let content = STANDARD.encode(content);
    page_with(status, &Eds { f, aim: aim.clone(), challenge: id, content, agent, errors })
}
