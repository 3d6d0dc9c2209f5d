//! A place in an act: what a rule, a term or a refusal rests on.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Act and place in it; text form `58-2016:A.9.1` (`A` is an annex).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clause {
    act: Cow<'static, str>,
    place: Cow<'static, str>,
}

/// A text that is not `act:place`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a clause is written act:place, for example 58-2016:A.9.1")]
pub struct InvalidClause;

impl Clause {
    /// A clause known when the program is written.
    #[must_use]
    pub const fn fixed(act: &'static str, place: &'static str) -> Self {
        Self { act: Cow::Borrowed(act), place: Cow::Borrowed(place) }
    }

    /// Number and year of the act: `58-2016`.
    #[must_use]
    pub fn act(&self) -> &str {
        &self.act
    }

    /// Paragraph, subparagraph or row: `A.9.1`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.act, self.place)
    }
}

fn is_name(text: &str) -> bool {
    let belongs = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    (1..=40).contains(&text.len()) && text.bytes().all(belongs)
}

impl FromStr for Clause {
    type Err = InvalidClause;

    fn from_str(text: &str) -> Result<Self, InvalidClause> {
        let (act, place) = text.split_once(':').ok_or(InvalidClause)?;
        if !is_name(act) || !is_name(place) {
            return Err(InvalidClause);
        }
        Ok(Self { act: Cow::Owned(act.to_owned()), place: Cow::Owned(place.to_owned()) })
    }
}

impl TryFrom<String> for Clause {
    type Error = InvalidClause;

    fn try_from(text: String) -> Result<Self, InvalidClause> {
        text.parse()
    }
}

impl From<Clause> for String {
    fn from(clause: Clause) -> Self {
        clause.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_reads_back_as_it_is_written() {
        let clause: Clause = "58-2016:A.9.1".parse().unwrap();
        assert_eq!((clause.act(), clause.place()), ("58-2016", "A.9.1"));
        assert_eq!(clause, Clause::fixed("58-2016", "A.9.1"));
        assert_eq!(serde_json::to_string(&clause).unwrap(), "\"58-2016:A.9.1\"");
        for text in ["", "58-2016", ":1", "58-2016:", "58 2016:1", "58-2016:<b>"] {
            assert_eq!(text.parse::<Clause>(), Err(InvalidClause), "{text}");
        }
    }
}
