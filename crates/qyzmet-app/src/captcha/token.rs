//! The token of a form: for which form, until when, which one; and what only the portal can read from it.

use jiff::Timestamp;
use subtle::ConstantTimeEq;

use crate::{Error, Secrets};

/// How many digits a picture has.
const DIGITS: usize = 6;
/// A token longer than this was not made here.
const LONGEST: usize = 200;

/// One token.
pub(super) struct Token {
    form: String,
    /// Seconds of Unix time.
    ends: i64,
    id: [u8; 16],
}

impl Token {
    pub(super) fn new(form: &str, ends: i64, id: [u8; 16]) -> Self {
        Self { form: form.to_owned(), ends, id }
    }

    fn body(&self) -> String {
        format!("{}.{}.{}", self.form, self.ends, hex::encode(self.id))
    }

    /// As the form carries it: readable, and of no use to whoever changes it.
    pub(super) fn write(&self, secrets: &Secrets) -> String {
        let body = self.body();
        let tag = secrets.captcha("tag", &body);
        format!("{body}.{}", hex::encode(tag.get(..16).unwrap_or_default()))
    }

    /// Reads a token of our own.
    pub(super) fn read(text: &str, secrets: &Secrets) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut parts = text.split('.');
        let (form, ends, id) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let mut bytes = [0; 16];
        hex::decode_to_slice(id, &mut bytes).ok()?;
        let token = Self::new(form, ends, bytes);
        let same: bool = token.write(secrets).as_bytes().ct_eq(text.as_bytes()).into();
        same.then_some(token)
    }

    pub(super) fn is_for(&self, form: &str) -> bool {
        self.form == form
    }

    pub(super) fn lives(&self, now: Timestamp) -> bool {
        now.as_second() < self.ends
    }

    pub(super) fn ends(&self) -> Result<Timestamp, Error> {
        Timestamp::from_second(self.ends).map_err(Error::fault)
    }

    /// Under what it is remembered that somebody has answered.
    pub(super) fn key(&self) -> String {
        format!("captcha:{}", hex::encode(self.id))
    }

    /// The digits of its picture. They stand nowhere: they follow from the token and the portal's secret.
    pub(super) fn digits(&self, secrets: &Secrets) -> String {
        let bytes = secrets.captcha("digits", &self.body());
        bytes.iter().take(DIGITS).map(|byte| char::from(b'0' + byte % 10)).collect()
    }

    pub(super) fn seed(&self, secrets: &Secrets) -> [u8; 32] {
        secrets.captcha("picture", &self.body())
    }

    /// Spaces are how people group digits, and mean nothing.
    pub(super) fn is_answered_by(&self, typed: &str, secrets: &Secrets) -> bool {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).take(DIGITS + 1).collect();
        typed.as_bytes().ct_eq(self.digits(secrets).as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        Secrets::new(&[9; 32]).unwrap()
    }

    fn token() -> Token {
        Token::new("order-status", 1_800_000_000, [7; 16])
    }

    #[test]
    fn only_an_unchanged_token_of_this_portal_is_read() {
        let written = token().write(&secrets());
        assert!(Token::read(&written, &secrets()).is_some_and(|read| read.is_for("order-status")));
        for changed in [
            written.replace("order-status", "order-form"),
            written.replace("1800000000", "1900000000"),
            written.replace("0707", "0708"),
            format!("{written}.x"),
            written.get(..written.len() - 1).unwrap().to_owned(),
            String::new(),
            "a".repeat(10_000),
        ] {
            assert!(Token::read(&changed, &secrets()).is_none(), "{changed}");
        }
        assert!(Token::read(&written, &Secrets::new(&[8; 32]).unwrap()).is_none());
    }

    #[test]
    fn the_digits_cannot_be_read_from_the_token_and_differ_from_token_to_token() {
        let (secrets, written) = (secrets(), token().write(&secrets()));
        let digits = token().digits(&secrets);
        assert_eq!(digits.len(), 6);
        assert!(!written.contains(&digits));
        assert_ne!(digits, Token::new("order-status", 1_800_000_000, [8; 16]).digits(&secrets));
        let spaced = format!(" {} {}", digits.get(..3).unwrap(), digits.get(3..).unwrap());
        assert!(token().is_answered_by(&spaced, &secrets));
        assert!(!token().is_answered_by(&format!("{digits}0"), &secrets));
        assert!(!token().is_answered_by("", &secrets));
    }

    #[test]
    fn a_token_ends_with_its_last_second() {
        let at = |second| Timestamp::from_second(second).unwrap();
        assert!(token().lives(at(1_799_999_999)));
        assert!(!token().lives(at(1_800_000_000)));
    }
}
