//! Numbers that people read aloud, write down and type: sixteen digits, the last of which finds a slip [R74-3.3].

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{InvalidId, text_form};

#[cfg(test)]
mod tests;

/// Unique number of a result, positive or negative [R74-3.3, R58-A.5], `2026-0000-0041-7234`: year, counter, check digit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ResultNumber(String);

/// Number of a request. Written like a result number, yet the check digit always differs, so that one is never
/// taken for the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RequestNumber(String);

text_form!(ResultNumber);
text_form!(RequestNumber);

/// Damm's table: finds every single wrong digit and every swap of neighbours.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// Where Damm's walk begins: different for each kind of number, which keeps the kinds apart.
const RESULT: u8 = 0;
const REQUEST: u8 = 5;

/// Counters of one year: eleven digits.
const COUNTERS: u64 = 100_000_000_000;

fn walk(start: u8, digits: &[u8]) -> u8 {
    digits.iter().fold(start, |at, digit| DAMM[usize::from(at % 10)][usize::from((digit - b'0') % 10)])
}

fn write(start: u8, year: i16, counter: u64) -> Result<String, InvalidId> {
    if !(2000..=9999).contains(&year) || counter >= COUNTERS {
        return Err(InvalidId::WrongLength);
    }
    let body = format!("{year:04}{counter:011}");
    let check = walk(start, body.as_bytes());
    Ok(grouped(&format!("{body}{check}")))
}

fn grouped(digits: &str) -> String {
    let part = |from: usize| digits.get(from..from + 4).unwrap_or_default();
    [part(0), part(4), part(8), part(12)].join("-")
}

fn read(start: u8, text: &str) -> Result<String, InvalidId> {
    if text.len() > 64 {
        return Err(InvalidId::WrongLength);
    }
    let between = |c: &char| !(c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2014}' | '№' | '#'));
    let digits: String = text.chars().filter(between).collect();
    if digits.is_empty() {
        return Err(InvalidId::Empty);
    }
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(InvalidId::NotDigits);
    }
    if digits.len() != 16 {
        return Err(InvalidId::WrongLength);
    }
    // The check digit is where the walk over the body ends, and from there Damm's table leads back to 0.
    if walk(start, digits.as_bytes()) == 0 { Ok(grouped(&digits)) } else { Err(InvalidId::WrongCheckDigit) }
}

impl ResultNumber {
    /// The number of the `counter`-th result of a year.
    ///
    /// # Errors
    /// [`InvalidId::WrongLength`] when the year has not four digits or the counter has more than eleven.
    pub fn new(year: i16, counter: u64) -> Result<Self, InvalidId> {
        write(RESULT, year, counter).map(Self)
    }
}

impl RequestNumber {
    /// The number of the `counter`-th request of a year.
    ///
    /// # Errors
    /// As [`ResultNumber::new`].
    pub fn new(year: i16, counter: u64) -> Result<Self, InvalidId> {
        write(REQUEST, year, counter).map(Self)
    }
}

impl FromStr for ResultNumber {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        read(RESULT, text).map(Self)
    }
}

impl FromStr for RequestNumber {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        read(REQUEST, text).map(Self)
    }
}
