//! Buttons pressed twice, old pages, a gateway that fails, and a portal that starts again in the middle.

use qyzmet_app::{
    StepView,
    desk::{AskForMore, DecideWork, Place, ReceivePapers, Verdict},
    payments::{CheckPayment, LookAtPayments, OrderPayment},
};
use qyzmet_domain::Locale;

use super::{
    super::world::{OTHER, WELL, on_both_engines, turn, well},
    kind,
};

/// [R839-6.P9]
#[test]
fn a_repeated_command_of_an_officer_changes_nothing() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, first, second) =
            (world.person(people[0]).await, world.operator(people[1]).await, world.operator(people[2]).await);
        let case = world.received(&person, &first).await;
        let papers = vec!["identity-card".to_owned(), "photo".to_owned()];
        let receive = ReceivePapers { place: Place { case, action: 6 }, visit: 0, papers };
        assert_eq!(kind(world.run(&first.caller, receive).await), "late");
        let place = Place { case, action: 7 };
        let decide = |visit| DecideWork { place, visit, verdict: Verdict::Granted };
        let ask = AskForMore { place, visit: 0, question: "Қай үй?".to_owned() };
        world.run(&first.caller, ask).await.expect("asked");
        assert_eq!(kind(world.run(&first.caller, decide(0)).await), "late");
        world.answer(&person, case, "more", ("answer", "Он екінші")).await.expect("answered");
        assert_eq!(kind(world.run(&first.caller, decide(0)).await), "late", "an old page decides nothing");
        world.run(&first.caller, decide(1)).await.expect("decided");
        assert_eq!(kind(world.run(&first.caller, decide(1)).await), "late");
        let approval = world.approval(&second, case).await;
        let (place, visit, signature) = (approval.place, approval.visit, approval.signature.clone());
        world.run(&second.caller, approval).await.expect("approved");
        let again = qyzmet_app::desk::ApproveWork { place, visit, signature };
        assert_ne!(kind(world.run(&second.caller, again).await), "ok");
        world.ended(&person, case).await;
        for what in ["case.received", "case.asked", "case.decided", "case.approved"] {
            assert_eq!(world.journalled(&person, what).await, 1, "{what}");
        }
    });
}

/// [R1116-7.9]
#[test]
fn an_answer_sent_again_from_an_old_page_is_no_answer_to_the_next_question() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.received(&person, &officer).await;
        let place = Place { case, action: 7 };
        let ask = |visit, question: &str| AskForMore { place, visit, question: question.to_owned() };
        world.run(&officer.caller, ask(0, "Қай үй?")).await.expect("asked");
        let first = world.seen(&person, case).await;
        let answer = async |seen, words| {
            kind(world.answer_seen(&person, (case, seen), "more", ("answer", words)).await)
        };
        assert_eq!(answer(first, "Он екінші").await, "ok");
        assert_eq!(answer(first, "Он екінші").await, "late", "a double click");
        world.run(&officer.caller, ask(1, "Қай қабат?")).await.expect("asked again");
        assert_eq!(answer(first, "Он екінші").await, "late", "the same form sent once more");
        let second = world.seen(&person, case).await;
        assert_ne!(first, second);
        assert_eq!(answer(second, "Бірінші").await, "ok");
        let view = world.work(&officer, case, 7).await;
        assert!(view.claims.iter().any(|(_, value)| value == "Бірінші"));
        assert_eq!(world.journalled(&person, "case.filled").await, 3);
        world.decide(&officer, case, Verdict::Granted).await.expect("decided");
    });
}

/// [R1116-7.9]
#[test]
fn a_fee_is_ordered_once_and_paid_once_however_often_anybody_asks() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.unpaid(&person).await;
        assert!(
            !world.run(&person.caller, CheckPayment { case }).await.unwrap_or(false),
            "nothing is ordered yet"
        );
        world.pay(&person, case).await;
        assert_eq!(kind(world.run(&person.caller, CheckPayment { case }).await), "late");
        assert_eq!(kind(world.run(&person.caller, OrderPayment { case, locale: Locale::Kk }).await), "late");
        assert_eq!(world.system(LookAtPayments).await.expect("looked"), 0);
        world.work(&officer, case, 6).await;
        assert_eq!(world.journalled(&person, "case.paid").await, 1);
        assert_eq!(world.outside.orders().await, 1);
    });
}

/// [R1116-7.9]
#[test]
fn a_payment_that_nobody_came_back_from_is_found_by_the_timer() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.unpaid(&person).await;
        turn(world.outside.payments, "down").await;
        assert_eq!(kind(world.run(&person.caller, OrderPayment { case, locale: Locale::Kk }).await), "busy");
        turn(world.outside.payments, "ok").await;
        world.run(&person.caller, OrderPayment { case, locale: Locale::Kk }).await.expect("ordered");
        let StepView::Pay(pay) = world.view(&person, case).await.step else { panic!("no fee is asked") };
        world.outside.pay(&pay.pay_url.expect("a page")).await;
        world.pass(jiff::SignedDuration::from_secs(6));
        turn(world.outside.payments, "wrong-signature").await;
        assert_eq!(world.system(LookAtPayments).await.expect("looked"), 0, "a stranger's word pays nothing");
        turn(world.outside.payments, "ok").await;
        world.pass(jiff::SignedDuration::from_secs(6));
        super::super::world::eventually("the payment is found", async || {
            world.system(LookAtPayments).await.expect("looked");
            (!matches!(world.view(&person, case).await.step, StepView::Pay(_))).then_some(())
        })
        .await;
        world.work(&officer, case, 6).await;
    });
}
