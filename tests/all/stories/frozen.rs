//! An event of a case is changed behind the portal's back: the journal names it, the case rests until it is as it was,
//! and all others go on.

use qyzmet_app::{
    Error, ListRequests, ShowRequest, StepView, VerifyJournal,
    desk::{DecideWork, Place, RingAlarms, ShowWork, Verdict},
};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_store::{Statement, StoreError};

use super::{
    desk::{
        days, kind,
        pages::{Visitor, served, token},
    },
    world::{World, on_both_engines, well},
};

/// One letter of an answer: the event can still be read.
static A_LETTER: Statement = Statement::new(
    "A_LETTER",
    module_path!(),
    "UPDATE journal SET payload = replace(payload, 'Астана', 'Астанa') WHERE case_id = $1 AND what = 'case.filled'",
);
static THE_LETTER: Statement = Statement::new(
    "THE_LETTER",
    module_path!(),
    "UPDATE journal SET payload = replace(payload, 'Астанa', 'Астана') WHERE case_id = $1 AND what = 'case.filled'",
);
/// The first byte: the event cannot be read at all.
static A_BRACE: Statement = Statement::new(
    "A_BRACE",
    module_path!(),
    "UPDATE journal SET payload = '(' || substr(payload, 2) WHERE case_id = $1 AND what = 'case.filled'",
);
static THE_BRACE: Statement = Statement::new(
    "THE_BRACE",
    module_path!(),
    "UPDATE journal SET payload = '{' || substr(payload, 2) WHERE case_id = $1 AND what = 'case.filled'",
);

async fn change(world: &World, statement: &'static Statement, case: CaseId) {
    let changed = world.app.store.write(move |tx| tx.execute(statement, &[case.into()])).await;
    assert_eq!(changed.map_err(|error: StoreError| Error::fault(error)).expect("changed"), 1);
}

/// Verifies: the faults that name a case, and how many cases rest.
async fn verify(world: &World, case: CaseId) -> (Vec<String>, u64) {
    let report = world.system(VerifyJournal).await.expect("a report");
    let of_case = report.faults.into_iter().filter(|fault| fault.contains(&case.to_string()));
    (of_case.collect(), report.frozen)
}

/// [R74-3.1]
#[test]
fn a_case_with_a_changed_event_rests_until_it_is_as_it_was_and_others_go_on() {
    on_both_engines(async |world| {
        for (damage, repair) in [(&A_LETTER, &THE_LETTER), (&A_BRACE, &THE_BRACE)] {
            world.with_permit().await;
            let people = well(5);
            let (person, other) = (world.person(people[0]).await, world.person(people[1]).await);
            let (first, second) = (world.operator(people[2]).await, world.operator(people[3]).await);
            let case = world.received(&person, &first).await;
            let sound = world.received(&other, &first).await;
            change(world, damage, case).await;
            let (faults, frozen) = verify(world, case).await;
            assert_eq!((faults, frozen), (vec![format!("case {case}: its event 2 was changed")], 1));

            let place = Place { case, action: 7 };
            let show = ShowRequest { case, page: None, locale: Locale::Kk };
            assert_eq!(kind(world.run(&person.caller, show).await), "frozen");
            let show = ShowWork { place, locale: Locale::Kk };
            assert_eq!(kind(world.run(&first.caller, show).await), "frozen");
            let decide = DecideWork { place, visit: 0, verdict: Verdict::Granted };
            assert_eq!(kind(world.run(&first.caller, decide).await), "frozen");
            let list = world.run(&person.caller, ListRequests { locale: Locale::Kk }).await.expect("a list");
            assert!(list.iter().any(|card| card.case == case && card.state == "frozen"));

            world.decide(&first, sound, Verdict::Granted).await.expect("another case goes on");
            world.approve(&second, sound).await.expect("approved");
            assert!(matches!(world.ended(&other, sound).await.step, StepView::Issued { .. }));
            assert_eq!(verify(world, case).await.1, 1, "it is frozen once");

            change(world, repair, case).await;
            assert_eq!(verify(world, case).await, (Vec::new(), 0));
            world.decide(&first, case, Verdict::Granted).await.expect("it goes on");
            world.approve(&second, case).await.expect("approved");
            assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
            world.pass(days(1));
        }
    });
}

/// [R74-3.1]
#[test]
fn what_comes_from_outside_waits_while_a_case_rests_and_is_not_lost() {
    on_both_engines(async |world| {
        world.with_package().await;
        let people = well(3);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        world.outside.register.hold();
        let case = world.package(&person).await;
        let members = world.members(&person, case).await;
        let (reference, inspection) = (members[0].case, members[1].case);
        freeze(world, case).await;
        world.outside.register.let_go();
        // A member ends while its composite rests.
        world.ended(&person, reference).await;
        assert_eq!(world.journalled(&person, "case.joined").await, 0);
        freeze(world, inspection).await;
        world.pass(days(4));
        world.system(RingAlarms).await.expect("rung");
        assert_eq!(world.journalled(&person, "case.expired").await, 0, "no clock moves a case that rests");
        assert_eq!(
            kind(world.inspect(&officer, inspection, super::members::verdict("good")).await),
            "frozen"
        );
        release(world, case).await;
        release(world, inspection).await;
        assert_eq!(world.journalled(&person, "case.joined").await, 1, "the composite is told afterwards");
        world.pass(days(1));
        world.system(RingAlarms).await.expect("rung");
        assert_eq!(world.journalled(&person, "case.expired").await, 1);
        world.ended(&person, inspection).await;
        assert!(matches!(world.ended(&person, case).await.step, StepView::Refused(_)));
    });
}

/// Changes the first event of a case, and back again.
static A_CHANNEL: Statement = Statement::new(
    "A_CHANNEL",
    module_path!(),
    "UPDATE journal SET payload = replace(payload, '\"portal\"', '\"pertal\"') WHERE case_id = $1 AND what = 'case.opened'",
);
static THE_CHANNEL: Statement = Statement::new(
    "THE_CHANNEL",
    module_path!(),
    "UPDATE journal SET payload = replace(payload, '\"pertal\"', '\"portal\"') WHERE case_id = $1 AND what = 'case.opened'",
);

async fn freeze(world: &World, case: CaseId) {
    change(world, &A_CHANNEL, case).await;
    let (faults, _) = verify(world, case).await;
    assert_eq!(faults, [format!("case {case}: its event 1 was changed")]);
}

async fn release(world: &World, case: CaseId) {
    change(world, &THE_CHANNEL, case).await;
    assert_eq!(verify(world, case).await.0, Vec::<String>::new());
}

/// [R74-3.1]
#[test]
fn the_pages_of_a_frozen_case_say_in_words_that_it_is_looked_into() {
    served(async |world| {
        world.with_permit().await;
        let people = well(3);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let case = world.received(&person, &officer).await;
        change(world, &A_LETTER, case).await;
        verify(world, case).await;
        let visitor = Visitor::of(world, Some(&token(world, &person).await));
        let desk = Visitor::of(world, Some(&officer.token));
        let seen = [
            visitor.fetch(format!("/requests/{case}")).await,
            visitor.fetch(format!("/requests/{case}/status")).await,
            desk.fetch(format!("/desk/{case}/7")).await,
            desk.fetch(format!("/desk/{case}/7/decide")).await,
        ];
        for page in seen {
            assert_eq!(page.status, 409);
            assert!(page.text().contains("Бұл өтініш тексеріліп жатыр"), "{}", page.at);
        }
        let list = visitor.fetch("/requests").await;
        assert!(list.status == 200 && list.text().contains("Тексеріліп жатыр"));
        change(world, &THE_LETTER, case).await;
        verify(world, case).await;
        assert_eq!(visitor.fetch(format!("/requests/{case}")).await.status, 200);
    });
}
