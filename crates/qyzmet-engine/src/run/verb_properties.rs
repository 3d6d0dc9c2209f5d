//! What holds of every case of the sample tables, whatever officers, payments, events and members do and in whatever order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use qyzmet_domain::{AccountId, CaseId, DocumentId, Means, RequestNumber};

use super::*;
use crate::event::Event;
use crate::samples::{at, map, open, sample};
use crate::{
    Case, Channel, Command, Decision, Denial, Desk, Ending, Officer, Payment, Proof, Regulation,
    standard_calendar,
};

static TABLES: LazyLock<[Regulation; 4]> =
    LazyLock::new(|| ["permit", "desk", "composite", "counter"].map(sample));

/// Somebody of one of two units, at a first or a second visit.
fn desk() -> impl Strategy<Value = Desk> {
    (0..3_u8, prop_oneof![4 => Just("desk"), 4 => Just("operator"), 1 => Just("elsewhere")], 0..2_u32)
        .prop_map(|(number, unit, visit)| {
            let by = Officer { id: AccountId::from_parts(at(0), [number; 10]), unit: unit.to_owned() };
            Desk { by, visit }
        })
}

fn decision() -> impl Strategy<Value = Decision> {
    prop_oneof![
        4 => Just(Decision::Ok),
        1 => "incomplete|unpaid|other".prop_map(|ground| Decision::Violation { ground, finding: "No plan".to_owned() }),
        2 => Just(Decision::More { question: "Which?".to_owned() }),
    ]
}

fn proof() -> Proof {
    let request = DocumentId::of(b"request");
    Proof { request, means: vec![Means::Eds], signer: Some("fingerprint".to_owned()), at: at(0) }
}

/// Answers to all pages of the sample form.
fn values() -> BTreeMap<String, String> {
    map(&[("what", "x"), ("more", "y"), ("day", "2026-10-01")])
}

fn by_people(action: u32) -> BoxedStrategy<Command> {
    prop_oneof![
        (0..2_u32).prop_map(move |visit| Command::Fill { action, visit, values: values() }),
        desk().prop_map(move |at| Command::FillAt { action, at, values: values() }),
        (0..2_u32).prop_map(move |visit| Command::Confirm { action, visit, proof: proof() }),
        (0..2_u32).prop_map(move |visit| Command::Deny { action, visit, reason: Denial::Withdrawn }),
        (0..3_u8, 0..2_u32, prop_oneof![3 => Just(1500_u32), 1 => Just(7)]).prop_map(
            move |(id, visit, amount)| {
                Command::Pay { action, visit, payment: Payment { id: id.to_string(), amount, at: at(0) } }
            }
        ),
        (desk(), prop_oneof![Just(vec!["id-card", "application"]), Just(vec!["id-card"])]).prop_map(
            move |(at, papers)| Command::Receive {
                action,
                at,
                papers: papers.into_iter().map(str::to_owned).collect(),
            }
        ),
        (desk(), decision()).prop_map(move |(at, decision)| Command::Decide { action, at, decision }),
        desk().prop_map(move |at| Command::Write { action, at }),
        desk().prop_map(move |at| Command::Approve { action, at, proof: proof() }),
        (desk(), 0..3_u8).prop_map(move |(desk, to)| Command::Assign {
            action,
            at: desk,
            to: AccountId::from_parts(at(0), [to; 10]),
            reason: "Ill".to_owned(),
        }),
    ]
    .boxed()
}

fn by_others(action: u32) -> BoxedStrategy<Command> {
    prop_oneof![
        Just(Command::Number { action, number: RequestNumber::new(2026, u64::from(action)).unwrap() }),
        Just(Command::Done { action, facts: BTreeMap::new() }),
        ("inspection|visit", "good|bad", 0..2_u32).prop_map(move |(event, verdict, visit)| {
            let facts = map(&[(&format!("{event}.verdict"), &verdict)]);
            Command::Arrive { action, visit, event, facts, by: None }
        }),
        Just(Command::Expire { action, due_at: at(0) }),
        ("birth|allowance|queue|taxi", 0..4_u8).prop_map(move |(service, case)| Command::Start {
            action,
            service: service.parse().unwrap(),
            case: CaseId::from_parts(at(0), [case; 10]),
        }),
        (0..4_u8, "issued|refused|closed").prop_map(move |(case, ending)| Command::Join {
            action,
            case: CaseId::from_parts(at(0), [case; 10]),
            ending,
        }),
    ]
    .boxed()
}

/// A command for an action under way, picked anew at each step, so that most are taken.
#[derive(Clone, Debug)]
struct Pick {
    /// Which of all commands about actions 1 to 13.
    commands: Vec<Command>,
    hours: i64,
    /// For a command that fits what the case waits for: by whom, and which way.
    fits: Option<(u8, u8)>,
}

/// A command that fits, mostly.
fn fitting(case: &Case, waits: &Waiting, (who, way): (u8, u8)) -> Command {
    let action = waits.action();
    let visit = case.visit(action);
    match waits {
        Waiting::Fill { .. } => Command::Fill { action, visit, values: values() },
        Waiting::Confirm { .. } => Command::Confirm { action, visit, proof: proof() },
        Waiting::Number { .. } => Command::Number { action, number: RequestNumber::new(2026, 1).unwrap() },
        Waiting::Payment { amount, .. } => {
            let payment = Payment { id: who.to_string(), amount: *amount, at: at(0) };
            Command::Pay { action, visit, payment }
        }
        Waiting::Event { event, .. } => {
            let verdict = if way == 0 { "bad" } else { "good" };
            // Only the inspection says something.
            let facts = map(&[("inspection.verdict", verdict)]);
            let facts = if event == "inspection" { facts } else { BTreeMap::new() };
            Command::Arrive { action, visit, event: event.clone(), facts, by: None }
        }
        Waiting::Date { .. } => Command::Expire { action, due_at: at(9_000_000) },
        Waiting::Services { start, running, .. } => match (start.first(), running.first()) {
            (Some(service), _) if way > 1 || running.is_empty() => {
                let case = CaseId::from_parts(at(0), [start.len() as u8; 10]);
                Command::Start { action, service: service.clone(), case }
            }
            (_, Some(case)) => Command::Join { action, case: *case, ending: "issued".to_owned() },
            (_, None) => Command::Done { action, facts: BTreeMap::new() },
        },
        Waiting::Desk(work) => {
            let by = Officer { id: AccountId::from_parts(at(0), [who; 10]), unit: work.unit.clone() };
            at_desk(work, Desk { by, visit: work.visit }, way)
        }
        Waiting::Query { .. } | Waiting::Notify { .. } | Waiting::Call { .. } | Waiting::Issue { .. } => {
            Command::Done { action, facts: BTreeMap::new() }
        }
    }
}

fn at_desk(work: &Work, at: Desk, way: u8) -> Command {
    let action = work.action;
    let violation = || Decision::Violation { ground: "incomplete".to_owned(), finding: "No plan".to_owned() };
    match (work.task, way) {
        (_, 0) => Command::Decide { action, at, decision: violation() },
        (Task::Receive, _) => Command::Receive { action, at, papers: work.papers.clone() },
        (Task::Approve, _) => Command::Approve { action, at, proof: proof() },
        (Task::Write, _) => Command::Write { action, at },
        (Task::Fill, _) => Command::FillAt { action, at, values: values() },
        (Task::Decide, 1) => {
            Command::Decide { action, at, decision: Decision::More { question: "Which?".to_owned() } }
        }
        (Task::Decide, _) => Command::Decide { action, at, decision: Decision::Ok },
    }
}

fn pick() -> impl Strategy<Value = Pick> {
    let all: Vec<_> =
        (1..=13_u32).map(|action| prop_oneof![by_people(action), by_others(action)].boxed()).collect();
    let hours = prop_oneof![8 => Just(0_i64), 1 => 1..200_i64];
    let fits = proptest::option::of((0..3_u8, 0..6_u8));
    (all, hours, fits).prop_map(|(commands, hours, fits)| Pick { commands, hours, fits })
}

/// Plays picks on a table: at each step a command about the action under way.
fn play(regulation: &Regulation, picks: &[Pick], mut seen: impl FnMut(&Case)) -> (Case, Vec<Event>) {
    let mut second = 0;
    let mut events = decide(regulation, None, &open(Channel::Portal), at(second)).unwrap();
    let mut case = events.iter().fold(None, apply).unwrap();
    for pick in picks {
        second += 1 + pick.hours * 3600;
        let action = case.current.first().copied().unwrap_or(1);
        let waits = waiting(regulation, &case);
        let fits = pick.fits.zip(waits.first()).map(|(fits, waits)| fitting(&case, waits, fits));
        let command = fits.as_ref().unwrap_or(&pick.commands[action as usize - 1]);
        let moment = Moment { now: at(second), calendar: Some(standard_calendar()) };
        let before = case.clone();
        match decide(regulation, Some(&case), command, moment) {
            Ok(new) => {
                case = new.iter().fold(Some(case), apply).unwrap();
                assert!(case.sequence == before.sequence + new.len() as u64, "each event counts once");
                let again = decide(regulation, Some(&case), command, moment);
                assert!(again.is_err(), "{command:?} was taken twice");
                events.extend(new);
            }
            Err(_) => assert_eq!(case, before),
        }
        seen(&case);
    }
    (case, events)
}

fn consistent(regulation: &Regulation, case: &Case) {
    assert_eq!(case.outcome.is_some(), case.current.is_empty());
    assert_eq!(waiting(regulation, case).len(), case.current.len(), "whatever is under way waits");
    let officers = case.steps.iter().filter_map(|step| step.by.as_ref().map(|by| (step.action, by)));
    for (number, by) in officers {
        assert_eq!(by.unit, regulation.process.action(number).unwrap().unit, "only its own unit acts");
    }
    let decided: Vec<_> =
        case.steps.iter().filter(|step| step.action == 5).filter_map(|step| step.by.as_ref()).collect();
    for approval in case.approvals.iter().filter(|approval| approval.action == 9) {
        assert!(!decided.contains(&&approval.by), "two officers are two officers");
    }
    if let Some(Ending::Refused(refusal)) = case.outcome.as_ref().map(|outcome| &outcome.ending) {
        assert!(!refusal.evidence.is_empty() && regulation.service.ground(&refusal.ground).is_some());
    }
    for member in &case.members {
        let twins = case.members.iter().filter(|other| other.service == member.service);
        assert_eq!(twins.count(), 1, "each member once");
    }
    let ended = case.members.iter().all(|member| member.ending.is_some());
    assert!(case.members.is_empty() || ended || case.current == [2], "a composite waits for all its members");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_case_of_any_table_stays_consistent(table in 0..3_usize, picks in proptest::collection::vec(pick(), 0..40)) {
        let regulation = &TABLES[table];
        let (case, events) = play(regulation, &picks, |case| consistent(regulation, case));
        prop_assert_eq!(events.iter().fold(None, apply), Some(case.clone()), "a case is the fold of its events");
        let stored = serde_json::to_string(&case).unwrap();
        prop_assert_eq!(serde_json::from_str::<Case>(&stored).unwrap(), case);
    }

    #[test]
    fn no_event_changes_a_finished_case(table in 0..3_usize, picks in proptest::collection::vec(pick(), 20..40), more in pick()) {
        let (case, events) = play(&TABLES[table], &picks, |_| ());
        if case.is_finished() {
            for command in &more.commands {
                prop_assert!(decide(&TABLES[table], Some(&case), command, at(9_000_000)).is_err());
            }
            for event in &events {
                prop_assert_eq!(apply(Some(case.clone()), event), Some(case.clone()));
            }
        }
    }
}

/// A property over cases that never get anywhere would prove nothing.
#[test]
fn the_properties_come_to_every_event() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let picks = proptest::collection::vec(pick(), 30..40);
    let mut names = std::collections::BTreeSet::new();
    for round in 0..400 {
        let picks = picks.new_tree(&mut runner).unwrap().current();
        names.extend(play(&TABLES[round % 3], &picks, |_| ()).1.iter().map(Event::name));
    }
    let wanted = [
        "numbered", "received", "decided", "asked", "approved", "assigned", "paid", "arrived", "expired",
        "started", "joined", "issued", "refused", "finished",
    ];
    let missing: Vec<_> = wanted.iter().filter(|name| !names.contains(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
