//! Events that a case waits for: reported by an officer of the unit or by a system, in the term or too late.

use jiff::SignedDuration;
use qyzmet_app::{
    DeskProblem, Error, OFFICER, StepView,
    desk::{Place, ReportEvent, RingAlarms, ShowWork},
};
use qyzmet_domain::Locale;

use super::{
    super::{
        desk::{days, kind},
        world::{WELL, eventually, on_both_engines, well},
    },
    INSPECTION, says, verdict,
};

/// [R1116-7.10]
#[test]
fn an_officer_of_the_unit_reports_what_the_action_asks_and_the_case_goes_on() {
    on_both_engines(async |world| {
        world.with_package().await;
        let (person, officer) = (world.person(WELL).await, world.operator(well(2)[1]).await);
        let case = world.start_service(&person, INSPECTION).await;
        let [item] = &world.queue(&officer).await[..] else { panic!("it waits in the queue") };
        assert_eq!((item.case, item.action), (case, 2));
        let event = world.work(&officer, case, 2).await.event.expect("an event is awaited");
        assert_eq!(event.text, "Орнында тексеру өтті");
        let asked: Vec<_> = event.says.iter().map(|said| (said.fact.as_str(), said.choices.len())).collect();
        assert_eq!(asked, [("verdict", 2), ("note", 0)]);
        for wrong in [says(&[]), says(&[("verdict", "good")]), verdict("so-so"), verdict("")] {
            let refused = world.inspect(&officer, case, wrong).await;
            assert!(matches!(refused, Err(Error::Desk(DeskProblem::Unsaid))));
        }
        assert_eq!(world.journalled(&person, "case.arrived").await, 0);
        world.inspect(&officer, case, verdict("good")).await.expect("reported");
        assert_eq!(kind(world.inspect(&officer, case, verdict("bad")).await), "late", "it is reported once");
        assert!(world.queue(&officer).await.is_empty(), "the laboratory's event is none of the desk's");
        world.analyse(case).await.expect("reported");
        let facts = world.work(&officer, case, 5).await.facts;
        assert!(facts.iter().any(|fact| fact.value == "жақсы" && fact.source == "Оператор"));
        assert!(facts.iter().any(|fact| fact.value == "A-17" && fact.source == "Зертхана"));
        world.grant(&officer, case).await.expect("granted");
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
        assert_eq!(world.journalled(&person, "case.arrived").await, 2);
    });
}

/// [R1116-7.10, R74-3.1]
#[test]
fn nobody_but_the_unit_that_waits_reports_and_a_system_speaks_for_systems_only() {
    on_both_engines(async |world| {
        world.with_package().await;
        let people = well(4);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let archivist = world.officer_of(people[2], "archive", vec![OFFICER]).await;
        let case = world.start_service(&person, INSPECTION).await;
        assert_eq!(kind(world.inspect(&archivist, case, verdict("good")).await), "not-found");
        let place = Place { case, action: 2 };
        let report = || ReportEvent { place, visit: 0, says: verdict("good") };
        assert_eq!(kind(world.run(&person.caller, report()).await), "not-found");
        assert_eq!(kind(world.system(report()).await), "not-found", "an officer has to see the place");
        let own = world.start_service(&officer.person, INSPECTION).await;
        assert_eq!(kind(world.inspect(&officer, own, verdict("good")).await), "not-found", "the own request");
        world.inspect(&officer, case, verdict("good")).await.expect("reported");
        let place = Place { case, action: 4 };
        let report = ReportEvent { place, visit: 0, says: says(&[("number", "A-17")]) };
        assert_eq!(
            kind(world.run(&officer.caller, report).await),
            "not-found",
            "the laboratory reports itself"
        );
        world.analyse(case).await.expect("reported");
        assert_eq!(kind(world.analyse(case).await), "late");
    });
}

/// [R1116-7.10]
#[test]
fn an_inspection_that_does_not_come_in_its_term_is_a_ground_and_comes_too_late_afterwards() {
    on_both_engines(async |world| {
        world.with_package().await;
        let (person, officer) = (world.person(WELL).await, world.operator(well(2)[1]).await);
        let case = world.start_service(&person, INSPECTION).await;
        let due = world.work(&officer, case, 2).await.due_at.expect("a term");
        world.clock.advance(due.duration_since(world.app.now()));
        world.system(RingAlarms).await.expect("rung");
        assert!(world.work(&officer, case, 2).await.open, "the last moment is still in time");
        world.pass(SignedDuration::from_secs(1));
        let late = world.inspect(&officer, case, verdict("good")).await;
        assert_eq!(kind(late), "late", "also before a clock was looked at");
        world.system(RingAlarms).await.expect("rung");
        let StepView::Refused(refusal) = world.ended(&person, case).await.step else { panic!("not refused") };
        assert_eq!(refusal.evidence[0].found, "кешікті");
        assert_eq!(kind(world.inspect(&officer, case, verdict("good")).await), "late");
        assert_eq!(world.journalled(&person, "case.expired").await, 1);
        assert_eq!(world.journalled(&person, "case.arrived").await, 0);
    });
}

/// [R1116-7.10]
#[test]
fn where_the_table_goes_on_without_the_event_a_late_one_changes_nothing() {
    on_both_engines(async |world| {
        world.with_package().await;
        let (person, officer) = (world.person(WELL).await, world.operator(well(2)[1]).await);
        let case = world.start_service(&person, INSPECTION).await;
        world.inspect(&officer, case, verdict("good")).await.expect("reported");
        world.pass(days(2) + SignedDuration::from_secs(1));
        eventually("the case goes on without the analysis", async || {
            world.system(RingAlarms).await.expect("rung");
            let place = Place { case, action: 5 };
            world.run(&officer.caller, ShowWork { place, locale: Locale::Kk }).await.ok()
        })
        .await;
        assert_eq!(kind(world.analyse(case).await), "late");
        world.grant(&officer, case).await.expect("granted");
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
    });
}
