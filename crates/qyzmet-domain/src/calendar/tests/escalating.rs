//! When the head of a unit is told.

use super::*;

fn told(began: &str, term: &str, clock: Clock, rules: &EscalationRules) -> Vec<(String, EscalationKind)> {
    let working = WorkingTime::default();
    let all = escalations(&count(began, term, clock, &working), &calendar(), rules);
    all.into_iter().map(|escalation| (local(Some(escalation.at)), escalation.kind)).collect()
}

fn rules() -> EscalationRules {
    EscalationRules { used_percent: vec![50], overdue: vec!["1 working-days".parse().unwrap()] }
}

#[test]
fn the_head_is_told_before_and_after_the_term() {
    let before = EscalationKind::Before { used_percent: 50 };
    let after = EscalationKind::After { by: Term::WorkingDays(1) };
    let expect = |a: &str, b: &str| vec![(a.to_owned(), before), (b.to_owned(), after)];
    let five = told("2025-03-19 10:00", "4 working-days", Clock::Working, &rules());
    assert_eq!(five, expect("2025-03-26 18:00", "2025-03-31 18:00"));
    let hours = told("2026-05-08 17:00", "2 h", Clock::Working, &rules());
    assert_eq!(hours, expect("2026-05-08 18:00", "2026-05-13 18:00"));
    let running = told("2026-06-02 10:00", "10 min", Clock::Running, &rules());
    assert_eq!(running, expect("2026-06-02 10:05", "2026-06-03 23:59"));
}

#[test]
fn half_of_one_day_is_the_morning_of_that_day() {
    let one = told("2026-06-01 10:00", "1 working-days", Clock::Working, &rules());
    assert_eq!(one[0].0, "2026-06-02 09:00");
}

#[test]
fn nobody_is_told_while_the_term_rests() {
    let working = WorkingTime::default();
    let paused = [Pause { from: at("2026-06-02 10:01"), until: None }];
    let resting = Count { paused: &paused, ..count("2026-06-02 10:00", "10 min", Clock::Running, &working) };
    assert_eq!(escalations(&resting, &calendar(), &rules()), []);
}

#[test]
fn without_rules_of_an_installation_the_usual_ones_hold() {
    let usual: EscalationRules = toml::from_str("").unwrap();
    assert_eq!(usual, EscalationRules::default());
    assert!(toml::from_str::<EscalationRules>("loudly = true").is_err());
}
