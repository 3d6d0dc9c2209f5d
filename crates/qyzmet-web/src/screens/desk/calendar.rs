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
    /// Day and reason as typed.
    pub(crate) day: String,
    pub(crate) reason: String,
    pub(crate) errors: Errors,
}

/// `GET /desk/calendar`
pub(crate) async fn show(visit: Visit) -> Answer {
    draw(&visit, (String::new(), String::new()), Errors::default()).await
}

/// `POST /desk/calendar`
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    let (day, reason) = (sent.take("day"), sent.take("reason"));
    let working = sent.text("kind") == "working";
    let Ok(date) = day.trim().parse::<Date>() else {
        let errors = Errors::default().and(&visit, "day", "problem-not-a-date");
        return draw(&visit, (day, reason), errors).await;
    };
    let instead_of = sent.text("instead-of").trim().parse::<Date>().ok();
    match visit.run(AmendCalendar { day: date, working, instead_of, reason: reason.clone() }).await {
        Ok(_) => go("/desk/calendar"),
        Err(Error::Desk(problem)) => {
            let field = if problem == DeskProblem::NoReason { "reason" } else { "day" };
            draw(&visit, (day, reason), Trouble(problem).beside(&visit, field)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn draw(visit: &Visit, (day, reason): (String, String), errors: Errors) -> Answer {
    let view = visit.run(ShowCalendar).await?;
    let f = visit.frame("desk-calendar-title").with_error(!errors.is_empty());
    page(&Calendar { f, view, day, reason, errors })
}
