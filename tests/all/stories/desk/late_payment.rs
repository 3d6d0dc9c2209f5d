//! A fee that is paid when the case no longer waits for it is given back, once; one that was paid in time never counts as late.

use jiff::SignedDuration;
use qyzmet_app::{
    LatePaymentView, StepView,
    desk::RingAlarms,
    payments::{CheckPayment, LookAtPayments, OrderPayment},
};
use qyzmet_domain::{CaseId, Locale};

use super::{
    super::world::{OTHER, Person, WELL, World, eventually, on_both_engines, turn},
    days, kind,
};

/// Orders the fee and gives the page on which it is paid.
async fn order(world: &World, person: &Person, case: CaseId) -> String {
    world.run(&person.caller, OrderPayment { case, locale: Locale::Kk }).await.expect("ordered");
    let StepView::Pay(pay) = world.view(person, case).await.step else { panic!("no fee is asked") };
    pay.pay_url.expect("a page to pay on")
}

/// The term of the fee passes, the gateway is asked, and the clock rings.
async fn run_out(world: &World) {
    world.pass(days(3) + SignedDuration::from_secs(1));
    for _ in 0..2 {
        world.system(RingAlarms).await.expect("rung");
        world.system(LookAtPayments).await.expect("looked");
        world.pass(SignedDuration::from_mins(2));
    }
    world.system(RingAlarms).await.expect("rung");
}

/// A request that was refused because its fee was not paid, and the page on which it can still be paid.
pub(super) async fn refused(world: &World, person: &Person) -> (CaseId, String) {
    let case = world.unpaid(person).await;
    let url = order(world, person, case).await;
    run_out(world).await;
    assert!(matches!(world.ended(person, case).await.step, StepView::Refused(_)));
    (case, url)
}

async fn late(world: &World, person: &Person, case: CaseId) -> Option<LatePaymentView> {
    world.view(person, case).await.late_payment
}

/// [R1116-7.9]
#[test]
fn a_fee_that_is_paid_after_its_term_is_given_back_once_and_the_person_sees_it() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let person = world.person(WELL).await;
        let (case, url) = refused(world, &person).await;
        assert_eq!(late(world, &person, case).await, None);
        world.outside.pay(&url).await;
        world.pass(days(1));
        // The person comes back, presses again, and the timer looks too: whoever is first.
        for _ in 0..2 {
            let back = kind(world.run(&person.caller, CheckPayment { case }).await);
            assert!(["ok", "late"].contains(&back), "{back}");
            world.system(LookAtPayments).await.expect("looked");
        }
        let shown = eventually("the refund", async || late(world, &person, case).await?.refund).await;
        assert!(!shown.is_empty());
        assert_eq!(late(world, &person, case).await.expect("late").amount, 1966);
        assert_eq!(world.outside.refunds().await, 1);
        for what in ["payment-late", "payment-refunded"] {
            assert_eq!(world.journalled(&person, what).await, 1, "{what}");
        }
        assert_eq!(world.journalled(&person, "case.paid").await, 0, "the refusal stands");
    });
}

/// [R1116-7.9]
#[test]
fn a_refund_that_the_gateway_does_not_take_is_asked_again_also_after_a_restart() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let person = world.person(WELL).await;
        let (case, url) = refused(world, &person).await;
        world.outside.fees.keep_money(true);
        world.outside.pay(&url).await;
        drop(world.run(&person.caller, CheckPayment { case }).await);
        let waiting = eventually("the late payment", async || late(world, &person, case).await).await;
        assert_eq!(waiting, LatePaymentView { amount: 1966, refund: None });
        let world = world.start_again().await;
        world.outside.fees.keep_money(false);
        world.pass(SignedDuration::from_mins(2));
        world.system(LookAtPayments).await.expect("looked");
        eventually("the refund", async || late(&world, &person, case).await?.refund).await;
        assert_eq!(world.outside.refunds().await, 1);
        assert_eq!(world.journalled(&person, "payment-refunded").await, 1);
        world.end().await;
    });
}

/// [R1116-7.9, R1116-7.10]
#[test]
fn while_the_gateway_is_silent_nobody_is_refused_and_a_fee_paid_in_time_counts() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.unpaid(&person).await;
        let url = order(world, &person, case).await;
        world.outside.pay(&url).await;
        turn(world.outside.payments, "down").await;
        run_out(world).await;
        assert!(matches!(world.view(&person, case).await.step, StepView::Pay(_)), "a delay, no refusal");
        turn(world.outside.payments, "ok").await;
        world.pass(SignedDuration::from_mins(2));
        world.system(LookAtPayments).await.expect("looked");
        assert!(world.work(&officer, case, 6).await.open, "the case has gone on");
        assert_eq!(late(world, &person, case).await, None);
        assert_eq!(world.outside.refunds().await, 0);
    });
}
