//! The one place where a problem becomes a page: what happened, what is lawful about it, what to do next. No detail of a
//! fault ever reaches it.

use std::any::Any;

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use qyzmet_app::Error;
use qyzmet_domain::Refusal;

use crate::{
    frame::Frame,
    locale::local,
    problem::{Problem, Stop},
    visit::{Visit, page_with},
    when,
};

/// A problem page.
#[derive(Template)]
#[template(path = "error_page.html")]
struct ProblemPage {
    f: Frame,
    /// Locale keys are `error-title-<kind>` and `error-text-<kind>`.
    kind: &'static str,
    /// When a limit opens again, in words.
    until: Option<String>,
    refusal: Option<Refusal>,
    /// Shown for faults, so that support can find it in the logs.
    trace: Option<String>,
    /// Where the next step leads.
    next: Next,
}

/// The one next action of a problem page, as a link.
struct Next {
    /// Locale key is `error-next-<word>`.
    word: &'static str,
    href: String,
}

/// Turns a problem into a page or a redirect.
pub(crate) fn draw(visit: &Visit, stop: &Stop) -> Response {
    match &*stop.0 {
        Problem::App(Error::SignInNeeded) => to_sign_in(visit),
        Problem::App(Error::StepUp) => step_up(&visit.place),
        problem => problem_page(visit, problem),
    }
}

/// After signing in the person comes back to where they were; a form that was being sent starts again from its page.
fn to_sign_in(visit: &Visit) -> Response {
    Redirect::to(&format!("/sign-in?next={}", encoded(&visit.place))).into_response()
}

/// The person proves anew who they are, in whichever way they can, and comes back to the place.
pub(crate) fn step_up(place: &str) -> Response {
    Redirect::to(&format!("/sign-in?next={}&step-up=1", encoded(place))).into_response()
}

/// A place as the value of a query parameter.
fn encoded(place: &str) -> String {
    let place = local(place).unwrap_or("/");
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    place
        .bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn problem_page(visit: &Visit, problem: &Problem) -> Response {
    let (status, kind) = kind(problem);
    let until = match problem {
        Problem::App(Error::TooMany { until, .. }) => Some(*until),
        _ => None,
    };
    let refusal = match problem {
        Problem::App(Error::Refused(refusal)) => Some(refusal.clone()),
        _ => None,
    };
    if let Problem::Drawing(error) = problem {
        tracing::error!(%error, "a page could not be drawn");
    }
    let page = ProblemPage {
        f: visit.frame(&format!("error-title-{kind}")),
        kind,
        until: until.map(|until| when::moment(visit.locale, until)),
        refusal,
        trace: status.is_server_error().then(|| visit.trace.clone()),
        next: next(visit, problem),
    };
    let mut response = page_with(status, &page).unwrap_or_else(|_| bare(status));
    if let Some(seconds) = retry_after(problem, visit.site.app.now()) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Status and key of a problem.
fn kind(problem: &Problem) -> (StatusCode, &'static str) {
    match problem {
        Problem::App(error) => app_kind(error),
        Problem::Drawing(_) => (StatusCode::INTERNAL_SERVER_ERROR, "fault"),
        Problem::NoPage(status) => (*status, "not-found"),
        Problem::Forged => (StatusCode::FORBIDDEN, "forged"),
        Problem::Unreadable => (StatusCode::BAD_REQUEST, "unreadable"),
        Problem::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        Problem::TooFast => (StatusCode::TOO_MANY_REQUESTS, "too-fast"),
        Problem::TooSlow => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
    }
}

fn app_kind(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        Error::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
        Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        Error::WrongCredentials => (StatusCode::UNAUTHORIZED, "wrong-credentials"),
        Error::Code(_) => (StatusCode::UNPROCESSABLE_ENTITY, "code"),
        Error::Signature(_) => (StatusCode::UNPROCESSABLE_ENTITY, "signature"),
        Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
        Error::Late => (StatusCode::CONFLICT, "late"),
        Error::Desk(_) => (StatusCode::CONFLICT, "desk"),
        Error::Frozen => (StatusCode::CONFLICT, "frozen"),
        Error::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "fault"),
    }
}

fn next(visit: &Visit, problem: &Problem) -> Next {
    match problem {
        Problem::TooFast | Problem::TooSlow | Problem::App(Error::Busy | Error::TooMany { .. }) => {
            Next { word: "again", href: local(&visit.place).unwrap_or("/").to_owned() }
        }
        // What stands in an operator's way is put right on the page of the own duties.
        Problem::App(Error::Refused(refusal)) if refusal.ground.starts_with("operator-") => {
            Next { word: "own-duties", href: "/desk/operators/own".to_owned() }
        }
        _ if visit.is_signed_in() => Next { word: "cabinet", href: "/cabinet".to_owned() },
        _ => Next { word: "home", href: "/".to_owned() },
    }
}

/// Seconds after which trying again makes sense.
fn retry_after(problem: &Problem, now: Timestamp) -> Option<u64> {
    match problem {
        Problem::App(Error::TooMany { until, .. }) => {
            until.duration_since(now).as_secs().max(1).try_into().ok()
        }
        Problem::App(Error::Busy) | Problem::TooSlow => Some(5),
        Problem::TooFast => Some(1),
        _ => None,
    }
}

/// When even the problem page cannot be drawn.
fn bare(status: StatusCode) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "500\n").into_response()
}

/// A panic is a fault like any other; its text stays in the log.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands the payload over")]
pub(crate) fn after_panic(payload: Box<dyn Any + Send + 'static>) -> Response {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no text");
    tracing::error!(text, "a handler panicked");
    Stop::from(Error::Fault("panic".to_owned())).into_response()
}

#[cfg(test)]
mod tests {
    use qyzmet_domain::{Locale, otp::CodeRefused};
    use qyzmet_engine::FieldErrors;

    use super::*;
    use crate::words;

    fn problems() -> Vec<Problem> {
        let app = [
            Error::NotFound,
            Error::Invalid(FieldErrors::default()),
            Error::WrongCredentials,
            Error::Code(CodeRefused::Expired),
            Error::Signature(qyzmet_app::SignatureProblem::Revoked),
            Error::TooMany { until: Timestamp::UNIX_EPOCH, what: "code" },
            Error::Late,
            Error::Desk(qyzmet_app::DeskProblem::SameOfficer),
            Error::Frozen,
            Error::Busy,
            Error::Fault("detail".to_owned()),
        ];
        let own = [
            Problem::NoPage(StatusCode::METHOD_NOT_ALLOWED),
            Problem::Forged,
            Problem::Unreadable,
            Problem::TooLarge,
            Problem::TooFast,
            Problem::TooSlow,
        ];
        app.into_iter().map(Problem::App).chain(own).collect()
    }

    #[test]
    fn every_problem_has_words_and_a_status_of_its_own_kind() {
        for problem in problems() {
            let (status, kind) = kind(&problem);
            assert!(status.is_client_error() || status.is_server_error(), "{problem:?}");
            for part in ["title", "text"] {
                assert!(
                    words::known(Locale::Kk, &format!("error-{part}-{kind}")).is_some(),
                    "{part} of {kind}"
                );
            }
        }
    }

    #[test]
    fn whoever_must_wait_is_told_how_long() {
        let now = Timestamp::from_second(100).unwrap();
        let until = Timestamp::from_second(160).unwrap();
        assert_eq!(retry_after(&Problem::App(Error::TooMany { until, what: "code" }), now), Some(60));
        assert_eq!(retry_after(&Problem::App(Error::Busy), now), Some(5));
        assert_eq!(retry_after(&Problem::App(Error::NotFound), now), None);
    }

    #[test]
    fn the_way_back_after_signing_in_stays_on_this_site() {
        assert_eq!(encoded("/requests/1?page=number"), "/requests/1%3Fpage%3Dnumber");
        assert_eq!(encoded("//evil.example"), "/");
    }
}
