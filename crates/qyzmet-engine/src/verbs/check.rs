//! `check`: named facts are compared; each comparison is kept, and each that fails is a ground of refusal.

use super::{Act, Use};
use crate::event::{Comparison, Event};
use crate::process::Branch;
use crate::read::Fields;
use crate::run::At;
use crate::written::Keys;

/// Compares facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The conditions, in their order.
    pub conditions: Vec<Condition>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The fact that is looked at.
    pub fact: String,
    /// What must hold of it.
    pub test: Test,
    /// The ground of refusal when it does not.
    pub ground: String,
}

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

impl Act for Check {
    const NEEDS: &'static [Branch] = &[Branch::Ok, Branch::Violation];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let conditions: Vec<_> = fields.need_tables("checks").iter().map(Condition::read).collect();
        if conditions.is_empty() {
            None
        } else {
            conditions.into_iter().collect::<Option<_>>().map(|conditions| Self { conditions })
        }
    }

    fn keys(&self) -> Keys {
        Keys::default().with_tables("checks", self.conditions.iter().map(Condition::keys))
    }

    fn uses(&self) -> Vec<Use> {
        let of = |condition: &Condition| {
            let other = match &condition.test {
                Test::NotBefore(fact) | Test::NotAfter(fact) | Test::SameAs(fact) => {
                    Some(Use::Fact(fact.clone()))
                }
                Test::Is(_) | Test::IsNot(_) | Test::OneOf(_) => None,
            };
            let own = [Use::Fact(condition.fact.clone()), Use::Ground(condition.ground.clone())];
            own.into_iter().chain(other).collect::<Vec<_>>()
        };
        self.conditions.iter().flat_map(of).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        &[Branch::Violation]
    }

    fn run(&self, at: &At<'_>) -> Option<Event> {
        let comparisons: Vec<_> = self.conditions.iter().map(|condition| condition.compare(at)).collect();
        let branch = if comparisons.iter().all(|c| c.holds) { Branch::Ok } else { Branch::Violation };
        Some(Event::Checked { head: at.head(branch), comparisons })
    }
}

impl Condition {
    fn read(fields: &Fields<'_>) -> Option<Self> {
        let fact = fields.need_text("fact");
        let ground = fields.need_text("ground");
        let tests = [
            fields.text("is").map(Test::Is),
            fields.text("is-not").map(Test::IsNot),
            fields.texts("one-of").map(Test::OneOf),
            fields.text("not-before").map(Test::NotBefore),
            fields.text("not-after").map(Test::NotAfter),
            fields.text("same-as").map(Test::SameAs),
        ];
        let test = fields.exactly_one("is, is-not, one-of, not-before, not-after, same-as", tests);
        fields.finish();
        Some(Self { fact: fact?, test: test?, ground: ground? })
    }

    fn keys(&self) -> Keys {
        let keys = Keys::default().with("fact", self.fact.as_str()).with("ground", self.ground.as_str());
        match &self.test {
            Test::Is(value) => keys.with("is", value.as_str()),
            Test::IsNot(value) => keys.with("is-not", value.as_str()),
            Test::OneOf(values) => keys.with("one-of", values.clone()),
            Test::NotBefore(fact) => keys.with("not-before", fact.as_str()),
            Test::NotAfter(fact) => keys.with("not-after", fact.as_str()),
            Test::SameAs(fact) => keys.with("same-as", fact.as_str()),
        }
    }

    fn compare(&self, at: &At<'_>) -> Comparison {
        let found = at.fact(&self.fact);
        let other = |name: &String| at.fact(name).unwrap_or_default().into_owned();
        let (expected, holds) = match &self.test {
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
        };
        at.comparison(&self.fact, expected, holds, &self.ground)
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
