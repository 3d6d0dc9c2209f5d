//! A table that leads back: what was sent for an earlier visit of an action changes nothing at a later one.

use qyzmet_domain::Means;

use super::trial::{Run, desk, member, officer, payment, proof};
use crate::samples::map;
use crate::{Command, Decision, Denial, Rejection};

/// Everything that a person can send twice, in the order of the table, for one visit. The last sends the case back.
fn round(visit: u32) -> Vec<Command> {
    let at = || desk(1, visit);
    let decide = |action, decision| Command::Decide { action, at: at(), decision };
    vec![
        Command::Fill { action: 1, visit, values: map(&[("what", "A kiosk")]) },
        Command::Confirm { action: 2, visit, proof: proof(&[Means::Eds]) },
        Command::Pay { action: 3, visit, payment: payment(&format!("p-{visit}"), 1500) },
        start(visit),
        Command::Join { action: 4, case: member(visit as u8), ending: "issued".to_owned() },
        arrive(visit),
        Command::Receive { action: 6, at: at(), papers: vec!["application".to_owned()] },
        decide(7, Decision::Ok),
        decide(8, Decision::More { question: "Which street?".to_owned() }),
    ]
}

fn start(visit: u32) -> Command {
    Command::Start { action: 4, service: "birth".parse().unwrap(), case: member(visit as u8) }
}

fn arrive(visit: u32) -> Command {
    let (event, by) = ("inspection".to_owned(), Some(officer(1)));
    Command::Arrive { action: 5, visit, event, facts: map(&[]), by }
}

/// [R1116-7.9, R839-6.P9]
#[test]
fn a_command_of_an_older_visit_changes_nothing_and_one_of_this_visit_counts_once() {
    let mut run = Run::of("rounds").all(&round(0));
    for (old, new) in round(0).iter().zip(&round(1)) {
        let action = new.action().unwrap();
        let before = run.case().clone();
        let repeated =
            if new.visit().is_some() { Rejection::Repeated(action) } else { Rejection::NotWaiting(action) };
        assert_eq!(run.give(old), Err(repeated), "{old:?} of the first visit at the second");
        assert_eq!(run.case(), &before);
        let events = run.give(new).unwrap_or_else(|why| panic!("{new:?}: {why}"));
        assert_eq!((events[0].head().action, events[0].head().visit), (action, 1), "the event says which");
        assert!(run.give(new).is_err(), "{new:?} sent twice");
    }
    assert_eq!(run.path(), [1, 2, 3, 4, 5, 6, 7, 8].repeat(2));
}

/// [R839-6.P9]
#[test]
fn what_ends_a_visit_otherwise_is_told_apart_as_well() {
    let second = round(1);
    let at_two = Run::of("rounds").all(&round(0)).all(&second[..1]);
    let at_seven = at_two.again().all(&second[1..7]);
    let at_eight = at_two.again().all(&second[1..8]);
    let deny = |visit| Command::Deny { action: 2, visit, reason: Denial::Withdrawn };
    let assign = |visit| {
        let (to, reason) = (officer(2).id, "On leave".to_owned());
        Command::Assign { action: 7, at: desk(9, visit), to, reason }
    };
    let refuse = |visit| {
        let decision = Decision::Violation { ground: "incomplete".to_owned(), finding: "No plan".to_owned() };
        Command::Decide { action: 7, at: desk(1, visit), decision }
    };
    let approve = |visit| Command::Approve { action: 8, at: desk(1, visit), proof: proof(&[Means::Eds]) };
    for (run, old, new) in [
        (&at_two, deny(0), deny(1)),
        (&at_seven, assign(0), assign(1)),
        (&at_seven, refuse(0), refuse(1)),
        (&at_eight, approve(0), approve(1)),
    ] {
        let (mut run, action) = (run.again(), new.action().unwrap());
        let before = run.case().clone();
        assert_eq!(run.give(&old), Err(Rejection::Repeated(action)), "{old:?}");
        assert_eq!(run.case(), &before);
        run.give(&new).unwrap_or_else(|why| panic!("{new:?}: {why}"));
        assert!(run.give(&new).is_err(), "{new:?} sent twice");
    }
}

/// [R1116-7.9]
#[test]
fn one_payment_does_not_pay_the_fee_of_two_visits() {
    let mut run = Run::of("rounds").all(&round(0)).all(&round(1)[..2]);
    let same = Command::Pay { action: 3, visit: 1, payment: payment("p-0", 1500) };
    assert_eq!(run.give(&same), Err(Rejection::Repeated(3)));
}

/// [R10-2.5]
#[test]
fn a_composite_that_is_come_to_again_starts_its_services_anew() {
    let mut run = Run::of("rounds").all(&round(0)).all(&round(1)[..3]);
    assert_eq!(run.give(&start(0)), Err(Rejection::NotWaiting(4)), "the case of the first visit has ended");
    run.give(&start(1)).unwrap();
    let visits: Vec<_> = run.case().members.iter().map(|member| member.visit).collect();
    assert_eq!(visits, [0, 1]);
}
