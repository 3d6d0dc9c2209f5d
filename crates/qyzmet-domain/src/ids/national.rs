//! IIN of individuals and BIN of legal entities: twelve digits, the last of which checks the others.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{InvalidId, hidden_debug, text_form};

#[cfg(test)]
mod tests;

/// Individual identification number. The date of birth is never read out of it: since 2013 the law does not
/// promise that the digits agree with the birthday, so nobody is turned away on that ground.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iin(String);

/// Business identification number: of a legal entity, its branch, or a joint enterprise.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bin(String);

text_form!(Iin);
text_form!(Bin);
hidden_debug!(Iin);
hidden_debug!(Bin);

/// Either number: the register to be asked follows from the kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Identifier {
    /// Of an individual.
    Iin(Iin),
    /// Of a legal entity.
    Bin(Bin),
}

/// Weights of the first and, when that gives 10, of the second round.
const ROUNDS: [[u32; 11]; 2] = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]];

/// The check digit of eleven digits, or `None` when both rounds give 10: such a number is never issued.
fn check_digit(digits: &[u8]) -> Option<u8> {
    ROUNDS.iter().find_map(|weights| {
        let sum: u32 = weights.iter().zip(digits).map(|(w, d)| w * u32::from(d - b'0')).sum();
        u8::try_from(sum % 11).ok().filter(|k| *k < 10).map(|k| k + b'0')
    })
}

/// Digit 5 is the tens of the day in an IIN (0 to 3) and the kind of entity in a BIN (4 to 6).
fn is_of_entity(digits: &[u8]) -> bool {
    digits.get(4).is_some_and(|d| (b'4'..=b'6').contains(d))
}

/// Twelve checked digits, whatever the kind.
fn twelve(text: &str) -> Result<&str, InvalidId> {
    let text = text.trim();
    let bytes = text.as_bytes();
    if text.is_empty() {
        return Err(InvalidId::Empty);
    }
    if !bytes.iter().all(u8::is_ascii_digit) {
        return Err(InvalidId::NotDigits);
    }
    if bytes.len() != 12 {
        return Err(InvalidId::WrongLength);
    }
    match check_digit(&bytes[..11]) {
        None => Err(InvalidId::NeverIssued),
        Some(digit) if digit != bytes[11] => Err(InvalidId::WrongCheckDigit),
        Some(_) => Ok(text),
    }
}

/// Eleven digits with the check digit added.
fn complete(eleven: &str) -> Result<String, InvalidId> {
    let bytes = eleven.as_bytes();
    if bytes.len() != 11 {
        return Err(InvalidId::WrongLength);
    }
    if !bytes.iter().all(u8::is_ascii_digit) {
        return Err(InvalidId::NotDigits);
    }
    let digit = check_digit(bytes).ok_or(InvalidId::NeverIssued)?;
    Ok(format!("{eleven}{}", char::from(digit)))
}

impl FromStr for Iin {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let digits = twelve(text)?;
        if is_of_entity(digits.as_bytes()) { Err(InvalidId::WrongKind) } else { Ok(Self(digits.to_owned())) }
    }
}

impl FromStr for Bin {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let digits = twelve(text)?;
        if is_of_entity(digits.as_bytes()) { Ok(Self(digits.to_owned())) } else { Err(InvalidId::WrongKind) }
    }
}

impl Iin {
    /// Adds the check digit to eleven digits; simulators make invented people so.
    ///
    /// # Errors
    /// [`InvalidId::NeverIssued`] when the eleven digits have no check digit, and what parsing refuses.
    pub fn complete(eleven: &str) -> Result<Self, InvalidId> {
        complete(eleven)?.parse()
    }

    /// The last four digits, the rest as dots.
    #[must_use]
    pub fn masked(&self) -> String {
        masked(&self.0)
    }
}

impl Bin {
    /// Adds the check digit to eleven digits.
    ///
    /// # Errors
    /// As [`Iin::complete`].
    pub fn complete(eleven: &str) -> Result<Self, InvalidId> {
        complete(eleven)?.parse()
    }

    /// The last four digits, the rest as dots.
    #[must_use]
    pub fn masked(&self) -> String {
        masked(&self.0)
    }
}

fn masked(digits: &str) -> String {
    format!("••••••••{}", digits.get(8..).unwrap_or_default())
}

impl Identifier {
    /// The twelve digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Iin(iin) => iin.as_str(),
            Self::Bin(bin) => bin.as_str(),
        }
    }

    /// The last four digits, the rest as dots.
    #[must_use]
    pub fn masked(&self) -> String {
        masked(self.as_str())
    }

    /// The IIN, when it is one.
    #[must_use]
    pub fn iin(&self) -> Option<&Iin> {
        if let Self::Iin(iin) = self { Some(iin) } else { None }
    }
}

impl FromStr for Identifier {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        match text.parse() {
            Ok(iin) => Ok(Self::Iin(iin)),
            Err(InvalidId::WrongKind) => text.parse().map(Self::Bin),
            Err(other) => Err(other),
        }
    }
}

impl From<Iin> for Identifier {
    fn from(iin: Iin) -> Self {
        Self::Iin(iin)
    }
}

impl From<Bin> for Identifier {
    fn from(bin: Bin) -> Self {
        Self::Bin(bin)
    }
}

impl TryFrom<String> for Identifier {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<Identifier> for String {
    fn from(identifier: Identifier) -> Self {
        identifier.as_str().to_owned()
    }
}
