//! Doing a thing twice: double clicks, two tabs, workers that died late. Nothing happens twice.

use futures::future::join;
use jiff::SignedDuration;
use qyzmet_app::{Error, StepView};

use super::world::{WELL, eventually, on_both_engines};

const NUMBER: &str = "+77010000123";

/// [R74-3.1]
#[test]
fn a_double_click_on_start_opens_one_case() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let (first, second) = join(world.start(&person), world.start(&person)).await;
        assert_eq!(first, second);
        assert_eq!(world.start(&person).await, first);
    });
}

/// [R10-2.2, R74-3.1]
#[test]
fn a_request_confirmed_by_a_double_click_is_accepted_once() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.filled(&person, NUMBER).await;
        let code = world.code(NUMBER).await;
        let both = join(world.confirm(&person, case, &code), world.confirm(&person, case, &code)).await;
        let (Ok(_), Err(late)) = (match both {
            (Ok(done), other) | (other, Ok(done)) => (Ok::<_, ()>(done), other.map(|_| ())),
            _ => panic!("neither was accepted"),
        }) else {
            panic!("both were accepted")
        };
        assert!(matches!(late, Error::Late), "the second click is late: {late}");
        world.ended(&person, case).await;
        assert_eq!(world.journalled(&person, "case.confirmed").await, 1);
        assert_eq!(world.journalled(&person, "number-linked").await, 1);
        assert_eq!(world.journalled(&person, "result.issued").await, 1);
    });
}

/// [R74-3.1]
#[test]
fn what_a_second_tab_sends_after_the_case_has_moved_on_is_late_and_changes_nothing() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.filled(&person, NUMBER).await;
        let seen = world.seen(&person, case).await;
        let before = world.document(&person, case).await;
        let late = world.fill(&person, case, "+77020000456", "no").await;
        assert!(matches!(late, Err(Error::Late)));
        assert_eq!(world.document(&person, case).await, before);
        assert!(world.outside.inbox.to("+77020000456").is_empty(), "no code to the other number");
        let code = world.code(NUMBER).await;
        world.confirm(&person, case, &code).await.expect("accepted");
        world.ended(&person, case).await;
        let withdraw = world.run(&person.caller, qyzmet_app::WithdrawCase { case, seen }).await;
        assert!(matches!(withdraw, Err(Error::Late)), "what has ended cannot be withdrawn");
    });
}

/// [R58-5.3a, R74-3.3]
#[test]
fn a_register_asked_twice_because_a_lease_ran_out_answers_into_one_result() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        world.start_worker("second");
        world.outside.register.hold();
        let case = world.confirmed(&person, NUMBER).await;
        eventually("the first question", async || (world.outside.register.asked() == 1).then_some(())).await;
        world.pass(SignedDuration::from_secs(31));
        eventually("the second question", async || (world.outside.register.asked() == 2).then_some(())).await;
        world.outside.register.let_go();
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
        for what in ["case.answered", "number-linked", "result.issued"] {
            assert_eq!(world.journalled(&person, what).await, 1, "{what}");
        }
    });
}

/// [R74-3.1]
#[test]
fn a_withdrawn_request_ends_and_its_code_opens_nothing() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.filled(&person, NUMBER).await;
        let code = world.code(NUMBER).await;
        let seen = world.seen(&person, case).await;
        world.run(&person.caller, qyzmet_app::WithdrawCase { case, seen }).await.expect("withdrawn");
        assert!(matches!(world.view(&person, case).await.step, StepView::Finished { .. }));
        let signature = world.present(&person, case, Some(&code), Some(Vec::new())).await;
        assert!(matches!(signature, Err(Error::Late)));
        assert_eq!(world.linked(&person).await, None);
    });
}
