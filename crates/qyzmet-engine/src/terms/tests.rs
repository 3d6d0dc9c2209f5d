//! The terms of a permit that waits for its recipient, for officers, and for the end of holidays.

use jiff::civil::{DateTime, date};
use qyzmet_domain::calendar::{Amendment, DayKind, DayRule, EscalationKind, KAZAKHSTAN, Rule};
use qyzmet_domain::{AccountId, DocumentId, Means, RequestNumber};

use super::*;
use crate::samples::{map, open, sample};
use crate::{
    Channel, Command, Decision, Desk, Officer, Payment, Proof, Waiting, apply, decide, standard_calendar,
    waiting,
};

fn at(text: &str) -> Timestamp {
    KAZAKHSTAN.to_timestamp(text.parse::<DateTime>().unwrap()).unwrap()
}

fn local(at: Option<Timestamp>) -> String {
    at.map_or("resting".to_owned(), |at| KAZAKHSTAN.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string())
}

/// A permit after these commands, each at its time.
fn permit(commands: &[(&str, Command)]) -> (Regulation, Case) {
    let regulation = sample("permit");
    let mut case = None;
    for (time, command) in [("2026-04-28 09:00", open(Channel::Portal))].iter().chain(commands) {
        let events = decide(&regulation, case.as_ref(), command, at(time)).unwrap();
        case = events.iter().fold(case, apply);
    }
    (regulation, case.unwrap())
}

/// Everything until the case lies at the desk, from noon of 28 April 2026 on.
fn accepted() -> Vec<(&'static str, Command)> {
    let proof = Proof {
        request: DocumentId::of(b"request"),
        means: vec![Means::Eds],
        signer: Some("fingerprint".to_owned()),
        at: at("2026-04-28 12:00"),
    };
    let payment = Payment { id: "p".to_owned(), amount: 1500, at: at("2026-04-29 10:00") };
    vec![
        ("2026-04-28 11:00", Command::Fill { action: 1, visit: 0, values: map(&[("what", "A kiosk")]) }),
        ("2026-04-28 12:00", Command::Confirm { action: 2, visit: 0, proof }),
        ("2026-04-28 12:00", Command::Number { action: 3, number: RequestNumber::new(2026, 1).unwrap() }),
        ("2026-04-29 10:00", Command::Pay { action: 4, visit: 0, payment }),
    ]
}

fn desk() -> Desk {
    let by = Officer { id: AccountId::from_parts(at("2026-01-01 00:00"), [1; 10]), unit: "desk".to_owned() };
    Desk { by, visit: 0 }
}

fn asked() -> (&'static str, Command) {
    let decision = Decision::More { question: "Which street?".to_owned() };
    ("2026-04-30 09:30", Command::Decide { action: 5, at: desk(), decision })
}

fn answered() -> (&'static str, Command) {
    ("2026-05-05 11:00", Command::Fill { action: 6, visit: 0, values: map(&[("more", "Abai")]) })
}

fn due((regulation, case): &(Regulation, Case)) -> Vec<DueMoment> {
    due_moments(regulation, case, standard_calendar(), &EscalationRules::default())
}

/// [R1116-A1.5]
#[test]
fn before_acceptance_only_the_action_has_a_term() {
    let opened = permit(&[]);
    assert_eq!(due(&opened), [], "the act gives filling no term");
    let paying = permit(&accepted()[..3]);
    let moments = due(&paying);
    let scopes: Vec<_> = moments.iter().map(|due| due.scope).collect();
    assert_eq!(scopes, [Scope::Service, Scope::Action(4)]);
    assert_eq!(local(moments[0].reckoning.due_at), "resting", "the recipient has yet to pay");
    assert_eq!(local(moments[1].reckoning.due_at), "2026-05-01 12:00", "three days of a running clock");
}

/// [R1116-A1.5]
#[test]
fn every_due_moment_names_its_clause_start_rule_and_reasons() {
    let moments = due(&permit(&accepted()));
    let [service, action] = moments.as_slice() else { panic!("{moments:?}") };
    assert_eq!(service.clause, Some(Clause::fixed("1116-2010", "12")));
    assert_eq!(action.clause, Some(Clause::fixed("1116-2010", "7.11")));
    assert_eq!((service.reckoning.rule, action.reckoning.rule), (Rule::WorkingDays, Rule::WorkingDays));
    assert_eq!(local(Some(service.reckoning.began_at)), "2026-04-28 12:00");
    assert_eq!(local(Some(action.reckoning.began_at)), "2026-04-29 10:00");
    assert_eq!(local(Some(service.reckoning.counts_from)), "2026-04-29 00:00");
    assert_eq!(local(service.reckoning.due_at), "2026-05-15 18:00");
    assert_eq!(local(action.reckoning.due_at), "2026-05-04 18:30", "the desk closes at half past six");
    let skipped: Vec<_> = service.reckoning.skipped.iter().map(|skipped| skipped.date.day()).collect();
    assert_eq!(skipped, [1, 2, 3, 7, 9, 10, 11]);
}

/// [R1116-7.9]
#[test]
fn the_term_of_the_service_rests_while_the_recipient_is_asked_for_more() {
    let mut commands = accepted();
    commands.push(asked());
    let asking = permit(&commands);
    assert_eq!(local(due(&asking)[0].reckoning.due_at), "resting");
    assert!(due(&asking)[0].escalations.is_empty(), "nobody is hurried while it rests");
    assert_eq!(local(due(&asking)[1].reckoning.due_at), "2026-05-05 09:30", "the recipient has a term too");
    commands.push(answered());
    let back = permit(&commands);
    let rests: Vec<_> =
        pauses(&back.0, &back.1).iter().map(|pause| (local(Some(pause.from)), local(pause.until))).collect();
    let rest = |from: &str, until: &str| (from.to_owned(), until.to_owned());
    assert_eq!(
        rests,
        [rest("2026-04-28 12:00", "2026-04-29 10:00"), rest("2026-04-30 09:30", "2026-05-05 11:00")]
    );
    let service = &due(&back)[0].reckoning;
    assert_eq!(local(service.due_at), "2026-05-19 18:00");
    assert!(!service.paused.is_empty(), "and says that it rested");
}

/// [R1116-A1.5]
#[test]
fn the_head_is_told_of_each_term_before_and_after() {
    let action = due(&permit(&accepted())).remove(1);
    let told: Vec<_> = action.escalations.iter().map(|told| (local(Some(told.at)), told.kind)).collect();
    let before = EscalationKind::Before { used_percent: 75 };
    assert_eq!(told[0], ("2026-04-30 18:30".to_owned(), before), "one of two days is used");
    assert!(told[1..].iter().all(|(at, kind)| {
        matches!(kind, EscalationKind::After { .. }) && at.as_str() > "2026-05-04 18:30"
    }));
}

/// [R1116-A1.5]
#[test]
fn a_unit_that_works_on_saturday_has_the_shorter_term_and_the_service_its_usual_one() {
    let (mut regulation, case) = permit(&accepted());
    let desk = regulation.process.units.iter_mut().find(|unit| unit.id == "desk").unwrap();
    let time = "days = [\"monday\", \"tuesday\", \"thursday\", \"saturday\"]\nhours = [\"10:00-16:00\"]";
    desk.working = Some(toml::from_str(time).unwrap());
    let moments = due(&(regulation, case));
    let [service, action] = moments.as_slice() else { panic!("{moments:?}") };
    assert_eq!(local(service.reckoning.due_at), "2026-05-15 18:00", "an act means the usual working days");
    assert_eq!(local(action.reckoning.due_at), "2026-05-02 16:00", "Thursday and Saturday");
    let why: Vec<_> = action.reckoning.skipped.iter().map(|skipped| skipped.date.day()).collect();
    assert_eq!(why, [1], "the holiday, on which no unit works");
    assert!(action.reckoning.working.is_some(), "and the reckoning says by which time");
}

fn with_day_off(day: jiff::civil::Date) -> Calendar {
    let rule = DayRule { date: day, is: DayKind::Holiday, name: None, instead_of: None, estimated: false };
    let amendment = Amendment { date: day, day: Some(rule), basis: "decision".to_owned() };
    standard_calendar().amended(&[amendment]).unwrap()
}

#[test]
fn an_amendment_moves_exactly_the_terms_that_pass_the_day() {
    let (regulation, case) = permit(&accepted());
    let moved = |day| {
        let (old, new) = (standard_calendar(), with_day_off(day));
        let moved = recomputed(&regulation, &case, (old, &new), &EscalationRules::default());
        moved
            .iter()
            .map(|m| (m.now.scope, local(m.before), local(m.now.reckoning.due_at)))
            .collect::<Vec<_>>()
    };
    let service = (Scope::Service, "2026-05-15 18:00".to_owned(), "2026-05-18 18:00".to_owned());
    let action = (Scope::Action(5), "2026-05-04 18:30".to_owned(), "2026-05-05 18:30".to_owned());
    assert_eq!(moved(date(2026, 5, 4)), [service.clone(), action]);
    assert_eq!(moved(date(2026, 5, 12)), [service]);
    assert_eq!(moved(date(2026, 7, 1)), []);
}

/// [R58-A.3]
#[test]
fn whether_a_case_kept_its_term_in_working_days_is_said_by_the_calendar_and_left_open_without_it() {
    let (regulation, case) = permit(&accepted());
    let refusal = Decision::Violation { ground: "incomplete".to_owned(), finding: "No plan".to_owned() };
    let refuse = Command::Decide { action: 5, at: desk(), decision: refusal };
    let within = |time: &str, calendar| {
        let moment = crate::Moment { now: at(time), calendar };
        let events = decide(&regulation, Some(&case), &refuse, moment).unwrap();
        events.iter().fold(Some(case.clone()), apply).unwrap().outcome.unwrap().within_term
    };
    assert_eq!(within("2026-05-15 18:00", Some(standard_calendar())), Some(true));
    assert_eq!(within("2026-05-15 18:01", Some(standard_calendar())), Some(false));
    assert_eq!(within("2026-05-15 18:00", None), None);
}

#[test]
fn a_term_in_working_hours_runs_out_by_the_calendar_whatever_the_caller_says() {
    let mut commands = accepted();
    commands.push(("2026-04-30 10:00", Command::Decide { action: 5, at: desk(), decision: Decision::Ok }));
    let (regulation, case) = permit(&commands);
    assert!(matches!(waiting(&regulation, &case)[0], Waiting::Event { action: 7, .. }));
    let expire = |now: &str| {
        let moment = crate::Moment { now: at(now), calendar: Some(standard_calendar()) };
        decide(
            &regulation,
            Some(&case),
            &Command::Expire { action: 7, due_at: at("2026-05-01 00:00") },
            moment,
        )
    };
    let due_at = at("2026-05-12 18:30");
    assert_eq!(expire("2026-05-12 18:30"), Err(crate::Rejection::NotDue(due_at)));
    let events = expire("2026-05-12 18:31").unwrap();
    assert!(matches!(&events[0], crate::Event::Expired { due_at: said, .. } if *said == due_at));
}

#[test]
fn a_finished_case_has_no_terms() {
    let mut commands = accepted();
    let refusal = Decision::Violation { ground: "incomplete".to_owned(), finding: "No plan".to_owned() };
    commands.push(("2026-05-04 10:00", Command::Decide { action: 5, at: desk(), decision: refusal }));
    assert_eq!(due(&permit(&commands)), []);
}

#[test]
fn a_due_moment_keeps_its_form_in_storage() {
    let moments = due(&permit(&accepted()));
    let json = serde_json::to_string(&moments).unwrap();
    assert_eq!(serde_json::from_str::<Vec<DueMoment>>(&json).unwrap(), moments);
}
