//! Linking a number, from the first step to the stranger's check.

use std::collections::BTreeSet;

use futures::future::join_all;
use jiff::SignedDuration;
use qyzmet_app::{DownloadResult, ResultPart, ShowResult, StepView, VerificationOutcome, VerifyDocument};
use qyzmet_domain::{Caller, Locale};

use super::world::{Person, WELL, World, eventually, on_both_engines, well};

/// Somebody's number.
const NUMBER: &str = "+77010000123";

/// [R58-5.1, R58-5.2b, R58-5.2c, R58-5.3a, R58-5.3b, R58-A.5]
#[test]
fn a_number_is_linked_without_any_human_task_and_a_stranger_can_verify_it() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        assert_eq!(world.linked(&person).await, None);
        let case = world.filled(&person, "8 (701) 000-01-23").await;
        let code = world.code(NUMBER).await;
        assert_eq!(world.linked(&person).await, None, "a code alone links nothing");
        let confirmed = world.confirm(&person, case, &code).await.expect("accepted");
        let ten_minutes = world.app.now() + SignedDuration::from_mins(10);
        assert_eq!(confirmed.due_at, Some(ten_minutes), "the statutory term runs from the acceptance");
        let view = world.ended(&person, case).await;
        let StepView::Issued { number } = view.step else { panic!("not issued") };
        assert_eq!(view.request_number, Some(confirmed.request_number));
        assert!(world.linked(&person).await.is_some_and(|shown| shown.ends_with("23")));
        assert_eq!(world.outside.register.asked(), 1);
        let verification = world.verify(&number).await;
        assert_eq!(verification.outcome, VerificationOutcome::Valid);
        assert_eq!(verification.kind.as_deref(), Some("issued"));
        assert!(verification.sealed);
    });
}

/// [R58-A.8b, R10-2.11]
#[test]
fn the_person_sees_who_asked_which_register_and_under_which_number_it_answered() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        world.link(&person, NUMBER).await;
        let journal = world.journal(&person).await;
        let answered = journal.iter().find(|entry| entry.answer_id.is_some()).expect("an answer");
        assert_eq!(answered.who, "system");
        for what in ["account-opened", "sign-in", "number-linked", "result.issued"] {
            assert!(journal.iter().any(|entry| entry.what == what), "{what} is not in the journal");
        }
    });
}

/// [R74-5.4]
#[test]
fn a_result_shows_the_employee_who_signed_it() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let number = world.link(&person, NUMBER).await;
        let signer = world.verify(&number).await.signer.expect("a signer");
        assert_eq!(signer.name, "ҮЛГІБАЕВА ҮЛГІ");
        let show = ShowResult { number, locale: Locale::Kk };
        let view = world.run(&person.caller, show).await.expect("a result");
        assert_eq!(view.signer.position.as_deref(), Some("бас маман"));
        assert_eq!(view.signer.serial, signer.serial);
    });
}

/// [R74-5.4]
#[test]
fn nothing_is_signed_after_the_signing_right_of_the_employee_has_ended() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        world.pass(SignedDuration::from_hours(24 * 361));
        let case = world.confirmed(&person, NUMBER).await;
        eventually("a delay", async || {
            world.pass(SignedDuration::from_secs(10));
            let view = world.view(&person, case).await;
            matches!(view.step, StepView::Running { delayed: true }).then_some(())
        })
        .await;
        assert_eq!(world.journalled(&person, "result.issued").await, 0);
        world.leave_unchecked();
    });
}

/// [R74-3.1, R10-2.15]
#[test]
fn a_downloaded_result_verifies_and_one_changed_byte_is_found() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let number = world.link(&person, NUMBER).await;
        let document = download(world, &person, &number, ResultPart::Json).await;
        let signature = download(world, &person, &number, ResultPart::Signature).await;
        assert_eq!(check(world, &document, &signature).await, VerificationOutcome::Valid);
        for place in [0, document.len() / 2, document.len() - 1] {
            let mut changed = document.clone();
            changed[place] ^= 1;
            assert_eq!(
                check(world, &changed, &signature).await,
                VerificationOutcome::Invalid,
                "byte {place}"
            );
        }
    });
}

/// [R74-3.3]
#[test]
fn results_never_share_a_number_when_many_are_issued_at_once() {
    on_both_engines(async |world| {
        let people = join_all(well(12).into_iter().map(|number| world.person(number))).await;
        let link = async |(index, person): (usize, &Person)| {
            world.link(person, &format!("+7701000{index:04}")).await
        };
        let results = join_all(people.iter().enumerate().map(link)).await;
        let distinct: BTreeSet<&String> = results.iter().collect();
        assert_eq!(distinct.len(), people.len());
        let requests = join_all(people.iter().map(|person| requests(world, person))).await;
        let distinct: BTreeSet<String> = requests.into_iter().flatten().collect();
        assert_eq!(distinct.len(), people.len(), "each request has a number of its own too");
    });
}

async fn requests(world: &World, person: &Person) -> Vec<String> {
    let list = qyzmet_app::ListRequests { locale: Locale::Kk };
    let cards = world.run(&person.caller, list).await.expect("a list");
    cards.into_iter().filter_map(|card| card.number).collect()
}

async fn download(world: &World, person: &Person, number: &str, part: ResultPart) -> Vec<u8> {
    let download = DownloadResult { number: number.to_owned(), part, locale: Locale::Kk };
    world.run(&person.caller, download).await.expect("a file").bytes
}

async fn check(world: &World, document: &[u8], signature: &[u8]) -> VerificationOutcome {
    let (document, signature) = (document.to_vec(), signature.to_vec());
    let check = VerifyDocument { document, signature, locale: Locale::Kk };
    world.run(&Caller::Anonymous, check).await.expect("an answer").outcome
}
