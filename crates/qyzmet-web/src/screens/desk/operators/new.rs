//! A case for a new operator: the official letter, the application, the order of appointment.

use askama::Template;
use axum::http::StatusCode;
use qyzmet_app::{
    DeskProblem, Error,
    conduct::{FileOnboarding, ListOperators, Upload},
};

use super::{Typed, beside, field};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::{Answer, not_found},
    sent::Sent,
    visit::{Visit, go, page_with},
};

/// The form.
#[derive(Template)]
#[template(path = "screens/desk/operators/new.html")]
pub(crate) struct New {
    pub(crate) f: Frame,
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
}

/// `GET /desk/operators/new`
pub(crate) async fn show(visit: Visit) -> Answer {
    draw(&visit, Typed::default(), Errors::default()).await
}

/// `POST /desk/operators/new`
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    let outcome = file(&visit, &mut sent).await;
    match outcome {
        Ok(()) => go("/desk/operators"),
        Err(error) => {
            let errors = beside(&visit, ("new", field(&error)), error)?;
            draw(&visit, Typed::of("new", sent), errors).await
        }
    }
}

async fn file(visit: &Visit, sent: &mut Sent) -> Result<(), Error> {
    let iin = sent.text("iin").trim().parse().map_err(|_| Error::Desk(DeskProblem::NoSuchOfficer))?;
    let mut paper = |name: &str| sent.take_file(name).map(Upload::parse).transpose();
    let papers = [paper("letter")?, paper("application")?, paper("order")?];
    let words = sent.text("words").to_owned();
    visit.run(FileOnboarding { iin, words, papers }).await.map(drop)
}

async fn draw(visit: &Visit, typed: Typed, errors: Errors) -> Answer {
    if !visit.run(ListOperators).await?.may.personnel {
        return Err(not_found());
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let f = visit.frame("operators-new-title").with_error(!errors.is_empty());
    page_with(status, &New { f, typed, errors })
}
