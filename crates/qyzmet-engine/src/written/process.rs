//! `process.toml`: units and actions.

use qyzmet_domain::{Term, calendar::WorkingTime};

use super::Keys;
use crate::process::{Action, Branch, Next, Process, Unit};
use crate::read::Gap;

impl Process {
    pub(super) fn keys(&self) -> Keys {
        Keys::default()
            .with_tables("unit", self.units.iter().map(Unit::keys))
            .with_tables("action", self.actions.iter().map(Action::keys))
    }
}

impl Unit {
    /// What an author writes under `[[unit]]`.
    pub(crate) fn keys(&self) -> Keys {
        let days = |time: &WorkingTime| {
            time.days.days().iter().map(|day| day.as_str().to_owned()).collect::<Vec<_>>()
        };
        let hours =
            |time: &WorkingTime| time.hours.spans().iter().map(ToString::to_string).collect::<Vec<_>>();
        Keys::default()
            .with("id", self.id.as_str())
            .with("kind", self.kind.as_str())
            .with_some("days", self.working.as_ref().map(days))
            .with_some("hours", self.working.as_ref().map(hours))
    }
}

impl Action {
    /// What an author writes under `[[action]]`.
    pub(crate) fn keys(&self) -> Keys {
        Keys::default()
            .with("number", self.number)
            .with("unit", self.unit.as_str())
            .with("completion", self.completion.as_str())
            .with_some("term", self.term())
            .with_some("next", self.next())
            .with("clause", self.clause.to_string())
            .and(self.program())
    }

    /// What no row of the table says: the verb with its own keys, the clock, why a term differs.
    pub(crate) fn program(&self) -> Keys {
        self.does
            .keys()
            .with("does", self.does.as_str())
            .with_some("clock", self.clock.map(|clock| clock.as_str()))
            .with_some("term-because", self.term_because.clone())
    }

    /// The program, and the cells in which the act says nothing: the words of the table do not tell what stands there.
    pub(crate) fn unsaid(&self) -> Keys {
        self.program()
            .with_some("term", self.gaps.term.as_ref().map(gap))
            .with_some("next", self.gaps.next.as_ref().map(gap))
    }

    fn term(&self) -> Option<String> {
        self.gaps.term.as_ref().map(gap).or_else(|| term(self.least, self.term))
    }

    fn next(&self) -> Option<toml::Value> {
        self.gaps.next.as_ref().map(|found| gap(found).into()).or_else(|| next(&self.next))
    }
}

/// A term, or a range with both its ends.
pub(crate) fn term(least: Option<Term>, limit: Option<Term>) -> Option<String> {
    match (least, limit?) {
        (Some(least), limit) => Some(format!("{least} – {limit}")),
        (None, limit) => Some(limit.to_string()),
    }
}

/// The number, or a table with the number of each branch.
pub(crate) fn next(next: &Next) -> Option<toml::Value> {
    let ways: Vec<(Branch, u32)> = next.all().collect();
    match ways.as_slice() {
        [] => None,
        [(Branch::Ok, number)] => Some((*number).into()),
        ways => {
            let way = |keys: Keys, (branch, number): &(Branch, u32)| keys.with(branch.as_str(), *number);
            Some(ways.iter().fold(Keys::default(), way).table().into())
        }
    }
}

fn gap(gap: &Gap) -> String {
    match gap {
        Gap::Dash => "–".to_owned(),
        Gap::Blank => String::new(),
        Gap::CutOff(text) => text.clone(),
    }
}
