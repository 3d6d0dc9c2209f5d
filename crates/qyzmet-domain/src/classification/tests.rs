//! The sixteen outcomes of order 10, its boundary, its overrides and its dates.

use jiff::SignedDuration;
use jiff::civil::date;

use super::*;

fn facts(answers: [bool; 4]) -> Facts {
    let [disclosure_risk, changes_register, long, paid] = answers;
    let term = SignedDuration::from_mins(if long { 31 } else { 10 });
    Facts { disclosure_risk, changes_register, term, paid, permit: false, composite: false }
}

fn outcome(bits: [u8; 4]) -> (u8, Method) {
    let class = classify(&facts(bits.map(|bit| bit == 1)));
    (class.score, class.method)
}

/// [R10-5.5]
#[test]
fn all_sixteen_outcomes_are_those_of_the_table() {
    use Method::{Eds, Otp, Password};
    let table = [
        ([0, 0, 0, 0], (1, Password)),
        ([0, 0, 0, 1], (2, Otp)),
        ([0, 0, 1, 0], (2, Otp)),
        ([0, 0, 1, 1], (3, Otp)),
        ([0, 1, 0, 0], (3, Otp)),
        ([0, 1, 0, 1], (4, Eds)),
        ([0, 1, 1, 0], (4, Eds)),
        ([0, 1, 1, 1], (5, Eds)),
        ([1, 0, 0, 0], (2, Otp)),
        ([1, 0, 0, 1], (3, Otp)),
        ([1, 0, 1, 0], (3, Otp)),
        ([1, 0, 1, 1], (4, Eds)),
        ([1, 1, 0, 0], (4, Eds)),
        ([1, 1, 0, 1], (5, Eds)),
        ([1, 1, 1, 0], (5, Eds)),
        ([1, 1, 1, 1], (6, Eds)),
    ];
    for (answers, expected) in table {
        assert_eq!(outcome(answers), expected, "{answers:?}");
    }
}

fn points(answers: [bool; 4]) -> [u8; 4] {
    classify(&facts(answers)).points.map(|point| point.points)
}

/// [R10-5.1]
#[test]
fn a_risk_gives_two_points_and_no_risk_one() {
    assert_eq!((points([true; 4])[0], points([false; 4])[0]), (2, 1));
}

/// [R10-5.2a]
#[test]
fn a_change_of_the_base_gives_two_points() {
    assert_eq!((points([true; 4])[1], points([false; 4])[1]), (2, 0));
}

/// [R10-5.4]
#[test]
fn a_fee_gives_one_point() {
    assert_eq!((points([true; 4])[3], points([false; 4])[3]), (1, 0));
}

/// [R10-5.3]
#[test]
fn exactly_thirty_minutes_is_still_at_once() {
    let with = |seconds| {
        let term = SignedDuration::from_secs(seconds);
        classify(&Facts { term, ..facts([false; 4]) }).points[2].points
    };
    assert_eq!((with(29 * 60 + 59), with(30 * 60), with(30 * 60 + 1)), (0, 0, 1));
}

/// [R10-5.6]
#[test]
fn score_one_is_login_and_password() {
    let class = classify(&facts([false; 4]));
    assert_eq!((class.score, class.method), (1, Method::Password));
    assert!(class.because.contains(&Clause::fixed("10-2016", "5.6")));
}

/// [R10-5.7]
#[test]
fn scores_two_and_three_are_the_one_time_password() {
    assert_eq!((outcome([1, 0, 0, 0]), outcome([0, 1, 0, 0])), ((2, Method::Otp), (3, Method::Otp)));
}

/// [R10-5.8]
#[test]
fn scores_four_to_six_are_eds() {
    let all = [outcome([1, 1, 0, 0]), outcome([1, 1, 1, 0]), outcome([1, 1, 1, 1])];
    assert_eq!(all, [(4, Method::Eds), (5, Method::Eds), (6, Method::Eds)]);
}

/// [R10-A1.2]
#[test]
fn permits_and_composite_services_need_eds_whatever_the_score() {
    for (permit, composite) in [(true, false), (false, true)] {
        let class = classify(&Facts { permit, composite, ..facts([false; 4]) });
        assert_eq!((class.score, class.method), (1, Method::Eds));
        assert_eq!(class.override_by, Some(Clause::fixed("10-2016", "A1.2")));
    }
    assert_eq!(classify(&facts([false; 4])).override_by, None);
}

/// [R10-4]
#[test]
fn there_are_exactly_three_methods() {
    assert_eq!(Method::ALL.map(Method::as_str), ["password", "otp", "eds"]);
}

/// [R10-ST]
#[test]
fn a_new_classification_after_the_act_was_due_to_lose_force_warns() {
    assert_eq!(RuleSet::on(date(2026, 7, 11)).1, None);
    let (set, warning) = RuleSet::on(date(2026, 7, 12));
    assert_eq!(set.act, "10-2016");
    let since = date(2026, 7, 12);
    assert_eq!(warning, Some(Warning::DueToHaveLostForce { act: "10-2016", since, by: "226-2026" }));
    assert!(matches!(RuleSet::on(date(2015, 1, 1)).1, Some(Warning::BeforeFirstWording { .. })));
}

/// [R58-5.2c]
#[test]
fn order_58_is_a_listed_exception_and_nothing_unlisted_is() {
    let own = Exception::by(&Clause::fixed("58-2016", "5.2")).map(|exception| exception.question);
    assert_eq!(own, Some("Q-40"));
    assert_eq!(Exception::by(&Clause::fixed("839-2012", "6.P1")).map(|e| e.question), Some("Q-30"));
    assert_eq!(Exception::by(&Clause::fixed("74-2016", "4")), None);
}
