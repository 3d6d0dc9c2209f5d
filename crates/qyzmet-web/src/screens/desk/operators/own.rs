//! What an operator owes, and the button for a lost key: open also to those who may not work until it is done.

use askama::Template;
use axum::{extract::Path, http::StatusCode};
use jiff::civil::Date;
use qyzmet_app::{
    DeskProblem, Error,
    conduct::{
        AcknowledgeInstruction, AttestWorkstation, GiveCopies, LockDesk, OwnView, ReportKeyLost,
        ShowOwnDuties, Upload,
    },
};

use super::{Typed, beside, field};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page_with},
};

/// The own duties.
#[derive(Template)]
#[template(path = "screens/desk/operators/own.html")]
pub(crate) struct Own {
    pub(crate) f: Frame,
    pub(crate) view: OwnView,
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
}

/// `GET /desk/operators/own`
pub(crate) async fn show(visit: Visit) -> Answer {
    draw(&visit, Typed::default(), Errors::default()).await
}

/// `GET` on an address that only takes a form.
pub(crate) async fn back() -> Answer {
    go("/desk/operators/own")
}

/// `POST /desk/operators/own/{act}`
pub(crate) async fn send(visit: Visit, Path(act): Path<String>, mut sent: Sent) -> Answer {
    match run(&visit, &act, &mut sent).await {
        Ok(()) | Err(Error::Late) if act == "lock" => go("/desk"),
        Ok(()) | Err(Error::Late) => go("/desk/operators/own"),
        Err(error) => {
            let errors = beside(&visit, (&act, field(&error)), error)?;
            draw(&visit, Typed::of(&act, sent), errors).await
        }
    }
}

async fn run(visit: &Visit, act: &str, sent: &mut Sent) -> Result<(), Error> {
    match act {
        "key-lost" => visit.run(ReportKeyLost { words: sent.text("words").to_owned() }).await,
        "lock" => visit.run(LockDesk).await,
        "instruction" if sent.has("read") => visit.run(AcknowledgeInstruction).await,
        "instruction" => Err(Error::Desk(DeskProblem::Unsaid)),
        "workstation" => visit.run(attestation(sent)?).await,
        "copies" => {
            let duty = sent.text("duty").parse().map_err(|_| Error::NotFound)?;
            let file = sent.take_file("letter").ok_or(Error::Desk(DeskProblem::BadPaper))?;
            visit.run(GiveCopies { duty, copies: Upload::parse(file)? }).await
        }
        _ => Err(Error::NotFound),
    }
}

fn attestation(sent: &Sent) -> Result<AttestWorkstation, Error> {
    let day: Result<Date, _> = sent.text("day").trim().parse();
    Ok(AttestWorkstation {
        checked_on: day.map_err(|_| Error::Desk(DeskProblem::BadDay))?,
        antivirus: sent.has("antivirus"),
        allow_list: sent.has("allow-list"),
        applications: sent.has("applications"),
    })
}

async fn draw(visit: &Visit, typed: Typed, errors: Errors) -> Answer {
    let view = visit.run(ShowOwnDuties).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let f = visit.frame("own-title").with_error(!errors.is_empty());
    page_with(status, &Own { f, view, typed, errors })
}
