//! The verbs of officers, payments, events and composites: their sample tables run, and what they do not put up with.

use jiff::Timestamp;
use qyzmet_domain::{Means, RequestNumber};

use super::trial::{
    Run, approve, ask, confirm, decided, decision, desk, fill, inspected, join, number, officer, paid, pay,
    proof, start,
};
use super::*;
use crate::event::Event;
use crate::samples::{at, done, map, sample};
use crate::{Command, Decision, Ending, Officer, Proof, Rejection, run_example};

/// [R1116-7.13]
#[test]
fn all_examples_of_the_sample_tables_run() {
    for name in ["permit", "desk", "composite", "automated", "rounds", "counter"] {
        let regulation = sample(name);
        assert!(!regulation.examples.is_empty());
        for example in &regulation.examples {
            run_example(&regulation, example).unwrap_or_else(|why| panic!("{}: {why}", example.name));
        }
    }
}

/// [R839-6.P4]
#[test]
fn a_request_gets_its_number_once() {
    let run = paid();
    assert_eq!(run.case().number.as_ref(), Some(&RequestNumber::new(2026, 41).unwrap()));
    assert_eq!(run.case().facts.get("request.number"), run.case().number.as_ref().map(RequestNumber::as_str));
    let mut run = run;
    assert_eq!(run.give(&number()), Err(Rejection::NotWaiting(3)));
}

/// [R1116-7.9]
#[test]
fn only_the_whole_fee_is_a_payment_and_a_repeated_notice_changes_nothing() {
    let mut run = Run::of("permit").all(&[fill(1, "what"), confirm(2), number()]);
    assert_eq!(run.waits(), [Waiting::Payment { action: 4, amount: 1500 }]);
    assert_eq!(run.give(&pay("p-1", 1499)), Err(Rejection::WrongAmount { fee: 1500, paid: 1499 }));
    run.give(&pay("p-1", 1500)).unwrap();
    let fact = run.case().facts.fact("payment.amount").unwrap();
    assert_eq!((fact.value.as_str(), fact.answer_id.as_deref()), ("1500", Some("p-1")));
    assert_eq!(run.give(&pay("p-1", 1500)), Err(Rejection::NotWaiting(4)));
}

/// [R1116-7.12]
#[test]
fn a_fee_that_is_unpaid_at_the_end_of_its_term_is_a_ground_and_not_before() {
    let mut run = Run::of("permit").all(&[fill(1, "what"), confirm(2), number()]);
    let early = Command::Expire { action: 4, due_at: at(5) };
    let due_at = run.case().reached_at().checked_add(jiff::SignedDuration::from_hours(72)).unwrap();
    assert_eq!(run.give(&early), Err(Rejection::NotDue(due_at)), "whatever the caller says");
    run.second = 72 * 3600 + 10;
    run.give(&Command::Expire { action: 4, due_at }).unwrap();
    let Ending::Refused(refusal) = &run.case().outcome.as_ref().unwrap().ending else { panic!() };
    assert_eq!((refusal.ground.as_str(), refusal.evidence[0].found.as_str()), ("unpaid", "unpaid"));
}

/// [R1116-7.11]
#[test]
fn the_desk_shows_what_the_table_allows_and_nothing_else() {
    let work = paid().work();
    assert_eq!((work.action, work.unit.as_str(), work.task), (5, "desk", Task::Decide));
    assert_eq!((work.grounds, work.may_ask, work.visit), (vec!["incomplete".to_owned()], true, 0));
    let work = decided().work();
    assert_eq!((work.action, work.task, work.may_ask), (9, Task::Approve, false));
    assert_eq!(work.apart_from, [officer(1).id]);
}

/// [R839-5.15]
#[test]
fn an_officer_of_another_unit_decides_nothing() {
    let mut run = paid();
    let before = run.case().clone();
    let mut stranger = desk(1, 0);
    stranger.by.unit = "elsewhere".to_owned();
    for decision in [Decision::Ok, Decision::More { question: "?".to_owned() }] {
        let command = Command::Decide { action: 5, at: stranger.clone(), decision };
        assert_eq!(run.give(&command), Err(Rejection::WrongUnit(5)));
    }
    assert_eq!(run.case(), &before);
}

/// [R839-6.P9]
#[test]
fn where_two_are_needed_one_officer_cannot_act_twice() {
    let mut run = decided();
    assert_eq!(run.give(&approve(1)), Err(Rejection::SameOfficer(9)));
    let refusal = Decision::Violation { ground: "incomplete".to_owned(), finding: "No plan".to_owned() };
    let refusal = Command::Decide { action: 9, at: desk(1, 0), decision: refusal };
    assert_eq!(run.give(&refusal), Err(Rejection::SameOfficer(9)), "nor refuse as the second");
    run.give(&approve(2)).unwrap();
    let [approval] = run.case().approvals.as_slice() else { panic!() };
    assert_eq!((approval.action, &approval.by), (9, &officer(2)));
}

/// [R839-6.P9]
#[test]
fn an_approval_needs_the_officers_own_signature() {
    let mut run = decided();
    let with = |proof| Command::Approve { action: 9, at: desk(2, 0), proof };
    assert_eq!(run.give(&with(proof(&[]))), Err(Rejection::Unproven(vec![Means::Eds])));
    let unsigned = Proof { signer: None, ..proof(&[Means::Eds]) };
    assert_eq!(run.give(&with(unsigned)), Err(Rejection::UnknownSigner));
}

#[test]
fn a_button_pressed_on_an_old_page_changes_nothing() {
    let mut run = paid();
    run.give(&ask(1, 0)).unwrap();
    assert_eq!(run.give(&ask(1, 0)), Err(Rejection::NotWaiting(5)));
    run.give(&fill(6, "more")).unwrap();
    assert_eq!(run.give(&ask(1, 0)), Err(Rejection::Repeated(5)), "the page was of the visit before");
    assert_eq!(run.work().visit, 1);
    run.give(&decision(1, 1, Decision::Ok)).unwrap();
}

#[test]
fn the_question_of_an_officer_is_kept_for_the_recipient_and_his_answer_for_the_officer() {
    let run = paid().all(&[ask(1, 0), fill(6, "more")]);
    let question = run.case().facts.fact("officer.question").unwrap();
    assert_eq!((question.value.as_str(), question.source.as_str()), ("Which street?", "desk"));
    assert_eq!(run.case().facts.get("form.more"), Some("A kiosk"));
    let by: Vec<_> = run.case().steps.iter().map(|step| step.by.is_some()).collect();
    assert_eq!(by, [false, false, false, false, true, false]);
}

#[test]
fn a_case_given_to_one_officer_is_done_by_no_other() {
    let mut run = paid();
    let assign = |to: u8, reason: &str| Command::Assign {
        action: 5,
        at: desk(9, 0),
        to: officer(to).id,
        reason: reason.to_owned(),
    };
    assert!(matches!(run.give(&assign(2, " ")), Err(Rejection::NoReason(_))));
    run.give(&assign(2, "On leave")).unwrap();
    assert_eq!(run.give(&assign(2, "On leave")), Err(Rejection::Repeated(5)));
    assert_eq!(run.give(&decision(1, 0, Decision::Ok)), Err(Rejection::NotAssigned(5)));
    assert_eq!(run.work().assigned, Some(officer(2).id));
    run.give(&assign(3, "Ill")).unwrap();
    run.give(&decision(3, 0, Decision::Ok)).unwrap();
    assert!(run.case().assigned.is_empty(), "it was given away for one action only");
    let mut run = decided();
    let barred = Command::Assign { action: 9, at: desk(9, 0), to: officer(1).id, reason: "Why".to_owned() };
    assert_eq!(run.give(&barred), Err(Rejection::SameOfficer(9)));
    assert_eq!(run.give(&assign(2, "Late")), Err(Rejection::NotWaiting(5)));
}

/// [R1116-7.10]
#[test]
fn an_event_brings_only_its_own_facts() {
    let mut run = paid().all(&[decision(1, 0, Decision::Ok)]);
    let arrive = |event: &str, fact: &str| Command::Arrive {
        action: 7,
        visit: 0,
        event: event.to_owned(),
        facts: map(&[(fact, "good")]),
        by: None,
    };
    let unsaid = Rejection::Unsaid { action: 7, fact: "inspection.verdict".to_owned() };
    let nothing =
        Command::Arrive { action: 7, visit: 0, event: "inspection".to_owned(), facts: map(&[]), by: None };
    let mut other = nothing.clone();
    if let Command::Arrive { facts, .. } = &mut other {
        *facts = map(&[("inspection.verdict", "so-so")]);
    }
    for command in [nothing, other] {
        assert_eq!(run.give(&command), Err(unsaid.clone()), "all that is asked, in the words of the list");
    }
    let foreign = Rejection::ForeignFact { action: 7, fact: "form.what".to_owned() };
    assert_eq!(run.give(&arrive("inspection", "form.what")), Err(foreign));
    assert_eq!(run.give(&arrive("flood", "flood.depth")), Err(Rejection::NotWaiting(7)));
    let mut stranger = arrive("inspection", "inspection.verdict");
    if let Command::Arrive { by, .. } = &mut stranger {
        *by = Some(Officer { unit: "elsewhere".to_owned(), ..officer(1) });
    }
    assert_eq!(run.give(&stranger), Err(Rejection::WrongUnit(7)));
    run.give(&inspected()).unwrap();
    let fact = run.case().facts.fact("inspection.verdict").unwrap();
    assert_eq!(fact.source, "desk", "told by the unit that waited for it");
}

/// [R1116-7.10]
#[test]
fn an_event_after_its_term_is_late_also_before_a_clock_has_rung() {
    let mut run = paid().all(&[decision(1, 0, Decision::Ok)]);
    let moment = |days: i64| Moment {
        now: run.case().reached_at().checked_add(jiff::SignedDuration::from_hours(24 * days)).unwrap(),
        calendar: Some(crate::standard_calendar()),
    };
    let (in_time, late) = (moment(1), moment(40));
    assert!(decide(&run.regulation, run.case.as_ref(), &inspected(), in_time).is_ok());
    let refused = decide(&run.regulation, run.case.as_ref(), &inspected(), late);
    assert_eq!(refused, Err(Rejection::NotWaiting(7)));
    let expire = Command::Expire { action: 7, due_at: late.now };
    let events = decide(&run.regulation, run.case.as_ref(), &expire, late).unwrap();
    run.case = events.iter().fold(run.case.take(), apply);
    assert_eq!(run.case().current, [9], "the way for what is late");
}

/// [R10-2.5]
#[test]
fn members_of_a_composite_run_side_by_side_and_join() {
    let mut run = Run::of("composite").all(&[confirm(1)]);
    let waits = |run: &Run| match run.waits().remove(0) {
        Waiting::Services { start, running, .. } => (start.len(), running.len()),
        other => panic!("{other:?}"),
    };
    assert_eq!(waits(&run), (3, 0));
    run.give(&start("queue", 1)).unwrap();
    run.give(&start("birth", 2)).unwrap();
    assert_eq!(waits(&run), (1, 2));
    run.give(&join(1, "issued")).unwrap();
    run.give(&start("allowance", 3)).unwrap();
    assert_eq!(waits(&run), (0, 2), "one may end before another has begun");
    run.give(&join(3, "issued")).unwrap();
    assert!(!run.case().is_finished() && run.case().steps.len() == 1, "the composite waits for all");
    run.give(&join(2, "issued")).unwrap();
    assert_eq!(run.waits(), [Waiting::Issue { action: 3 }]);
}

/// [R10-2.5]
#[test]
fn a_member_starts_once_and_ends_once() {
    let mut run = Run::of("composite").all(&[confirm(1), start("queue", 1)]);
    let before = run.case().clone();
    for command in
        [start("queue", 1), start("queue", 4), start("birth", 1), start("taxi", 5), join(7, "issued")]
    {
        assert_eq!(run.give(&command), Err(Rejection::NotWaiting(2)), "{command:?}");
    }
    assert_eq!(run.case(), &before);
    run.give(&join(1, "refused")).unwrap();
    assert_eq!(run.give(&join(1, "issued")), Err(Rejection::NotWaiting(2)));
    assert_eq!(run.case().members[0].ending.as_deref(), Some("refused"));
}

#[test]
fn what_officers_write_is_not_printed_for_a_log() {
    let run = paid().all(&[ask(1, 0)]);
    let refusal = Decision::Violation { ground: "incomplete".to_owned(), finding: "No plan".to_owned() };
    let printed = format!("{:?} {:?} {refusal:?} {:?}", run.case(), run.waits(), ask(1, 0));
    assert!(!printed.contains("Which street?") && !printed.contains("No plan"), "{printed}");
}

/// A restart loses nothing: after each command the case is written down and read again.
#[test]
fn a_case_survives_a_restart_at_any_point() {
    let ways: [(&str, Vec<Command>); 2] = [
        (
            "permit",
            vec![
                fill(1, "what"),
                confirm(2),
                number(),
                pay("p", 1500),
                ask(1, 0),
                fill(6, "more"),
                decision(1, 1, Decision::Ok),
                inspected(),
                approve(2),
                done(10),
                done(11),
            ],
        ),
        (
            "composite",
            vec![
                confirm(1),
                start("queue", 1),
                start("birth", 2),
                join(2, "issued"),
                start("allowance", 3),
                join(1, "issued"),
                join(3, "issued"),
                done(3),
            ],
        ),
    ];
    for (name, commands) in ways {
        let (mut straight, mut restarted) = (Run::of(name), Run::of(name));
        for command in &commands {
            straight.give(command).unwrap();
            restarted.give(command).unwrap();
            let json = serde_json::to_string(restarted.case()).unwrap();
            restarted.case = Some(serde_json::from_str(&json).unwrap());
            assert_eq!(straight.case(), restarted.case(), "{command:?}");
            assert_eq!(straight.waits(), restarted.waits(), "{command:?}");
        }
        assert!(straight.case().is_finished());
    }
}

#[test]
fn events_of_all_verbs_keep_their_form_in_storage() {
    let mut run = paid();
    let mut events: Vec<Event> = Vec::new();
    for command in [ask(1, 0), fill(6, "more"), decision(1, 1, Decision::Ok), inspected(), approve(2)] {
        events.extend(run.give(&command).unwrap());
    }
    let json = serde_json::to_string(&events).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Event>>(&json).unwrap(), events);
    for event in &events {
        let name = serde_json::to_value(event).unwrap()["event"].as_str().unwrap().to_owned();
        assert_eq!(name, event.name());
    }
    let _: Timestamp = run.case().reached_at();
}
