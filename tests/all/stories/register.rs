//! A register or message centre that does not answer properly: a delay that is shown, never a refusal, and nothing lost.

use jiff::SignedDuration;
use qyzmet_app::{CodeState, StepView};
use qyzmet_domain::CaseId;

use super::world::{Person, WELL, World, eventually, on_both_engines, turn};

const NUMBER: &str = "+77010000123";

async fn until_delayed(world: &World, person: &Person, case: CaseId) {
    eventually("a delay", async || {
        world.pass(SignedDuration::from_secs(5));
        match world.view(person, case).await.step {
            StepView::Running { delayed } => delayed.then_some(()),
            _ => panic!("a fault of a system has ended the case"),
        }
    })
    .await;
}

async fn until_ended(world: &World, person: &Person, case: CaseId) {
    eventually("the case goes on", async || {
        world.pass(SignedDuration::from_secs(5));
        matches!(world.view(person, case).await.step, StepView::Issued { .. }).then_some(())
    })
    .await;
}

fn a_delay_and_then_a_result(mode: &'static str) {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        turn(world.outside.gateway, mode).await;
        let case = world.confirmed(&person, NUMBER).await;
        until_delayed(world, &person, case).await;
        assert_eq!(world.linked(&person).await, None);
        turn(world.outside.gateway, "ok").await;
        until_ended(world, &person, case).await;
        assert!(world.linked(&person).await.is_some());
        assert_eq!(world.journalled(&person, "number-linked").await, 1);
    });
}

/// [R58-A.8b]
#[test]
fn a_register_that_is_down_delays_and_the_case_goes_on_when_it_is_back() {
    a_delay_and_then_a_result("down");
}

/// [R58-A.8b]
#[test]
fn a_register_that_is_too_slow_delays() {
    a_delay_and_then_a_result("slow");
}

/// [R58-A.8b]
#[test]
fn an_answer_that_is_not_the_protocol_delays() {
    a_delay_and_then_a_result("malformed");
}

/// [R58-A.8b]
#[test]
fn an_answer_with_a_wrong_signature_is_not_believed_and_delays() {
    a_delay_and_then_a_result("wrong-signature");
}

/// [R58-A.8b]
#[test]
fn a_soap_fault_delays() {
    a_delay_and_then_a_result("fault");
}

/// [R58-A.8b]
#[test]
fn an_answer_that_breaks_off_delays() {
    a_delay_and_then_a_result("truncated");
}

/// [R58-A.8b]
#[test]
fn an_answer_with_a_document_type_delays() {
    a_delay_and_then_a_result("dtd");
}

/// [R58-5.2b]
#[test]
fn a_message_centre_that_is_down_delays_the_code_and_loses_nothing() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        turn(world.outside.centre, "down").await;
        let case = world.filled(&person, NUMBER).await;
        assert!(world.outside.inbox.to(NUMBER).is_empty());
        turn(world.outside.centre, "ok").await;
        eventually("the code", async || {
            world.pass(SignedDuration::from_secs(1));
            (!world.outside.inbox.to(NUMBER).is_empty()).then_some(())
        })
        .await;
        until_delivered(world, &person, case).await;
    });
}

/// [R58-5.2b]
#[test]
fn a_receipt_that_is_faster_than_our_own_writing_down_is_not_lost() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        world.outside.inbox.hold_answers();
        let case = world.filled(&person, NUMBER).await;
        eventually("the receipt", async || (world.receipts() == 1).then_some(())).await;
        world.outside.inbox.let_answers_go();
        until_delivered(world, &person, case).await;
    });
}

async fn until_delivered(world: &World, person: &Person, case: CaseId) {
    eventually("the message is shown as delivered", async || {
        let StepView::Confirm(confirm) = world.view(person, case).await.step else { panic!("not asked") };
        (confirm.code.expect("a code").state == CodeState::Delivered).then_some(())
    })
    .await;
}
