//! The working-day calendar: an administrator makes a day working or free, and running terms are reckoned anew.

use askama::Template;
use jiff::civil::Date;
use qyzmet_app::{
    DeskProblem, Error,
    desk::{AmendCalendar, CalendarView, ShowCalendar},
};

use super::Trouble;
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page},
};

/// The amendments and the form for another.
#[derive(Template)]
#[template(path = "screens/desk/calendar.html")]
pub(crate) struct Calendar {
    pub(crate) f: Frame,
    pub(crate) view: CalendarView,
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
}

/// What stands in the form, as it was typed.
#[derive(Clone, Default)]
pub(crate) struct Typed {
    pub(crate) day: String,
    pub(crate) working: bool,
    pub(crate) instead_of: String,
    pub(crate) reason: String,
}

impl Typed {
    fn of(sent: &mut Sent) -> Self {
        let working = sent.text("kind") == "working";
        let (day, instead_of) = (sent.take("day"), sent.take("instead-of"));
        Self { day, working, instead_of, reason: sent.take("reason") }
    }
}

/// `GET /desk/calendar`
pub(crate) async fn show(visit: Visit) -> Answer {
    draw(&visit, Typed::default(), Errors::default()).await
}

/// `POST /desk/calendar`
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    let typed = Typed::of(&mut sent);
    let Ok(day) = typed.day.trim().parse::<Date>() else {
        let errors = Errors::default().and(&visit, "day", "desk-day-missing");
        return draw(&visit, typed, errors).await;
    };
    let instead_of = typed.instead_of.trim().parse::<Date>().ok();
    let (working, reason) = (typed.working, typed.reason.clone());
    match visit.run(AmendCalendar { day, working, instead_of, reason }).await {
        Ok(_) => go("/desk/calendar"),
        Err(Error::Desk(DeskProblem::NoReason)) => {
            draw(&visit, typed, Errors::default().and(&visit, "reason", "desk-day-reason-missing")).await
        }
        Err(Error::Desk(problem)) => draw(&visit, typed, Trouble(problem).beside(&visit, "day")).await,
        Err(error) => Err(error.into()),
    }
}

async fn draw(visit: &Visit, typed: Typed, errors: Errors) -> Answer {
    let view = visit.run(ShowCalendar).await?;
    let f = visit.frame("desk-calendar-title").with_error(!errors.is_empty());
    page(&Calendar { f, view, typed, errors })
}
