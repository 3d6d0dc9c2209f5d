//! Numbers read aloud and typed in: taken however they are grouped, refused with any slip.

use proptest::prelude::*;

use super::*;

/// [R74-3.3]
#[test]
fn a_number_is_taken_however_it_is_grouped() {
    let number = ResultNumber::new(2026, 417).unwrap();
    assert_eq!(number.as_str().len(), 19);
    assert!(number.as_str().starts_with("2026-0000-0000-417"), "{number}");
    let digits = number.as_str().replace('-', "");
    for text in
        [digits.clone(), number.to_string(), number.as_str().replace('-', " "), format!(" № {digits} ")]
    {
        assert_eq!(text.parse(), Ok(number.clone()), "{text}");
    }
}

#[test]
fn what_is_no_number_is_named() {
    assert_eq!("".parse::<ResultNumber>(), Err(InvalidId::Empty));
    assert_eq!("2026-0000".parse::<ResultNumber>(), Err(InvalidId::WrongLength));
    assert_eq!("2026-0000-0000-41x7".parse::<ResultNumber>(), Err(InvalidId::NotDigits));
    assert_eq!("-".repeat(65).parse::<ResultNumber>(), Err(InvalidId::WrongLength));
    assert_eq!(ResultNumber::new(1999, 1), Err(InvalidId::WrongLength));
    assert_eq!(ResultNumber::new(2026, 100_000_000_000), Err(InvalidId::WrongLength));
}

#[test]
fn the_table_is_damms() {
    for row in DAMM {
        let mut seen = row;
        seen.sort_unstable();
        assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "each row has each digit once");
    }
    assert_eq!(walk(0, b"572"), 4, "the example of Damm's own paper");
}

proptest! {
    /// [R74-3.3]
    #[test]
    fn every_wrong_digit_and_every_swap_is_found(counter in 0..COUNTERS, at in 0..16_usize, by in 1..10_u8) {
        let number = ResultNumber::new(2026, counter).unwrap();
        let right: Vec<u8> = number.as_str().bytes().filter(u8::is_ascii_digit).collect();
        let mut wrong = right.clone();
        wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
        prop_assert_eq!(String::from_utf8(wrong).unwrap().parse::<ResultNumber>(), Err(InvalidId::WrongCheckDigit));
        let mut swapped = right.clone();
        swapped.swap(at, (at + 1) % 16);
        if at < 15 && swapped != right {
            let text = String::from_utf8(swapped).unwrap();
            prop_assert_eq!(text.parse::<ResultNumber>(), Err(InvalidId::WrongCheckDigit));
        }
    }

    #[test]
    fn a_request_number_is_never_taken_for_a_result_number(counter in 0..COUNTERS) {
        let request = RequestNumber::new(2026, counter).unwrap();
        prop_assert_eq!(request.as_str().parse::<ResultNumber>(), Err(InvalidId::WrongCheckDigit));
        prop_assert_eq!(request.as_str().parse::<RequestNumber>(), Ok(request));
    }
}
