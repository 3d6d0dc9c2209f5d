//! Numbers that are right, mistyped, never issued, or of the other kind.

use proptest::prelude::*;

use super::*;

/// Twelve digits whose check digit comes from the second round: eleven digits, found by search.
fn of_second_round() -> String {
    let first_round_gives_ten = |body: &String| {
        let sum: u32 = (1..).zip(body.bytes()).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
        sum % 11 == 10
    };
    let mut bodies = (0..1000).map(|serial| format!("90010130{serial:03}")).filter(first_round_gives_ten);
    bodies.find(|body| complete(body).is_ok()).unwrap()
}

#[test]
fn the_second_round_gives_the_check_digit_when_the_first_gives_ten() {
    let body = of_second_round();
    let weights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];
    let sum: u32 =
        weights.iter().zip(body.bytes()).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    let iin = Iin::complete(&body).unwrap();
    assert_eq!(iin.as_str(), format!("{body}{}", sum % 11));
    assert_eq!(iin.as_str().parse(), Ok(iin.clone()));
}

#[test]
fn eleven_digits_without_a_check_digit_are_never_issued() {
    let refused = |serial: &u32| complete(&format!("900101{serial:05}")) == Err(InvalidId::NeverIssued);
    let serial = (0..100_000).find(refused).unwrap();
    for last in 0..10 {
        let text = format!("900101{serial:05}{last}");
        assert_eq!(text.parse::<Iin>(), Err(InvalidId::NeverIssued));
    }
}

#[test]
fn each_kind_of_slip_has_its_own_name() {
    let right = Iin::complete("90010130012").unwrap();
    let mistyped = right.as_str().replacen('9', "8", 1);
    let cases = [
        (mistyped.as_str(), InvalidId::WrongCheckDigit),
        ("", InvalidId::Empty),
        ("  ", InvalidId::Empty),
        ("90010130012", InvalidId::WrongLength),
        ("9001013001234", InvalidId::WrongLength),
        ("90010130012x", InvalidId::NotDigits),
        ("９００１０１３００１２３", InvalidId::NotDigits),
    ];
    for (text, why) in cases {
        assert_eq!(text.parse::<Iin>(), Err(why), "{text}");
    }
}

#[test]
fn the_fifth_digit_tells_people_from_entities() {
    let bin = Bin::complete("15014000123").unwrap();
    assert_eq!(bin.as_str().parse::<Iin>(), Err(InvalidId::WrongKind));
    assert_eq!(bin.as_str().parse::<Identifier>(), Ok(Identifier::Bin(bin)));
    let iin = Iin::complete("90010130012").unwrap();
    assert_eq!(iin.as_str().parse::<Bin>(), Err(InvalidId::WrongKind));
    assert_eq!(iin.as_str().parse::<Identifier>(), Ok(Identifier::Iin(iin)));
}

/// The month 13 and the thirtieth of February: since 2013 the digits promise no date, so nobody is turned away.
#[test]
fn nobody_is_refused_for_the_date_in_the_number() {
    for body in ["90133130012", "90023000012", "00000000012"] {
        assert!(Iin::complete(body).is_ok(), "{body}");
    }
}

#[test]
fn numbers_are_hidden_in_debug_and_read_only_when_valid() {
    let iin = Iin::complete("90010130012").unwrap();
    assert_eq!(format!("{iin:?} {:?}", Identifier::Iin(iin.clone())), "Iin(…) Iin(Iin(…))");
    assert!(iin.masked().starts_with("••••••••"));
    let json = serde_json::to_string(&iin).unwrap();
    assert_eq!(serde_json::from_str::<Iin>(&json).unwrap(), iin);
    let forged = json.replacen('9', "8", 1);
    let error = serde_json::from_str::<Iin>(&forged).unwrap_err().to_string();
    assert!(error.contains("check digit") && !error.contains(iin.masked().trim_matches('•')), "{error}");
}

proptest! {
    /// The rule has holes: it weighs the eleventh digit with 11 (nothing), and a slip may pass into the second round.
    /// Everywhere else a wrong digit is found.
    #[test]
    fn one_wrong_digit_is_found(body in "[0-9]{4}[0-3][0-9]{6}", at in 0..10_usize, by in 1..10_u8) {
        let first_round = |body: &str| {
            let sum: u32 = (1..).zip(body.bytes()).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
            sum % 11 < 10
        };
        let Ok(right) = Iin::complete(&body) else { return Ok(()) };
        let mut digits = right.as_str().as_bytes().to_vec();
        digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
        let wrong = String::from_utf8(digits).unwrap();
        prop_assume!(first_round(&body) && first_round(&wrong[..11]));
        let refused = wrong.parse::<Identifier>();
        prop_assert_eq!(refused, Err(InvalidId::WrongCheckDigit));
    }

    #[test]
    fn any_text_is_answered_without_panic(text in "\\PC{0,40}") {
        let _ = text.parse::<Identifier>();
        let _ = text.parse::<crate::Phone>();
        let _ = text.parse::<crate::Login>();
        let _ = text.parse::<crate::ResultNumber>();
        let _ = text.parse::<crate::Term>();
        let _ = text.parse::<crate::Clause>();
        let _ = crate::otp::Code::typed(&text);
    }
}
