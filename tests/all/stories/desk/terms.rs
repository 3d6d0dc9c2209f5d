//! Terms at a desk: sorted, raised to the head, rested while the recipient is asked, and shown with their reckoning.

use jiff::SignedDuration;
use qyzmet_app::desk::{RingAlarms, Urgency};

use super::super::world::{OTHER, WELL, on_both_engines, well};

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
        assert_eq!((term.kept, term.working), (Some(true), true));
        let now = view.steps.iter().find(|step| step.action.number == 7).expect("a step");
        assert_eq!(now.term.as_ref().expect("a term").due_at, view.due_at);
        let later = view.steps.iter().find(|step| step.action.number == 8).expect("a step");
        assert!(later.term.is_none());
    });
}
