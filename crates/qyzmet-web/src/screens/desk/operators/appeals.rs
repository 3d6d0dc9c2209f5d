//! Who answers for appeals about the work of a centre's people, and forwarding an appeal to that person.

use askama::Template;
use axum::http::StatusCode;
use jiff::civil::Date;
use qyzmet_app::{
    DeskProblem, Error,
    conduct::{AppealsView, ForwardAppeal, NameAppealContact, ShowAppeals, Upload},
};

use super::{Typed, beside, field};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page_with},
};

/// The page.
#[derive(Template)]
#[template(path = "screens/desk/operators/appeals.html")]
pub(crate) struct Appeals {
    pub(crate) f: Frame,
    pub(crate) view: AppealsView,
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
}

/// `GET /desk/operators/appeals`
pub(crate) async fn show(visit: Visit) -> Answer {
    draw(&visit, Typed::default(), Errors::default()).await
}

/// `POST /desk/operators/appeals`
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    let act = if sent.has("body") { "forward" } else { "contact" };
    let done = match act {
        "forward" => {
            let (body, words) = (sent.text("body").to_owned(), sent.text("words").to_owned());
            visit.run(ForwardAppeal { body, words }).await
        }
        _ => name(&visit, &mut sent).await,
    };
    match done {
        Ok(()) => go("/desk/operators/appeals"),
        Err(error) => {
            let errors = beside(&visit, (act, field(&error)), error)?;
            draw(&visit, Typed::of(act, sent), errors).await
        }
    }
}

async fn name(visit: &Visit, sent: &mut Sent) -> Result<(), Error> {
    let letter = sent.take_file("letter").ok_or(Error::Desk(DeskProblem::BadPaper))?;
    let order_day: Result<Date, _> = sent.text("day").trim().parse();
    let contact = NameAppealContact {
        name: sent.text("name").to_owned(),
        mail: sent.text("mail").to_owned(),
        order_number: sent.text("words").to_owned(),
        order_day: order_day.map_err(|_| Error::Desk(DeskProblem::BadDay))?,
        letter: Upload::parse(letter)?,
    };
    visit.run(contact).await
}

async fn draw(visit: &Visit, typed: Typed, errors: Errors) -> Answer {
    let view = visit.run(ShowAppeals).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let f = visit.frame("appeals-title").with_error(!errors.is_empty());
    page_with(status, &Appeals { f, view, typed, errors })
}
