//! What is done about an operator, each a small form of the operator's page.

use axum::extract::Path;
use jiff::civil::Date;
use qyzmet_app::{
    DeskProblem, Error,
    conduct::{
        AnswerOnboarding, AskCopies, CheckSample, CloseDuty, GiveCarrier, OnboardingVerdict, ReportAbsence,
        ReportDeparture, ReportKeyLostOf, ReportViolation, RestoreOperator, RevokeOperator, SAMPLE_ITEMS,
        TakeBackCarrier,
    },
};
use qyzmet_domain::{AccountId, DutyId};

use super::{
    Typed, beside, field,
    one::{self, Whom},
};
use crate::{
    problem::Answer,
    sent::Sent,
    visit::{Visit, go},
};

/// `GET` on an address that only takes a form: where somebody lands who had to sign in again.
pub(crate) async fn back(Whom(operator): Whom) -> Answer {
    go(&format!("/desk/operators/{operator}"))
}

/// `POST /desk/operators/{account}/{act}`
pub(crate) async fn send(
    visit: Visit,
    Whom(operator): Whom,
    Path((_, act)): Path<(String, String)>,
    sent: Sent,
) -> Answer {
    let done = if sent.has("duty") {
        on_duty(&visit, &act, &sent).await
    } else {
        on_operator(&visit, operator, &act, &sent).await
    };
    match done {
        // A second click finds it done.
        Ok(()) | Err(Error::Late) => go(&format!("/desk/operators/{operator}")),
        Err(error) => {
            let duty = sent.text("duty").to_owned();
            let field = if duty.is_empty() { field(&error) } else { duty.as_str() };
            let errors = beside(&visit, (&act, field), error)?;
            one::draw(&visit, operator, Typed::of(&act, sent), errors).await
        }
    }
}

/// What ends a duty.
async fn on_duty(visit: &Visit, act: &str, sent: &Sent) -> Result<(), Error> {
    let duty: DutyId = sent.text("duty").parse().map_err(|_| Error::NotFound)?;
    let words = sent.text("words").to_owned();
    match act {
        "accept" => visit.run(AnswerOnboarding { duty, verdict: OnboardingVerdict::Accepted }).await,
        "return" => {
            let verdict = OnboardingVerdict::Returned { reason: words };
            visit.run(AnswerOnboarding { duty, verdict }).await
        }
        "revoke" => visit.run(RevokeOperator { duty }).await,
        "restore" => visit.run(RestoreOperator { duty, words }).await,
        "answer" => visit.run(CloseDuty { duty, words }).await,
        _ => Err(Error::NotFound),
    }
}

/// What begins something.
async fn on_operator(visit: &Visit, operator: AccountId, act: &str, sent: &Sent) -> Result<(), Error> {
    let words = sent.text("words").to_owned();
    let serial = sent.text("serial").to_owned();
    match act {
        "key-lost" => visit.run(ReportKeyLostOf { operator, words }).await,
        "departure" => {
            let day = day(sent, "day")?;
            visit.run(ReportDeparture { operator, day, words }).await
        }
        "absence" => {
            let (first, last) = (day(sent, "day")?, day(sent, "last")?);
            visit.run(ReportAbsence { operator, first, last, words }).await
        }
        "carrier" => {
            let kind = sent.text("kind").to_owned();
            visit.run(GiveCarrier { operator, kind, serial }).await
        }
        "carrier-back" => visit.run(TakeBackCarrier { operator, serial }).await,
        "sample" => {
            let ticked = SAMPLE_ITEMS.into_iter().filter(|item| sent.has(&format!("item-{item}")));
            let in_order = ticked.map(str::to_owned).collect();
            visit.run(CheckSample { operator, words, in_order }).await
        }
        "copies" => visit.run(AskCopies { operator, words }).await,
        "violation" => visit.run(ReportViolation { operator, words }).await,
        _ => Err(Error::NotFound),
    }
}

fn day(sent: &Sent, field: &str) -> Result<Date, Error> {
    sent.text(field).trim().parse().map_err(|_| Error::Desk(DeskProblem::BadDay))
}
