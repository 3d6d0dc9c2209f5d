//! An officer starts a service for somebody who stands at the desk.

use askama::Template;
use axum::http::StatusCode;
use qyzmet_app::{
    DeskProblem, Error,
    desk::{ListForVisitors, StartForVisitor, VisitorService},
};
use qyzmet_domain::Iin;
use qyzmet_engine::{FieldError, FieldErrors};

use super::{Trouble, address};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page_with},
};

/// The services and the form that names the visitor.
#[derive(Template)]
#[template(path = "screens/desk/start.html")]
pub(crate) struct Start {
    pub(crate) f: Frame,
    pub(crate) services: Vec<VisitorService>,
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
}

/// What stands in the form, as it was typed. Without `Debug`: it names a person.
#[derive(Clone, Default)]
pub(crate) struct Typed {
    pub(crate) service: String,
    pub(crate) iin: String,
    pub(crate) name: String,
}

/// `GET /desk/start`
pub(crate) async fn show(visit: Visit) -> Answer {
    draw(&visit, Typed::default(), Errors::default()).await
}

/// `POST /desk/start`: a second press comes back to the same untouched case.
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    let typed = Typed { service: sent.take("service"), iin: sent.take("iin"), name: sent.take("name") };
    let Ok(service) = typed.service.parse() else {
        let errors = Errors::default().and(&visit, "service", "desk-start-service-missing");
        return draw(&visit, typed, errors).await;
    };
    let iin = match typed.iin.parse::<Iin>() {
        Ok(iin) => iin,
        Err(why) => {
            let found = FieldErrors([("iin".to_owned(), FieldError::from(why))].into());
            return draw(&visit, typed, Errors::of_fields(&visit, &found)).await;
        }
    };
    match visit.run(StartForVisitor { service, iin, name: typed.name.clone() }).await {
        Ok(place) => go(&address(place)),
        Err(Error::Desk(problem)) => {
            let field = if problem == DeskProblem::NameMissing { "name" } else { "iin" };
            draw(&visit, typed, Trouble(problem).beside(&visit, field)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn draw(visit: &Visit, typed: Typed, errors: Errors) -> Answer {
    let services = visit.run(ListForVisitors { locale: visit.locale }).await?;
    let f = visit.frame("desk-start-title").with_error(!errors.is_empty());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(status, &Start { f, services, typed, errors })
}
