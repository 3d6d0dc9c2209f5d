//! What must hold of a fact: the comparisons of a check, and of whatever depends on a fact that is known already.

use super::Use;
use crate::read::Fields;
use crate::run::At;
use crate::written::Keys;

/// What must hold of a fact. A fact that is not known holds of nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// It has this value.
    Is(String),
    /// It has another value.
    IsNot(String),
    /// It has one of these values.
    OneOf(Vec<String>),
    /// It is a date not before that of the other fact.
    NotBefore(String),
    /// It is a date not after that of the other fact.
    NotAfter(String),
    /// It has the value of the other fact.
    SameAs(String),
}

/// A fact with what must hold of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Premise {
    /// The fact that is looked at.
    pub fact: String,
    /// What must hold of it.
    pub test: Test,
}

impl Test {
    fn read(fields: &Fields<'_>) -> Option<Self> {
        let tests = [
            fields.text("is").map(Self::Is),
            fields.text("is-not").map(Self::IsNot),
            fields.texts("one-of").map(Self::OneOf),
            fields.text("not-before").map(Self::NotBefore),
            fields.text("not-after").map(Self::NotAfter),
            fields.text("same-as").map(Self::SameAs),
        ];
        fields.exactly_one("is, is-not, one-of, not-before, not-after, same-as", tests)
    }

    /// The other fact with which it compares.
    fn other(&self) -> Option<&String> {
        match self {
            Self::NotBefore(fact) | Self::NotAfter(fact) | Self::SameAs(fact) => Some(fact),
            Self::Is(_) | Self::IsNot(_) | Self::OneOf(_) => None,
        }
    }
}

impl Premise {
    /// Reads the keys of both; the caller finishes the table, which may have other keys.
    pub(super) fn read(fields: &Fields<'_>) -> Option<Self> {
        let (fact, test) = (fields.need_text("fact"), Test::read(fields));
        Some(Self { fact: fact?, test: test? })
    }

    /// As an author writes it.
    pub(super) fn keys(&self) -> Keys {
        let keys = Keys::default().with("fact", self.fact.as_str());
        match &self.test {
            Test::Is(value) => keys.with("is", value.as_str()),
            Test::IsNot(value) => keys.with("is-not", value.as_str()),
            Test::OneOf(values) => keys.with("one-of", values.clone()),
            Test::NotBefore(fact) => keys.with("not-before", fact.as_str()),
            Test::NotAfter(fact) => keys.with("not-after", fact.as_str()),
            Test::SameAs(fact) => keys.with("same-as", fact.as_str()),
        }
    }

    /// The facts that it looks at.
    pub(super) fn uses(&self) -> impl Iterator<Item = Use> {
        [Some(&self.fact), self.test.other()].into_iter().flatten().cloned().map(Use::Fact)
    }

    /// Whether it holds.
    pub(super) fn holds(&self, at: &At<'_>) -> bool {
        self.judge(at).1
    }

    /// What is expected of the fact, as evidence says it, and whether it holds.
    pub(super) fn judge(&self, at: &At<'_>) -> (String, bool) {
        let found = at.fact(&self.fact);
        let other = |name: &String| at.fact(name).unwrap_or_default().into_owned();
        match &self.test {
            Test::Is(value) => (value.clone(), found.as_deref() == Some(value)),
            Test::IsNot(value) => {
                (format!("not {value}"), found.as_deref().is_some_and(|found| found != value))
            }
            Test::OneOf(values) => (
                values.join(", "),
                found.as_deref().is_some_and(|found| values.iter().any(|value| value == found)),
            ),
            Test::NotBefore(fact) => {
                compare_dates("not-before", found.as_deref(), &other(fact), |a, b| a >= b)
            }
            Test::NotAfter(fact) => compare_dates("not-after", found.as_deref(), &other(fact), |a, b| a <= b),
            Test::SameAs(fact) => {
                let other = other(fact);
                let holds = !other.is_empty() && found.as_deref() == Some(other.as_str());
                (other, holds)
            }
        }
    }
}

fn compare_dates(
    word: &str,
    found: Option<&str>,
    other: &str,
    holds: impl Fn(jiff::civil::Date, jiff::civil::Date) -> bool,
) -> (String, bool) {
    let dates = found.and_then(|found| found.parse().ok()).zip(other.parse().ok());
    (format!("{word} {other}"), dates.is_some_and(|(found, other)| holds(found, other)))
}
