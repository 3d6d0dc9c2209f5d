//! A fee that the payment gateway refuses for good: the person is told, the administrator sees it, and no case waits for ever.

use jiff::SignedDuration;
use qyzmet_app::{
    PayView, ShowVersions, StepView,
    desk::RingAlarms,
    payments::{LookAtPayments, OrderPayment, RejectedFee},
};
use qyzmet_domain::{CaseId, Locale};

use super::{
    super::world::{OTHER, Person, WELL, World, on_both_engines, turn, well},
    Officer, days, kind,
};

async fn order(world: &World, person: &Person, case: CaseId) -> PayView {
    world.run(&person.caller, OrderPayment { case, locale: Locale::Kk }).await.expect("an answer");
    let StepView::Pay(pay) = world.view(person, case).await.step else { panic!("no fee is asked") };
    pay
}

/// What the administrator sees.
async fn fees(world: &World, administrator: &Officer) -> Vec<RejectedFee> {
    let show = ShowVersions { locale: Locale::Kk };
    world.run(&administrator.caller, show).await.expect("the administrator's page").fees
}

/// [R1116-7.9] [R74-3.4]
#[test]
fn a_fee_that_is_refused_for_good_is_told_and_goes_through_once_the_fault_is_mended() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let administrator = world.administrator(well(3)[2]).await;
        let case = world.unpaid(&person).await;
        turn(world.outside.payments, "reject").await;
        for _ in 0..2 {
            let pay = order(world, &person, case).await;
            assert!(pay.rejected && pay.pay_url.is_none() && pay.due_at.is_some());
        }
        let [fee] =
            fees(world, &administrator).await.try_into().ok().expect("one fee, however often it is tried");
        assert_eq!((fee.case, fee.amount, fee.why.as_str()), (case, 1966, "HTTP 422"));
        assert_eq!((fee.at, fee.waiting, fee.title.as_str()), (world.app.now(), true, "Сынақ рұқсаты"));
        assert!(fee.request_number.is_some());
        assert_eq!(world.journalled(&person, "payment-rejected").await, 2);
        turn(world.outside.payments, "ok").await;
        world.pay(&person, case).await;
        assert!(world.work(&officer, case, 6).await.open, "the case has gone on");
        assert!(fees(world, &administrator).await.is_empty());
    });
}

/// [R1116-7.12]
#[test]
fn a_fee_that_is_refused_until_its_term_is_over_ends_the_case_and_the_refusal_says_whose_fault_it_was() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let person = world.person(WELL).await;
        let administrator = world.administrator(well(3)[2]).await;
        let case = world.unpaid(&person).await;
        turn(world.outside.payments, "reject").await;
        assert!(order(world, &person, case).await.rejected);
        world.pass(days(3) + SignedDuration::from_mins(2));
        world.system(RingAlarms).await.expect("rung");
        let view = world.ended(&person, case).await;
        let StepView::Refused(refusal) = view.step else { panic!("it waits for ever") };
        assert_eq!(refusal.clause, "1116-2010:7.9");
        assert!(view.fee_rejected, "the person reads that it was not their omission");
        assert_eq!(kind(world.run(&person.caller, OrderPayment { case, locale: Locale::Kk }).await), "late");
        let [fee] = fees(world, &administrator).await.try_into().ok().expect("the fee");
        assert!(!fee.waiting);
        assert_eq!(world.system(LookAtPayments).await.expect("looked"), 0);
        assert_eq!(world.outside.orders().await, 0);
    });
}

/// [R1116-7.9]
#[test]
fn a_gateway_that_is_only_down_has_refused_nothing() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let person = world.person(WELL).await;
        let case = world.unpaid(&person).await;
        turn(world.outside.payments, "down").await;
        assert_eq!(kind(world.run(&person.caller, OrderPayment { case, locale: Locale::Kk }).await), "busy");
        let StepView::Pay(pay) = world.view(&person, case).await.step else { panic!("no fee is asked") };
        assert!(!pay.rejected);
        assert_eq!(world.journalled(&person, "payment-rejected").await, 0);
    });
}
