//! The services of the repository that were begun from the templates of decree 1116, run by the portal from action to action.

use qyzmet_app::{
    Error, ListServices, OFFICER, StartCase, StepView, VerificationOutcome,
    desk::{AskForMore, DecideWork, Place, Verdict},
};
use qyzmet_domain::{CaseId, Locale};

use super::{
    super::world::{OTHER, Person, WELL, World, eventually, files_of, on_both_engines},
    Officer,
};

const PAID: &str = "archive-reference";
const FREE: &str = "identity-document-reference";

/// Starts a service and waits until its first question to the register is answered and the form is there.
async fn at_the_form(world: &World, person: &Person, service: &str) -> CaseId {
    world.publish(files_of(service)).await.expect("sound");
    let case = world.start_service(person, service).await;
    eventually("the form", async || {
        matches!(world.view(person, case).await.step, StepView::Form(_)).then_some(())
    })
    .await;
    case
}

async fn sign(world: &World, person: &Person, case: CaseId) {
    let signature = world.signature(person, case, &person.sign).await;
    world.present(person, case, None, Some(signature)).await.expect("accepted");
}

/// The paid service, asked for, signed and paid.
async fn paid(world: &World, person: &Person) -> CaseId {
    let case = at_the_form(world, person, PAID).await;
    world.answer(person, case, "request", ("subject", "1998 жылғы бұйрық")).await.expect("filled");
    sign(world, person, case).await;
    world.pay(person, case).await;
    case
}

async fn is_valid(world: &World, person: &Person, case: CaseId) {
    let StepView::Issued { number } = world.ended(person, case).await.step else { panic!("not issued") };
    assert_eq!(world.verify(&number).await.outcome, VerificationOutcome::Valid);
}

async fn decide(world: &World, officer: &Officer, case: CaseId, verdict: Verdict) {
    let place = Place { case, action: 8 };
    let visit = world.work(officer, case, 8).await.visit;
    world.run(&officer.caller, DecideWork { place, visit, verdict }).await.expect("decided");
}

/// [R1116-7.2, R1116-7.8, R1116-7.9, R1116-7.11, R1116-7.13]
#[test]
fn an_archive_reference_is_paid_for_asked_about_decided_and_issued() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let officer = world.officer_of(OTHER, "provider", vec![OFFICER]).await;
        let case = paid(world, &person).await;
        let place = Place { case, action: 8 };
        let visit = world.work(&officer, case, 8).await.visit;
        let question = AskForMore { place, visit, question: "Қай айда?".to_owned() };
        world.run(&officer.caller, question).await.expect("asked");
        world.answer(&person, case, "more", ("more", "Мамырда")).await.expect("answered");
        decide(world, &officer, case, Verdict::Granted).await;
        is_valid(world, &person, case).await;
    });
}

/// [R1116-7.12]
#[test]
fn an_archive_reference_without_enough_data_is_refused_by_the_officer() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let officer = world.officer_of(OTHER, "provider", vec![OFFICER]).await;
        let case = paid(world, &person).await;
        let verdict = Verdict::Refused {
            ground: "insufficient".to_owned(),
            finding: "Қор табылмады".to_owned(),
        };
        decide(world, &officer, case, verdict).await;
        let StepView::Refused(refusal) = world.ended(&person, case).await.step else { panic!("not refused") };
        assert_eq!(refusal.clause, "1116-2010:7.12");
        assert_eq!(world.verify(&refusal.number).await.outcome, VerificationOutcome::Valid);
    });
}

/// [R1116-6.3, R1116-6.9, R1116-6.10, R1116-6.13]
#[test]
fn a_reference_from_the_register_needs_nobody_of_the_provider() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = at_the_form(world, &person, FREE).await;
        world.answer(&person, case, "request", ("purpose", "Жұмыс берушіге")).await.expect("filled");
        world.answer(&person, case, "consent", ("register-data", "yes")).await.expect("agreed");
        sign(world, &person, case).await;
        is_valid(world, &person, case).await;
    });
}

/// [R1116-3]
#[test]
fn what_is_published_for_reading_stands_last_and_takes_no_requests() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        for service in ["nca-issue-card", PAID] {
            world.publish(files_of(service)).await.expect("sound");
        }
        let list = ListServices { locale: Locale::Kk, query: None };
        let cards = world.run(&person.caller, list).await.expect("a list");
        let offered: Vec<bool> = cards.iter().map(|card| card.startable).collect();
        assert_eq!(offered, [true, true, false], "the last one is for reading");
        assert!(cards.iter().any(|card| !card.free), "one has a fee");
        let service = cards[2].id.clone();
        let started = world.run(&person.caller, StartCase { service }).await;
        assert!(matches!(started, Err(Error::NotFound)));
    });
}
