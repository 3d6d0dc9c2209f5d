//! Signing in with login and password [R74-4.1].

use askama::Template;
use axum::{extract::Query, http::StatusCode};
use qyzmet_app::{Error, SignInWithPassword};

use super::{Aim, Wish, welcome};
use crate::{
    errors::Errors,
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, page_with, remember},
};

/// The page of login and password.
#[derive(Template)]
#[template(path = "screens/sign_in/password.html")]
pub(crate) struct Password {
    pub(crate) f: Frame,
    pub(crate) aim: Aim,
    pub(crate) login: String,
    pub(crate) errors: Errors,
}

/// `GET /sign-in/password`
pub(crate) async fn show(visit: Visit, Query(wish): Query<Wish>) -> Answer {
    draw(&visit, &wish.aim(), String::new(), Errors::default())
}

/// `POST /sign-in/password`
pub(crate) async fn send(visit: Visit, mut sent: Sent) -> Answer {
    let aim = Aim::of_form(&mut sent);
    let (login, password) = (sent.take("login"), sent.take("password"));
    if let Some(locale) = sent.language() {
        let page = draw(&visit.in_language(locale), &aim, login, Errors::default())?;
        return Ok(remember(locale, page));
    }
    if login.trim().is_empty() || password.is_empty() {
        let errors = missing(&visit, &login, &password);
        return draw(&visit, &aim, login, errors);
    }
    let command = SignInWithPassword {
        login: login.clone(),
        password: password.into(),
        from: visit.from.to_string(),
        again: aim.again,
    };
    match visit.run(command).await {
        Ok(signed_in) => welcome(&visit, &signed_in, &aim),
        Err(Error::WrongCredentials) => {
            let errors = Errors::default().and(&visit, "login", "sign-in-wrong");
            draw(&visit, &aim, login, errors)
        }
        Err(other) => Err(other.into()),
    }
}

fn missing(visit: &Visit, login: &str, password: &str) -> Errors {
    let errors = Errors::default();
    let errors =
        if login.trim().is_empty() { errors.and(visit, "login", "sign-in-login-missing") } else { errors };
    if password.is_empty() { errors.and(visit, "password", "sign-in-password-missing") } else { errors }
}

fn draw(visit: &Visit, aim: &Aim, login: String, errors: Errors) -> Answer {
    let f = visit.frame("sign-in-password-title").with_form("sign-in").with_error(!errors.is_empty());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(status, &Password { f, aim: aim.clone(), login, errors })
}
