//! Timers do not hold each other up: neither a gateway that never answers nor a case whose clock cannot be reckoned.

use jiff::{SignedDuration, civil::date};
use qyzmet_app::{
    ADMINISTRATOR, VerifyJournal,
    desk::{AmendCalendar, RingAlarms},
    payments::OrderPayment,
};
use qyzmet_domain::Locale;
use qyzmet_store::{Statement, repositories::waits};

use super::{
    super::world::{OTHER, WELL, eventually, on_both_engines, well},
    days,
};

/// [R74-3.1]
#[test]
fn a_payment_gateway_that_never_answers_does_not_keep_the_journal_from_being_sealed() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, other) = (world.person(WELL).await, world.person(OTHER).await);
        let case = world.unpaid(&person).await;
        world.run(&person.caller, OrderPayment { case, locale: Locale::Kk }).await.expect("ordered");
        world.outside.fees.hang();
        world.pass(SignedDuration::from_mins(1));
        let asked = world.outside.fees.asked();
        eventually("the worker's question", async || (world.outside.fees.asked() > asked).then_some(()))
            .await;
        let before = world.system(VerifyJournal).await.expect("a report");
        world.unpaid(&other).await;
        eventually("a checkpoint over what came since", async || {
            let report = world.system(VerifyJournal).await.expect("a report");
            let is_sealed = report.sealed == report.entries && report.entries > before.entries;
            (is_sealed && report.checkpoints > before.checkpoints).then_some(())
        })
        .await;
        world.outside.fees.let_go();
    });
}

static CASE_STATE: Statement = Statement::new(
    "CASE_STATE",
    module_path!(),
    "UPDATE cases SET state = 'nothing that can be read' WHERE id = $1",
);

#[test]
fn a_case_whose_clock_cannot_be_reckoned_keeps_no_other_clock_from_ringing() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let officer = world.operator(people[0]).await;
        let (broken, sound) = (world.person(people[1]).await, world.person(people[2]).await);
        let case = world.received(&broken, &officer).await;
        world.pass(SignedDuration::from_mins(1));
        world.received(&sound, &officer).await;
        let damaged = world.app.store.write(move |tx| tx.execute(&CASE_STATE, &[case.into()])).await;
        let damaged: Result<u64, qyzmet_store::StoreError> = damaged;
        assert_eq!(damaged.expect("damaged"), 1);
        world.leave_unchecked();
        world.pass(days(3));
        for _ in 0..2 {
            world.system(RingAlarms).await.expect("the damaged case, which comes first, is passed over");
        }
        let now = world.app.now();
        let left = world.app.store.read(move |tx| waits::alarms(tx, now, 10)).await.expect("alarms");
        assert_eq!(left, [], "however many cases are damaged, others get their turn");
        assert_eq!(world.journalled(&sound, "work-raised").await, 1);
        assert_eq!(world.journalled(&broken, "work-raised").await, 0);
    });
}

#[test]
fn a_case_that_cannot_be_read_keeps_no_other_term_from_being_reckoned_anew() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let officer = world.operator(people[0]).await;
        let administrator = world.officer_of(people[3], "archive", vec![ADMINISTRATOR]).await;
        let (broken, sound) = (world.person(people[1]).await, world.person(people[2]).await);
        let case = world.received(&broken, &officer).await;
        world.received(&sound, &officer).await;
        let damaged = world.app.store.write(move |tx| tx.execute(&CASE_STATE, &[case.into()])).await;
        let damaged: Result<u64, qyzmet_store::StoreError> = damaged;
        assert_eq!(damaged.expect("damaged"), 1);
        world.leave_unchecked();
        let (day, reason) = (date(2026, 11, 23), "Қаулы".to_owned());
        let amend = AmendCalendar { day, working: false, instead_of: None, reason };
        assert_eq!(world.run(&administrator.caller, amend).await.expect("amended"), 1);
        assert_eq!(world.journalled(&sound, "term-reckoned-anew").await, 1);
    });
}
