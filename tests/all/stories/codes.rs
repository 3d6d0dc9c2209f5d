//! One-time codes: wrong, expired, sent again, of another case.

use jiff::SignedDuration;
use qyzmet_app::{Error, SendCodeAgain, StepView};
use qyzmet_domain::{CaseId, Locale, otp::CodeRefused};

use super::world::{OTHER, Person, WELL, World, on_both_engines};

const NUMBER: &str = "+77010000123";

/// A code that is surely another one.
fn wrong(code: &str) -> String {
    let first = if code.starts_with('1') { '2' } else { '1' };
    format!("{first}{}", &code[1..])
}

async fn refused(world: &World, person: &Person, case: CaseId, code: &str) -> CodeRefused {
    match world.confirm(person, case, code).await {
        Err(Error::Code(refused)) => refused,
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("the code was accepted"),
    }
}

async fn again(world: &World, person: &Person, case: CaseId) -> Result<(), Error> {
    world.run(&person.caller, SendCodeAgain { case, locale: Locale::Kk }).await
}

/// [R58-9]
#[test]
fn after_three_wrong_codes_nothing_is_linked_and_the_journal_knows_of_each() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.filled(&person, NUMBER).await;
        let code = world.code(NUMBER).await;
        assert_eq!(refused(world, &person, case, &wrong(&code)).await, CodeRefused::Wrong { left: 2 });
        assert_eq!(refused(world, &person, case, "").await, CodeRefused::Wrong { left: 1 });
        assert_eq!(refused(world, &person, case, &wrong(&code)).await, CodeRefused::NoAttemptsLeft);
        let late = world.confirm(&person, case, &code).await;
        assert!(late.is_err(), "the right code comes too late");
        let StepView::Finished { outcome, clause, .. } = world.view(&person, case).await.step else {
            panic!("the case is not finished")
        };
        assert_eq!((outcome.as_str(), clause.as_deref()), ("not-linked", Some("58-2016:9")));
        assert_eq!(world.linked(&person).await, None);
        assert_eq!(world.outside.register.asked(), 0);
        assert_eq!(world.journalled(&person, "code-refused").await, 3);
    });
}

/// [R58-9, R58-2.4]
#[test]
fn an_expired_code_is_called_expired_and_a_new_one_still_serves() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.filled(&person, NUMBER).await;
        let code = world.code(NUMBER).await;
        world.pass(SignedDuration::from_mins(3));
        assert_eq!(refused(world, &person, case, &code).await, CodeRefused::Expired);
        assert_eq!(world.linked(&person).await, None);
        again(world, &person, case).await.expect("a new code");
        let fresh = world.code(NUMBER).await;
        world.confirm(&person, case, &fresh).await.expect("accepted");
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
    });
}

/// [R58-9.D]
#[test]
fn a_new_code_comes_only_after_a_pause_and_only_so_often_in_an_hour() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.filled(&person, NUMBER).await;
        let minute = SignedDuration::from_mins(1);
        let first = world.app.now();
        let soon = again(world, &person, case).await;
        assert!(matches!(soon, Err(Error::TooMany { until, what: "code" }) if until == first + minute));
        for _ in 0..4 {
            world.pass(minute);
            again(world, &person, case).await.expect("a new code");
        }
        world.pass(minute);
        let hour = SignedDuration::from_hours(1);
        let sixth = again(world, &person, case).await;
        assert!(matches!(sixth, Err(Error::TooMany { until, what: "code" }) if until == first + hour));
        world.pass(hour - minute * 5);
        again(world, &person, case).await.expect("the hour is over for the first");
    });
}

/// [R58-9.D]
#[test]
fn another_case_does_not_get_round_the_limit_of_a_number() {
    on_both_engines(async |world| {
        let (person, other) = (world.person(WELL).await, world.person(OTHER).await);
        world.filled(&person, NUMBER).await;
        let case = world.start(&other).await;
        let full = world.fill(&other, case, NUMBER, "yes").await;
        assert!(matches!(full, Err(Error::TooMany { what: "code", .. })));
        assert!(matches!(world.view(&other, case).await.step, StepView::Form(_)), "the form still waits");
        world.pass(SignedDuration::from_mins(1));
        world.fill(&other, case, NUMBER, "yes").await.expect("after the pause it is taken");
    });
}

/// [R10-2.2, R58-2.4]
#[test]
fn a_code_is_good_for_its_own_case_only_and_only_once() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let first = world.filled(&person, NUMBER).await;
        let code = world.code(NUMBER).await;
        world.pass(SignedDuration::from_mins(1));
        let second = world.filled(&person, NUMBER).await;
        assert_ne!(first, second);
        let other = world.code(NUMBER).await;
        assert_eq!(refused(world, &person, second, &code).await, CodeRefused::Wrong { left: 2 });
        world.confirm(&person, second, &other).await.expect("its own code is accepted");
        world.ended(&person, second).await;
        let twice = world.present(&person, second, Some(&other), None).await;
        assert!(matches!(twice, Err(Error::Late)), "a used code opens nothing");
        world.confirm(&person, first, &code).await.expect("the other case still has its own");
        world.ended(&person, first).await;
    });
}

/// [R10-2.2]
#[test]
fn a_new_code_makes_the_former_one_worthless() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.filled(&person, NUMBER).await;
        let former = world.code(NUMBER).await;
        world.pass(SignedDuration::from_mins(1));
        again(world, &person, case).await.expect("a new code");
        let fresh = world.code(NUMBER).await;
        assert_eq!(refused(world, &person, case, &former).await, CodeRefused::Wrong { left: 2 });
        world.confirm(&person, case, &fresh).await.expect("accepted");
        world.ended(&person, case).await;
    });
}
