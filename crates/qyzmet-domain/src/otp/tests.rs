//! What a one-time password is worth, and for how long.

use super::*;
use crate::Phone;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn session(n: u8) -> Binding {
    Binding::Session(SessionId::from_parts(at(0), [n; 10]))
}

fn digest(purpose: OtpPurpose, binding: Binding, to: &str, code: &str) -> CodeDigest {
    let to: Phone = to.parse().unwrap();
    CodeDigest::of(&DigestKey::new([7; 32]), purpose, binding, &to, &Code::typed(code).unwrap())
}

fn entered(code: &str) -> CodeDigest {
    digest(OtpPurpose::Number, session(1), "+77011234567", code)
}

fn sent() -> OneTimeCode {
    OneTimeCode::issue(&OtpPolicy::default(), OtpPurpose::Number, session(1), entered("123456"), at(0))
}

/// [R10-2.2]
#[test]
fn a_code_serves_once() {
    let mut code = sent();
    assert_eq!(code.present(&entered("123 456"), session(1), at(10)), Ok(()));
    assert_eq!(code.present(&entered("123456"), session(1), at(11)), Err(CodeRefused::Used));
}

/// [R58-2.4]
#[test]
fn a_code_of_one_session_is_refused_in_another_and_costs_its_owner_nothing() {
    let mut code = sent();
    assert_eq!(code.present(&entered("123456"), session(2), at(10)), Err(CodeRefused::OtherSession));
    let case = Binding::Case(CaseId::from_parts(at(0), [1; 10]));
    assert_eq!(code.present(&entered("123456"), case, at(10)), Err(CodeRefused::OtherSession));
    assert_eq!(code, sent());
}

/// [R58-9]
#[test]
fn after_the_last_wrong_attempt_the_right_code_is_refused_too() {
    let mut code = sent();
    assert_eq!(code.present(&entered("000000"), session(1), at(1)), Err(CodeRefused::Wrong { left: 2 }));
    assert_eq!(code.present(&entered("000001"), session(1), at(2)), Err(CodeRefused::Wrong { left: 1 }));
    assert_eq!(code.present(&entered("000002"), session(1), at(3)), Err(CodeRefused::NoAttemptsLeft));
    assert_eq!(code.present(&entered("123456"), session(1), at(4)), Err(CodeRefused::NoAttemptsLeft));
    assert!(!code.used);
}

/// [R58-9.D]
#[test]
fn a_code_lives_three_minutes() {
    assert_eq!(sent().present(&entered("123456"), session(1), at(179)), Ok(()));
    assert_eq!(sent().present(&entered("123456"), session(1), at(180)), Err(CodeRefused::Expired));
}

#[test]
fn a_code_for_another_purpose_or_number_is_a_wrong_code() {
    let others = [
        digest(OtpPurpose::SignIn, session(1), "+77011234567", "123456"),
        digest(OtpPurpose::Confirm, session(1), "+77011234567", "123456"),
        digest(OtpPurpose::Number, session(1), "+77011234568", "123456"),
    ];
    for other in others {
        assert_eq!(sent().present(&other, session(1), at(1)), Err(CodeRefused::Wrong { left: 2 }));
    }
}

/// [R58-9.D]
#[test]
fn codes_are_sent_with_a_pause_and_not_without_end() {
    let policy = OtpPolicy::default();
    assert_eq!(policy.may_send(&[], at(0)), Ok(()));
    assert_eq!(policy.may_send(&[at(0)], at(59)), Err(SendRefused::TooSoon { until: at(60) }));
    assert_eq!(policy.may_send(&[at(0)], at(60)), Ok(()));
    let five = [at(240), at(0), at(60), at(120), at(180)];
    assert_eq!(policy.may_send(&five, at(300)), Err(SendRefused::TooMany { until: at(3600) }));
    assert_eq!(policy.may_send(&five, at(3600)), Ok(()));
    let none = OtpPolicy { sends_per_hour: 0, ..policy };
    assert_eq!(none.may_send(&[], at(0)), Err(SendRefused::TooMany { until: Timestamp::MAX }));
}

#[test]
fn codes_have_all_their_digits_and_are_hidden_in_debug() {
    assert_eq!(Code::draw(6, [0; 8]).reveal(), "000000");
    assert_eq!(Code::draw(6, 1_234_567_u64.to_be_bytes()).reveal(), "234567");
    let code = sent();
    assert_eq!(format!("{:?} {:?}", Code::draw(6, [1; 8]), code.digest), "Code(…) CodeDigest(…)");
    let stored = serde_json::to_string(&code).unwrap();
    assert_eq!(serde_json::from_str::<OneTimeCode>(&stored).unwrap(), code);
    assert!(
        Code::typed("12a456").is_err() && Code::typed("").is_err() && Code::typed(&"1".repeat(13)).is_err()
    );
}
