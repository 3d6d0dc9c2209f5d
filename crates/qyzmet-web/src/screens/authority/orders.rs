//! The status of an order by its number, for everybody; the second screen of annex 2.

use askama::Template;
use axum::{extract::Query, http::StatusCode};
use qyzmet_app::{
    Captcha, OpenCaptcha,
    authority::{CheckOrderStatus, OrderAnswer, OrderStatus},
};
use qyzmet_domain::RequestNumber;
use serde::Deserialize;

use crate::{
    captcha,
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, page_with, remember},
};

/// The page that asks for a number, and the one that answers [R839-12.M].
#[derive(Template)]
#[template(path = "screens/authority/orders.html")]
pub(crate) struct Orders {
    pub(crate) f: Frame,
    pub(crate) number: String,
    pub(crate) captcha: Captcha,
    pub(crate) errors: Errors,
    pub(crate) answer: Option<Told>,
}

/// What is told of an order: the words of its status and where it leads, nothing else.
pub(crate) struct Told {
    /// Locale keys are `order-status-<word>` and `-text`.
    pub(crate) word: &'static str,
    /// The end of the class name.
    pub(crate) look: &'static str,
    /// The number in its normal form, where certificates wait to be installed.
    pub(crate) install: Option<String>,
}

/// A number from a link.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    number: Option<String>,
}

/// `GET /orders`
pub(crate) async fn show(visit: Visit, Query(Wanted { number }): Query<Wanted>) -> Answer {
    let number = number.unwrap_or_default().chars().take(40).collect();
    draw(&visit, number, Errors::default(), None).await
}

/// `POST /orders`
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    let typed = sent.take("number");
    if let Some(locale) = sent.language() {
        let page = draw(&visit.in_language(locale), typed, Errors::default(), None).await?;
        return Ok(remember(locale, page));
    }
    let number = match parse(&visit, &typed) {
        Ok(number) => number,
        Err(errors) => return draw(&visit, typed, errors, None).await,
    };
    let check = CheckOrderStatus {
        number: number.clone(),
        captcha: captcha::answer(&mut sent),
        from: visit.from.to_string(),
    };
    match visit.run(check).await? {
        OrderAnswer::Captcha(refused) => {
            let errors = Errors::default().and(&visit, "captcha", &format!("captcha-{}", refused.key()));
            draw(&visit, typed, errors, None).await
        }
        OrderAnswer::Unknown => {
            let unknown = Told { word: "unknown", look: "unknown", install: None };
            draw(&visit, typed, Errors::default(), Some(unknown)).await
        }
        OrderAnswer::Found(status) => {
            draw(&visit, typed, Errors::default(), Some(told(status, &number))).await
        }
    }
}

/// A mistyped number is told as such before anything is looked for.
fn parse(visit: &Visit, typed: &str) -> Result<RequestNumber, Errors> {
    let missing = typed.trim().is_empty();
    let key = if missing { "order-number-missing" } else { "order-number-wrong" };
    typed.trim().parse().map_err(|_| Errors::default().and(visit, "number", key))
}

fn told(status: OrderStatus, number: &RequestNumber) -> Told {
    let look = match status {
        OrderStatus::Issued | OrderStatus::OnCard => "valid",
        OrderStatus::Refused | OrderStatus::Withdrawn | OrderStatus::Closed => "invalid",
        _ => "unknown",
    };
    let install = (status == OrderStatus::Issued).then(|| number.to_string());
    Told { word: status.key(), look, install }
}

async fn draw(visit: &Visit, number: String, errors: Errors, answer: Option<Told>) -> Answer {
    let captcha = visit.run(OpenCaptcha { form: CheckOrderStatus::FORM }).await?;
    let status = match &answer {
        _ if !errors.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        Some(Told { word: "unknown", .. }) => StatusCode::NOT_FOUND,
        _ => StatusCode::OK,
    };
    let f = visit.frame("order-status-title").with_form("order-status").with_error(!errors.is_empty());
    page_with(status, &Orders { f, number, captcha, errors, answer })
}
