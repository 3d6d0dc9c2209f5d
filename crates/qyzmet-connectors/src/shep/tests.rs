//! The contract with the gateway and the registers behind it: clients and simulator over real signed SOAP on loopback.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::SignedDuration;
use qyzmet_app::ports::{
    ConsentToken, DocumentStatus, Fault, LifeStatus, PersonAnswer, PersonQuestion, PersonRegister,
};
use qyzmet_domain::{Iin, Register};

use super::{
    simulator,
    test_support::{BREAKER, Behind, GATEWAY_BIN, no_consent, way_to_nobody},
};
use crate::{
    breaker::{BreakerConfig, BreakerState},
    gbd_fl::{self, people::demo_people},
    test_support::{message, now, text_of},
};

/// BIN of another organisation than the gateway's.
const OTHER_BIN: &str = "980540000019";

struct Story {
    behind: Behind,
    register: gbd_fl::Client,
}

/// The gateway, holding its certificate under `bin`, and clients that expect it under [`GATEWAY_BIN`].
async fn story_with(bin: &str, timeout: Duration) -> Story {
    let behind = Behind::gateway(bin, 2_000, timeout).await;
    Story { register: gbd_fl::Client::new(behind.way.clone(), BREAKER), behind }
}

async fn story() -> Story {
    story_with(GATEWAY_BIN, Duration::from_secs(10)).await
}

fn demo(number: usize) -> Iin {
    demo_people()[number - 1].iin.clone()
}

impl Story {
    async fn token(&self, iin: &Iin) -> Result<ConsentToken, Fault> {
        self.behind.token(iin, Register::Individuals).await
    }

    /// Asks about a person of the demo with a consent of their own.
    async fn ask(&self, number: usize) -> Result<PersonAnswer, Fault> {
        let consent = self.token(&demo(number)).await?;
        self.ask_with(number, consent).await
    }

    async fn ask_with(&self, number: usize, consent: ConsentToken) -> Result<PersonAnswer, Fault> {
        let iin = demo(number);
        self.register.person(PersonQuestion { message: message(2), at: now(), iin, consent }).await
    }
}

/// [R58-A.8b]
#[tokio::test]
async fn a_person_in_order_is_found_with_name_address_and_a_valid_document() {
    let answer = story().await.ask(1).await.unwrap();
    let person = answer.person.unwrap();
    assert_eq!(person.iin, demo(1));
    assert_eq!((person.surname.as_str(), person.name.as_str()), ("Серікбаева", "Айгерім"));
    assert_eq!(person.patronymic.as_deref(), Some("Нұрланқызы"));
    assert_eq!((person.life_status, person.died), (LifeStatus::Alive, None));
    assert_eq!(person.documents[0].status, DocumentStatus::Valid);
    assert_eq!(person.documents[0].issuer, "ҚР Ішкі істер министрлігі");
    assert!(person.address.unwrap().contains(", "));
    assert_eq!(answer.answer_id.len(), 36);
}

/// [R58-A.9.1]
#[tokio::test]
async fn the_register_tells_the_dead_the_missing_the_expired_and_the_invalid_apart() {
    let story = story().await;
    let dead = story.ask(2).await.unwrap().person.unwrap();
    assert_eq!((dead.life_status, dead.died.is_some()), (LifeStatus::Dead, true));
    let expired = story.ask(4).await.unwrap().person.unwrap();
    assert_eq!(expired.documents[0].ends.to_string(), "2023-05-20");
    let invalid = story.ask(6).await.unwrap().person.unwrap();
    assert_eq!(invalid.documents[0].status, DocumentStatus::Invalid);
    assert_eq!(story.ask(8).await.unwrap().person.unwrap().life_status, LifeStatus::Missing);
}

#[tokio::test]
async fn a_person_whom_the_register_lacks_is_an_answer_with_a_number_and_not_a_fault() {
    let story = story().await;
    let answer = story.ask(5).await.unwrap();
    assert!(answer.person.is_none());
    assert_eq!(answer.answer_id.len(), 36);
    assert_eq!(story.register.breaker(), BreakerState::Closed);
}

#[tokio::test]
async fn the_same_question_repeated_gets_the_same_answer_number() {
    let story = story().await;
    assert_eq!(story.ask(1).await.unwrap().answer_id, story.ask(1).await.unwrap().answer_id);
}

/// [R58-A.9.2]
#[tokio::test]
async fn without_a_consent_of_this_very_person_the_register_refuses_for_good() {
    let story = story().await;
    let foreign = story.token(&demo(3)).await.unwrap();
    for consent in [foreign, no_consent()] {
        assert_eq!(story.ask_with(1, consent).await.err(), Some(Fault::Rejected("no consent".to_owned())));
    }
}

#[tokio::test]
async fn whatever_is_wrong_with_an_answer_is_a_typed_fault_and_never_an_absence() {
    let story = story().await;
    let consent = story.token(&demo(1)).await.unwrap();
    let malformed = |what: &str| Fault::Malformed(what.to_owned());
    for (mode, expected) in [
        ("fault", Fault::Unavailable("SOAP fault FAULT015".to_owned())),
        ("malformed", malformed("no SendMessageResponse")),
        ("truncated", malformed("not well-formed XML")),
        ("dtd", malformed("has a document type definition")),
        ("wrong-signature", Fault::BadSignature),
        ("down", Fault::Unavailable("HTTP 503".to_owned())),
    ] {
        story.behind.switch(mode).await;
        let fault = story.ask_with(1, consent.clone()).await.err();
        // Unsigned rubbish may be refused for its missing signature first.
        assert!(
            fault == Some(expected) || (mode == "malformed" && fault == Some(Fault::BadSignature)),
            "{mode}"
        );
        story.behind.clock.advance(SignedDuration::from_secs(11));
    }
    story.behind.switch("ok").await;
    assert!(story.ask_with(1, consent).await.is_ok());
}

#[tokio::test]
async fn a_trusted_certificate_of_another_organisation_is_a_stranger_s() {
    let story = story_with(OTHER_BIN, Duration::from_secs(10)).await;
    assert_eq!(story.token(&demo(1)).await.err(), Some(Fault::BadSignature));
}

#[tokio::test]
async fn a_slow_gateway_is_a_timeout() {
    let story = story_with(GATEWAY_BIN, Duration::from_millis(200)).await;
    story.behind.switch("slow").await;
    assert_eq!(story.token(&demo(1)).await.err(), Some(Fault::Timeout));
}

#[tokio::test]
async fn a_gateway_that_is_down_opens_the_breaker_which_closes_when_it_is_back() {
    let story = story().await;
    let consent = story.token(&demo(1)).await.unwrap();
    story.behind.switch("down").await;
    for _ in 0..3 {
        assert!(story.ask_with(1, consent.clone()).await.is_err());
    }
    assert_eq!(story.register.breaker(), BreakerState::Open);
    story.behind.switch("ok").await;
    let turned_away = Fault::Unavailable("circuit breaker open".to_owned());
    assert_eq!(story.ask_with(1, consent.clone()).await.err(), Some(turned_away));
    story.behind.clock.advance(SignedDuration::from_secs(10));
    assert!(story.ask_with(1, consent).await.is_ok());
    assert_eq!(story.register.breaker(), BreakerState::Closed);
    assert_eq!(story.behind.breaker_of_consents(), BreakerState::Closed);
}

#[tokio::test]
async fn nobody_listening_is_not_reachable_after_a_few_attempts() {
    let register = gbd_fl::Client::new(way_to_nobody().await, BreakerConfig::default());
    let question = PersonQuestion { message: message(1), at: now(), iin: demo(1), consent: no_consent() };
    let asked = register.person(question).await;
    assert_eq!(asked.err(), Some(Fault::Unavailable("connection refused".to_owned())));
}

#[tokio::test]
async fn the_gateway_answers_an_unsigned_question_with_a_fault_and_shows_its_people() {
    let story = story().await;
    let url = format!("http://{}{}", story.behind.gateway.addr, simulator::SYNC_PATH);
    let envelope = super::envelope::soap(|_| {});
    let answer = crate::test_support::http().post(url).body(envelope).send().await.unwrap();
    assert_eq!(answer.status(), 500);
    assert!(answer.text().await.unwrap().contains("FAULT_SIGNATURE"));
    assert!(text_of(story.behind.gateway.page, "/?q=Серікбаева").await.contains("Айгерім"));
}

#[tokio::test]
#[ignore = "a figure: run it in release on a quiet machine"]
async fn two_thousand_questions_a_second_pass_through_client_and_simulator() {
    let story = Arc::new(story().await);
    let consent = story.token(&demo(1)).await.unwrap();
    let start = Instant::now();
    let asked = (0..64).map(|_| {
        let (story, consent) = (story.clone(), consent.clone());
        tokio::spawn(async move {
            for _ in 0..100 {
                story.ask_with(1, consent.clone()).await.unwrap();
            }
        })
    });
    futures::future::join_all(asked).await;
    let per_second = 6_400.0 / start.elapsed().as_secs_f64();
    assert!(per_second > 2_000.0, "{per_second:.0} questions a second");
}
