//! Terms at a desk: sorted, raised to the head, rested while the recipient is asked, and shown with their reckoning.

use jiff::{SignedDuration, civil::date};
use qyzmet_app::{
    ADMINISTRATOR, DeskProblem, Error,
    desk::{AmendCalendar, AskForMore, Place, RingAlarms, Urgency},
};

use super::{
    super::world::{OTHER, WELL, on_both_engines, well},
    days,
};

#[test]
fn a_case_is_raised_to_the_head_before_its_term_is_over_and_again_after_it() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let _head = world.head(people[2]).await;
        let case = world.received(&person, &officer).await;
        let due = world.work(&officer, case, 7).await.due_at.expect("a term");
        world.system(RingAlarms).await.expect("rung");
        assert!(!world.work(&officer, case, 7).await.raised);
        world.clock.advance(due.duration_since(world.app.now()) - SignedDuration::from_mins(1));
        world.system(RingAlarms).await.expect("rung");
        let view = world.work(&officer, case, 7).await;
        assert!(view.raised);
        assert_eq!((view.urgency, world.journalled(&person, "work-raised").await), (Urgency::Soon, 1));
        world.pass(SignedDuration::from_mins(2));
        for _ in 0..2 {
            world.system(RingAlarms).await.expect("rung");
        }
        assert_eq!(world.queue(&officer).await[0].urgency, Urgency::Late);
        assert_eq!(world.journalled(&person, "work-raised").await, 2);
    });
}

#[test]
fn the_queue_has_the_least_time_left_first() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let officer = world.operator(people[0]).await;
        let mut cases = Vec::new();
        for number in &people[1..4] {
            let person = world.person(*number).await;
            cases.push(world.received(&person, &officer).await);
            world.pass(SignedDuration::from_mins(1));
        }
        let queue: Vec<_> = world.queue(&officer).await.iter().map(|item| item.case).collect();
        assert_eq!(queue, cases);
    });
}

/// [R1116-7.9]
#[test]
fn each_step_shows_who_did_it_by_which_clause_and_how_its_term_was_reckoned() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.received(&person, &officer).await;
        let view = world.work(&officer, case, 7).await;
        let received = view.steps.iter().find(|step| step.action.number == 6).expect("a step");
        assert!(received.by.is_some());
        assert_eq!(received.action.clause, "1116-2010:7.7");
        let term = received.term.as_ref().expect("a term");
        assert_eq!((term.kept, term.rule), (Some(true), "working-hours"));
        let now = view.steps.iter().find(|step| step.action.number == 7).expect("a step");
        assert_eq!(now.term.as_ref().expect("a term").due_at, view.due_at);
        let later = view.steps.iter().find(|step| step.action.number == 8).expect("a step");
        assert!(later.term.is_none());
    });
}

/// [R1116-A1.5]
#[test]
fn a_unit_that_works_on_saturday_has_its_term_by_its_own_days_and_hours_and_shows_them() {
    on_both_engines(async |world| {
        let (usual, own) = (
            "kind = \"people\"",
            r#"days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
hours = ["09:00-13:00", "13:30-20:00"]"#,
        );
        let mut folder = super::permit();
        let table = String::from_utf8(folder["process.toml"].clone()).expect("a table");
        let table = table.replace(usual, &format!("{usual}\n{own}"));
        folder.insert("process.toml".to_owned(), table.into_bytes());
        world.publish(folder).await.expect("the service is sound");
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.received(&person, &officer).await;
        let view = world.work(&officer, case, 7).await;
        let left = view.due_at.expect("a term").duration_since(world.app.now());
        assert_eq!(left, SignedDuration::from_hours(2), "the stories begin on a Saturday afternoon");
        let step = view.steps.iter().find(|step| step.action.number == 7).expect("a step");
        let term = step.term.as_ref().expect("a term");
        assert_eq!(term.working.as_deref(), Some("дс–сб, 09:00–13:00, 13:30–20:00"));
        assert_eq!((term.due_at, term.skipped.len()), (view.due_at, 0));
    });
}

/// [R1116-7.9]
#[test]
fn the_term_of_the_service_rests_while_the_recipient_is_asked_and_the_page_says_so() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.received(&person, &officer).await;
        let before = world.view(&person, case).await.term.expect("a term");
        assert_eq!((before.rule, before.rests.len()), ("working-days", 0));
        assert!(
            before.skipped.iter().any(|(day, _)| *day == date(2026, 11, 22)),
            "the Sunday does not count"
        );
        let place = Place { case, action: 7 };
        let ask = AskForMore { place, visit: 0, question: "Қай үй?".to_owned() };
        world.run(&officer.caller, ask).await.expect("asked");
        world.pass(days(5));
        let resting = world.view(&person, case).await;
        let resting = resting.term.expect("a term");
        assert_eq!((resting.due_at, resting.rests[0].1), (None, None), "the term rests");
        world.answer(&person, case, "more", ("answer", "Он екінші")).await.expect("answered");
        let after = world.view(&person, case).await.term.expect("a term");
        assert!(after.rests[0].1.is_some());
        assert!(after.due_at > before.due_at, "the days of waiting are given back");
    });
}

#[test]
fn an_amendment_of_the_calendar_reckons_running_terms_anew_and_the_journal_says_so() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let administrator = world.officer_of(people[2], "archive", vec![ADMINISTRATOR]).await;
        let case = world.received(&person, &officer).await;
        let before = world.work(&officer, case, 7).await.due_at.expect("a term");
        let monday = date(2026, 11, 23);
        let amend =
            |working| AmendCalendar {
                day: monday, working, instead_of: None, reason: "Қаулы".to_owned()
            };
        assert_eq!(world.run(&administrator.caller, amend(false)).await.expect("amended"), 1);
        let after = world.work(&officer, case, 7).await.due_at.expect("a term");
        assert_eq!(
            after.duration_since(before),
            days(1),
            "Saturday's work is due on Tuesday instead of Monday"
        );
        assert_eq!(world.journalled(&person, "term-reckoned-anew").await, 1);
        assert_eq!(world.run(&administrator.caller, amend(true)).await.expect("amended"), 1);
        assert_eq!(world.work(&officer, case, 7).await.due_at, Some(before));
        let beyond = AmendCalendar { day: date(2040, 1, 2), ..amend(false) };
        let unknown = world.run(&administrator.caller, beyond).await;
        assert!(matches!(unknown, Err(Error::Desk(DeskProblem::BadDay))));
        let swap = AmendCalendar { day: date(2026, 11, 28), instead_of: Some(monday), ..amend(true) };
        assert_eq!(world.run(&administrator.caller, swap).await.expect("swapped"), 1);
    });
}
