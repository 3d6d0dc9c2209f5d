//! The invented service from its first action to each of its ends.

use qyzmet_app::{
    DeskProblem, Error, StepView, VerificationOutcome,
    desk::{AskForMore, Place, ReceivePapers, RingAlarms, Verdict},
};

use super::{
    super::world::{OTHER, WELL, on_both_engines, well},
    days, kind, refused,
};

/// [R1116-7.9, R1116-7.11, R839-6.P9]
#[test]
fn a_fee_is_paid_papers_are_taken_in_one_officer_decides_another_approves_and_a_stranger_verifies() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, first, second) =
            (world.person(people[0]).await, world.operator(people[1]).await, world.operator(people[2]).await);
        let case = world.received(&person, &first).await;
        let view = world.work(&first, case, 7).await;
        assert_eq!(view.claims, [("Орны".to_owned(), "Астана".to_owned())]);
        assert!(view.facts.iter().any(|fact| fact.answer_id.is_some()), "the register's answer is shown");
        assert!(view.request.is_some() && view.signed, "the request and its signature are there");
        assert_eq!(view.grounds.len(), 1, "only the grounds of the action");
        world.decide(&first, case, Verdict::Granted).await.expect("decided");
        world.approve(&second, case).await.expect("approved");
        let StepView::Issued { number } = world.ended(&person, case).await.step else { panic!("not issued") };
        assert_eq!(world.verify(&number).await.outcome, VerificationOutcome::Valid);
        for what in ["case.numbered", "case.paid", "case.received", "case.decided", "case.approved"] {
            assert_eq!(world.journalled(&person, what).await, 1, "{what}");
        }
        assert!(world.queue(&first).await.is_empty());
    });
}

/// [R1116-7.11]
#[test]
fn an_officer_refuses_on_a_ground_of_the_list_and_says_what_was_found() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.received(&person, &officer).await;
        let other = Verdict::Refused { ground: "identity".to_owned(), finding: "жоқ".to_owned() };
        let unlisted = world.decide(&officer, case, other).await;
        assert!(matches!(unlisted, Err(Error::Desk(DeskProblem::UnlistedGround))));
        let silent = world.decide(&officer, case, refused(" ")).await;
        assert!(matches!(silent, Err(Error::Desk(DeskProblem::NoReason))));
        world.decide(&officer, case, refused("Мекенжай жоқ")).await.expect("refused");
        let StepView::Refused(refusal) = world.ended(&person, case).await.step else { panic!("not refused") };
        assert_eq!(
            (refusal.ground.as_str(), refusal.clause.as_str()),
            ("Мәлімет шындыққа сәйкес емес", "1116-2010:7.11")
        );
        assert_eq!(refusal.evidence[0].found, "Мекенжай жоқ");
        assert_eq!(world.verify(&refusal.number).await.outcome, VerificationOutcome::Valid);
    });
}

/// [R1116-7.9, R1116-7.10]
#[test]
fn a_fee_that_is_not_paid_in_its_term_ends_in_a_refusal_and_not_before() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let person = world.person(WELL).await;
        let case = world.unpaid(&person).await;
        world.pass(days(3));
        world.system(RingAlarms).await.expect("rung");
        assert!(
            matches!(world.view(&person, case).await.step, StepView::Pay(_)),
            "the last moment is in time"
        );
        world.pass(jiff::SignedDuration::from_secs(1));
        world.system(RingAlarms).await.expect("rung");
        let StepView::Refused(refusal) = world.ended(&person, case).await.step else { panic!("not refused") };
        assert_eq!(refusal.clause, "1116-2010:7.9");
    });
}

/// [R1116-7.9]
#[test]
fn an_officer_asks_for_more_and_the_recipient_answers_in_the_cabinet() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, first, second) =
            (world.person(people[0]).await, world.operator(people[1]).await, world.operator(people[2]).await);
        let case = world.received(&person, &first).await;
        let visit = world.work(&first, case, 7).await.visit;
        let place = Place { case, action: 7 };
        let ask = AskForMore { place, visit, question: "Қай үй?".to_owned() };
        world.run(&first.caller, ask).await.expect("asked");
        assert!(world.queue(&first).await.is_empty(), "the work has left the desk");
        let StepView::Form(form) = world.view(&person, case).await.step else { panic!("nothing is asked") };
        assert_eq!((form.question.as_deref(), form.page.as_str()), (Some("Қай үй?"), "more"));
        assert_eq!((form.page_number, form.page_count), (1, 1));
        world.answer(&person, case, "more", ("answer", "Он екінші")).await.expect("answered");
        let again = world.work(&first, case, 7).await;
        assert_eq!(again.visit, visit + 1);
        assert!(again.claims.contains(&("Жауабыңыз".to_owned(), "Он екінші".to_owned())));
        world.decide(&first, case, Verdict::Granted).await.expect("decided");
        world.approve(&second, case).await.expect("approved");
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
    });
}

/// [R839-6.P8]
#[test]
fn papers_are_taken_in_only_when_all_are_there() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.unpaid(&person).await;
        world.pay(&person, case).await;
        let visit = world.work(&officer, case, 6).await.visit;
        let place = Place { case, action: 6 };
        let papers = vec!["photo".to_owned()];
        let some = world.run(&officer.caller, ReceivePapers { place, visit, papers }).await;
        assert_eq!(kind(some), "desk");
        assert!(world.work(&officer, case, 6).await.open, "the work waits on");
    });
}
