//! A subscriber number of Kazakhstan that can receive text messages [R58-2.1].

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{InvalidId, hidden_debug, text_form};

/// A mobile number in its one normal form, `+77XXXXXXXXX` (E.164) [R58-2.1]. A prefix does not prove the operator:
/// numbers can be carried from one to another.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

text_form!(Phone);
hidden_debug!(Phone);

/// Longest text that is looked at: generous with spaces and brackets, closed to abuse.
const LONGEST: usize = 40;

impl FromStr for Phone {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidId::Empty);
        }
        if text.len() > LONGEST {
            return Err(InvalidId::WrongLength);
        }
        let (international, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let digits = digits_of(rest)?;
        let national = if international { with_country(&digits)? } else { as_dialled(&digits)? };
        mobile(national)
    }
}

/// The digits, without the signs people group them by.
fn digits_of(text: &str) -> Result<String, InvalidId> {
    let mut digits = String::with_capacity(12);
    for sign in text.chars() {
        match sign {
            '0'..='9' => digits.push(sign),
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '-' | '\u{2010}'..='\u{2013}' | '(' | ')' | '.' => {}
            _ => return Err(InvalidId::BadCharacter),
        }
    }
    Ok(digits)
}

/// After a plus the country comes first.
fn with_country(digits: &str) -> Result<&str, InvalidId> {
    let national = digits.strip_prefix('7').ok_or(InvalidId::ForeignPhone)?;
    ten(national)
}

/// Without a plus: the national prefix 8, the country without its plus, or the bare ten digits.
fn as_dialled(digits: &str) -> Result<&str, InvalidId> {
    if digits.starts_with("810") || digits.starts_with("00") {
        return Err(InvalidId::ForeignPhone);
    }
    match digits.len() {
        11 if digits.starts_with(['7', '8']) => Ok(&digits[1..]),
        11.. if !digits.starts_with(['7', '8']) => Err(InvalidId::ForeignPhone),
        _ => ten(digits),
    }
}

fn ten(national: &str) -> Result<&str, InvalidId> {
    if national.len() == 10 { Ok(national) } else { Err(InvalidId::WrongLength) }
}

/// Zone 7 is shared: 6 and 7 are Kazakhstan, the rest is another country. 71 to 73 and all of 6 are landlines.
fn mobile(national: &str) -> Result<Phone, InvalidId> {
    match national.as_bytes() {
        [b'7', b'0' | b'4'..=b'8', ..] => Ok(Phone(format!("+7{national}"))),
        [b'6' | b'7', ..] => Err(InvalidId::NotMobile),
        _ => Err(InvalidId::ForeignPhone),
    }
}

impl Phone {
    /// Operator prefix and the last two digits, the rest as dots: `+7 701 ••• •• 67`.
    #[must_use]
    pub fn masked(&self) -> String {
        let prefix = self.0.get(2..5).unwrap_or_default();
        let tail = self.0.get(10..).unwrap_or_default();
        format!("+7 {prefix} ••• •• {tail}")
    }

    /// Grouped for reading: `+7 701 123 45 67`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let part = |from: usize, to: usize| self.0.get(from..to).unwrap_or_default();
        format!("+7 {} {} {} {}", part(2, 5), part(5, 8), part(8, 10), part(10, 12))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [R58-2.1]
    #[test]
    fn one_number_has_one_normal_form_however_it_is_written() {
        for text in [
            "+77011234567",
            "8 701 123 45 67",
            "77011234567",
            "+7 (701) 123-45-67",
            "7011234567",
            "\u{a0}8(701)1234567 ",
        ] {
            assert_eq!(text.parse::<Phone>().unwrap().as_str(), "+77011234567", "{text}");
        }
    }

    #[test]
    fn other_numbers_are_refused_each_for_its_reason() {
        let cases = [
            ("", InvalidId::Empty),
            ("+79161234567", InvalidId::ForeignPhone),
            ("89161234567", InvalidId::ForeignPhone),
            ("+996555123456", InvalidId::ForeignPhone),
            ("996555123456", InvalidId::ForeignPhone),
            ("8 10 998 90 1234567", InvalidId::ForeignPhone),
            ("+87011234567", InvalidId::ForeignPhone),
            ("+77172701234", InvalidId::NotMobile),
            ("87272501234", InvalidId::NotMobile),
            ("+7701123456", InvalidId::WrongLength),
            ("+770112345678", InvalidId::WrongLength),
            ("701123", InvalidId::WrongLength),
            ("+7701123456a", InvalidId::BadCharacter),
            ("+7701\u{202e}1234567", InvalidId::BadCharacter),
            ("+770112345٦٧", InvalidId::BadCharacter),
            ("++77011234567", InvalidId::BadCharacter),
            ("<script>", InvalidId::BadCharacter),
        ];
        for (text, why) in cases {
            assert_eq!(text.parse::<Phone>(), Err(why), "{text}");
        }
        assert_eq!("7".repeat(5000).parse::<Phone>(), Err(InvalidId::WrongLength));
    }

    #[test]
    fn a_number_is_hidden_in_debug_and_half_hidden_on_the_screen() {
        let phone: Phone = "+77011234567".parse().unwrap();
        assert_eq!(format!("{phone:?}"), "Phone(…)");
        assert_eq!(phone.masked(), "+7 701 ••• •• 67");
        assert_eq!(phone.grouped(), "+7 701 123 45 67");
    }
}
