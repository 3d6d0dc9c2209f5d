//! The action table in the form of annex 1: six rows, a column for each action, in words that can be read back.

mod model;
mod outline;
mod terms;
#[cfg(test)]
mod tests;

use qyzmet_domain::Locale;
use serde::{Deserialize, Serialize};

use crate::process::{Action, Branch, Next};
use crate::{Phrases, Regulation};

pub use outline::{Outline, OutlineAction, OutlineUnit, UnreadableTable};

/// The action table of a regulation in one language, ready for a page, for print, and for reading back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionTable {
    /// The language.
    pub locale: Locale,
    /// What the table is called.
    pub title: String,
    /// Heads of the six rows, in the act's own words.
    pub heads: [String; 6],
    /// Structural-functional units, the portal first [R1116-11, R1116-A1.2].
    pub units: Vec<TableUnit>,
    /// One column for each action, in technological order [R1116-A1.N1].
    pub columns: Vec<TableColumn>,
}

/// One structural-functional unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableUnit {
    /// Its name.
    pub name: String,
    /// Who acts there, in words.
    pub kind: String,
    /// What no word says, as in `process.toml`: the days and hours in which it works.
    pub program: String,
}

/// One column: the six cells of an action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Row 1: its number [R1116-A1.1].
    pub number: u32,
    /// Row 2: the unit that does it [R1116-A1.2].
    pub unit: String,
    /// Row 3: its name [R1116-A1.3].
    pub action: String,
    /// Row 4: the form of completion [R1116-A1.4].
    pub completion: String,
    /// Row 5: its term [R1116-A1.5].
    pub term: String,
    /// Row 6: the number of the next action for each way it can end [R1116-A1.6].
    pub next: String,
    /// The clause that prescribes it.
    pub clause: String,
    /// What no cell says, as in `process.toml`: what is done, with which registers, facts and grounds.
    pub program: String,
}

impl TableColumn {
    /// The six cells from above.
    #[must_use]
    pub fn cells(&self) -> [String; 6] {
        let Self { number, unit, action, completion, term, next, .. } = self.clone();
        [number.to_string(), unit, action, completion, term, next]
    }
}

impl Regulation {
    /// The action table in one language [R1116-12].
    #[must_use]
    pub fn action_table(&self, locale: Locale) -> ActionTable {
        let phrases = Phrases::of(locale);
        let head = |row| phrases.say(&format!("table.{row}"));
        ActionTable {
            locale,
            title: head("title"),
            heads: ["number", "unit", "action", "completion", "term", "next"].map(head),
            units: self
                .process
                .units
                .iter()
                .map(|unit| TableUnit {
                    name: self.unit_name(locale, &unit.id),
                    kind: phrases.say(&format!("unit-kind.{}", unit.kind.as_str())),
                    program: unit.keys().without(&["id", "kind"]).inline(),
                })
                .collect(),
            columns: self.process.actions.iter().map(|action| self.column(locale, action)).collect(),
        }
    }

    /// The column of one action; an action that is not in the table has an empty one.
    pub(crate) fn action_table_column(&self, locale: Locale, number: u32) -> TableColumn {
        self.process.action(number).map(|action| self.column(locale, action)).unwrap_or_default()
    }

    fn column(&self, locale: Locale, action: &Action) -> TableColumn {
        let phrases = Phrases::of(locale);
        TableColumn {
            number: action.number,
            unit: self.unit_name(locale, &action.unit),
            action: self.action_name(locale, action.number),
            completion: self.completion_name(locale, action),
            term: terms::cell(phrases, action.least, action.term),
            next: next_in_words(phrases, action.next),
            clause: action.clause.to_string(),
            program: action.unsaid().inline(),
        }
    }

    /// Name of a unit; its id when the folder has no text, which the checker tells.
    pub(crate) fn unit_name(&self, locale: Locale, id: &str) -> String {
        self.text(locale, &format!("unit.{id}")).unwrap_or(id).to_owned()
    }

    /// Name of an action.
    pub(crate) fn action_name(&self, locale: Locale, number: u32) -> String {
        self.action_words(locale, number).map_or_else(|| format!("action.{number}"), str::to_owned)
    }

    /// Form of completion: in words of the service when it has some, else in those of the list.
    fn completion_name(&self, locale: Locale, action: &Action) -> String {
        let own = self.text(locale, &format!("completion.{}", action.number));
        let general = || Phrases::of(locale).say(&format!("completion.{}", action.completion.as_str()));
        own.map_or_else(general, str::to_owned)
    }
}

/// `5`, or each way with its condition, or that the process ends.
fn next_in_words(phrases: &Phrases, next: Next) -> String {
    let ways: Vec<(Branch, u32)> = next.all().collect();
    match ways.as_slice() {
        [] => phrases.say("table.end"),
        [(Branch::Ok, number)] => number.to_string(),
        _ => {
            let way = |(branch, number): &(Branch, u32)| {
                phrases.filled(&format!("next.{}", branch.as_str()), &[("number", &number.to_string())])
            };
            ways.iter().map(way).collect::<Vec<_>>().join("; ")
        }
    }
}

/// The other way round.
fn next_from_words(phrases: &Phrases, words: &str) -> Option<Next> {
    if words == phrases.say("table.end") {
        return Some(Next::default());
    }
    if let Ok(number) = words.parse() {
        return Some(Next { ok: Some(number), ..Next::default() });
    }
    let mut next = Next::default();
    for way in words.split("; ") {
        let number = |branch: &Branch| {
            terms::taken(&phrases.say(&format!("next.{}", branch.as_str())), "number", way)?.parse().ok()
        };
        let (branch, number) = Branch::ALL.iter().find_map(|branch| Some((*branch, number(branch)?)))?;
        next.set(branch, number);
    }
    Some(next)
}
