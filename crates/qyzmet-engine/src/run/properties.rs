//! What holds of every case, whatever is asked of it and in whatever order.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::event::Event;
use crate::samples::{OTP_AND_EDS, answer, at, confirm, done, fill, map, open};
use crate::{Case, Channel, Command, Denial, Regulation};

static REGULATION: LazyLock<Regulation> = LazyLock::new(crate::samples::regulation);

/// Any command, sensible or not, about any action.
fn command() -> impl Strategy<Value = Command> {
    let action = 0..11_u32;
    prop_oneof![
        prop_oneof![Just(Channel::Portal), Just(Channel::MobileApp), Just(Channel::Ussd)].prop_map(open),
        prop_oneof![Just("yes"), Just("no"), Just("")].prop_map(fill),
        (action.clone(), "\\PC{0,8}").prop_map(|(action, text)| {
            Command::Fill {
                action,
                visit: 0,
                values: map(&[("number", &text), ("identity-documents", "yes")]),
            }
        }),
        proptest::sample::subsequence(OTP_AND_EDS.to_vec(), 0..=2).prop_map(|means| confirm(&means)),
        action.clone().prop_map(|action| Command::Deny { action, visit: 0, reason: Denial::WrongCode }),
        ("alive|dead|", "valid|invalid", "2031-05-08|2020-01-01|rubbish")
            .prop_map(|(a, b, c)| answer(&a, &b, &c)),
        action.clone().prop_map(|action| Command::Absent { action, answer_id: "n".to_owned() }),
        action.prop_map(done),
    ]
}

/// Gives all commands; tells the case, its events, and what was seen on the way.
fn play(commands: &[Command], mut seen: impl FnMut(&Case)) -> (Option<Case>, Vec<Event>) {
    let (mut case, mut events) = (None, Vec::new());
    for (second, command) in (0..).zip(commands) {
        if let Ok(new) = decide(&REGULATION, case.as_ref(), command, at(second)) {
            case = new.iter().fold(case, apply);
            events.extend(new);
        }
        case.iter().for_each(&mut seen);
    }
    (case, events)
}

/// A case as it must be at every moment.
fn consistent(case: &Case) {
    assert_eq!(
        case.outcome.is_some(),
        case.current.is_empty(),
        "finished or under way, never both or neither"
    );
    let waits = waiting(&REGULATION, case);
    assert_eq!(waits.len(), case.current.len(), "whatever is under way waits for something outside");
    assert_eq!(case.sequence, case.steps.len() as u64 + 1);
    assert!(
        case.steps
            .windows(2)
            .all(|pair| pair[0].done_at == pair[1].began_at && pair[0].done_at <= pair[1].done_at)
    );
    let confirmed = case.steps.iter().any(|step| step.action == 3 && step.branch == crate::Branch::Ok);
    assert_eq!((case.accepted_at.is_some(), case.proof.is_some()), (confirmed, confirmed));
    if case.facts.get("person.life-status").is_some() {
        assert_eq!(case.facts.get("consent.identity-documents"), Some("given"), "no answer without consent");
    }
    if let Some(crate::Ending::Refused(refusal)) = case.outcome.as_ref().map(|outcome| &outcome.ending) {
        assert!(!refusal.evidence.is_empty() && REGULATION.service.ground(&refusal.ground).is_some());
    }
}

/// The ways through the table that a person can really take, one command at a time, mixed with anything else.
fn commands() -> impl Strategy<Value = Vec<Command>> {
    let sensible = [
        open(Channel::Portal),
        fill("yes"),
        done(2),
        confirm(&OTP_AND_EDS),
        answer("alive", "valid", "2031-05-08"),
        done(6),
        done(9),
    ];
    (0..=7_usize, proptest::collection::vec((0..9_usize, command()), 0..20)).prop_map(
        move |(length, extra)| {
            let mut commands: Vec<_> = sensible.iter().take(length).cloned().collect();
            for (place, command) in extra {
                commands.insert(place.min(commands.len()), command);
            }
            commands
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn any_sequence_of_commands_leaves_a_case_consistent(commands in commands()) {
        play(&commands, consistent);
    }

    /// A row of a case is the fold of its events: replaying them from nothing gives the same case.
    #[test]
    fn folding_from_the_beginning_gives_the_same_case(commands in commands()) {
        let (case, events) = play(&commands, |_| ());
        prop_assert_eq!(events.iter().fold(None, apply), case);
    }

    #[test]
    fn deciding_twice_gives_the_same(commands in commands()) {
        prop_assert_eq!(play(&commands, |_| ()).1, play(&commands, |_| ()).1);
    }

    #[test]
    fn a_finished_case_never_changes(commands in commands(), later in proptest::collection::vec(command(), 1..10)) {
        let (case, events) = play(&commands, |_| ());
        let Some(case) = case.filter(Case::is_finished) else { return Ok(()) };
        for command in &later {
            prop_assert!(decide(&REGULATION, Some(&case), command, at(99)).is_err());
        }
        for event in &events {
            prop_assert_eq!(apply(Some(case.clone()), event), Some(case.clone()));
        }
    }

    /// Events in any order, also of another case: `apply` answers, and nothing but an opening makes a case.
    #[test]
    fn applying_events_in_any_order_never_fails(commands in commands(), order in any::<prop::sample::Index>()) {
        let (_, mut events) = play(&commands, |_| ());
        if !events.is_empty() {
            let at = order.index(events.len());
            events.rotate_left(at);
        }
        let case = events.iter().fold(None, apply);
        prop_assert_eq!(case.is_some(), events.iter().any(|event| matches!(event, Event::Opened { .. })));
    }
}
