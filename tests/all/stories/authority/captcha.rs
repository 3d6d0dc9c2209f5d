//! Digits or work before a form for everybody.

use jiff::SignedDuration;
use qyzmet_app::{
    CaptchaAnswer,
    CaptchaRefused::{Missing, Over, Wrong},
    Error, ShowCaptcha,
    authority::OrderAnswer::{self, Captcha, Unknown},
};
use qyzmet_domain::{Caller, RequestNumber};

use super::super::world::{World, on_both_engines};

fn number() -> RequestNumber {
    RequestNumber::new(2026, 31).expect("a number")
}

impl World {
    async fn answered(&self, answer: &CaptchaAnswer) -> OrderAnswer {
        self.asked(&number(), answer.clone(), "192.0.2.1").await.expect("an answer")
    }
}

/// [R839-A2.4]
#[test]
fn the_digits_of_the_picture_or_a_proof_of_work_let_a_form_through_once() {
    on_both_engines(async |world: &World| {
        for answer in [world.read().await, world.worked().await] {
            assert_eq!(world.answered(&answer).await, Unknown, "the number was looked for");
            assert_eq!(world.answered(&answer).await, Captcha(Over), "a second time");
        }
    });
}

/// [R839-A2.4]
#[test]
fn wrong_digits_use_a_picture_up_so_that_they_cannot_be_tried_one_after_the_other() {
    on_both_engines(async |world: &World| {
        let right = world.read().await;
        let nothing = CaptchaAnswer { digits: " ".to_owned(), ..right.clone() };
        assert_eq!(world.answered(&nothing).await, Captcha(Missing), "costs nothing");
        let wrong = CaptchaAnswer { digits: "x".to_owned(), ..right.clone() };
        assert_eq!(world.answered(&wrong).await, Captcha(Wrong));
        assert_eq!(world.answered(&right).await, Captcha(Over));
    });
}

#[test]
fn a_token_that_has_ended_or_was_made_up_lets_nobody_through_and_shows_no_picture() {
    on_both_engines(async |world: &World| {
        let answer = world.read().await;
        world.pass(SignedDuration::from_mins(10));
        assert_eq!(world.answered(&answer).await, Captcha(Over));
        let made_up = CaptchaAnswer { token: "order-status.9999999999.00.00".to_owned(), ..answer.clone() };
        assert_eq!(world.answered(&made_up).await, Captcha(Over));
        for token in [answer.token, made_up.token] {
            let shown = world.run(&Caller::Anonymous, ShowCaptcha { token }).await;
            assert!(matches!(shown, Err(Error::NotFound)));
        }
    });
}

#[test]
fn one_address_may_ask_so_often_and_another_is_not_held_up_by_it() {
    on_both_engines(async |world: &World| {
        let most = world.app.settings.status_checks;
        let ask = async |from| world.asked(&number(), CaptchaAnswer::default(), from).await;
        for _ in 0..most {
            assert_eq!(ask("192.0.2.7").await.expect("an answer"), Captcha(Missing));
        }
        assert!(matches!(ask("192.0.2.7").await, Err(Error::TooMany { what: "order-status", .. })));
        assert!(ask("192.0.2.8").await.is_ok());
        world.pass(SignedDuration::from_mins(15));
        assert!(ask("192.0.2.7").await.is_ok(), "the window is over");
    });
}
