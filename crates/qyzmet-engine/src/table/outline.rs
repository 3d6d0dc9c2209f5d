//! The model that a printed table holds: read back from its words, it is the model that runs [R1116-12].

use std::collections::BTreeMap;

use qyzmet_domain::{Clause, Locale, Term};
use serde::Serialize;

use super::{ActionTable, TableColumn, next_from_words, terms};
use crate::process::{Completion, Next, UnitKind};
use crate::{Phrases, Process, Regulation};

/// What the action table says of a process: who, what, how it completes, in what term, and what comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outline {
    /// Units by their id.
    pub units: BTreeMap<String, OutlineUnit>,
    /// Actions in their order.
    pub actions: Vec<OutlineAction>,
}

/// A unit of an outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutlineUnit {
    /// Who acts there.
    pub kind: UnitKind,
}

/// An action of an outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutlineAction {
    /// Its number.
    pub number: u32,
    /// Id of the unit.
    pub unit: String,
    /// Form of completion.
    pub completion: Completion,
    /// The shorter end of its term, where the act prints a range.
    pub least: Option<Term>,
    /// Term.
    pub term: Option<Term>,
    /// Next actions.
    #[serde(skip)]
    pub next: Next,
    /// Clause.
    pub clause: Clause,
}

/// A cell that says nothing that a model could be made of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableTable {
    /// The words of a cell mean nothing in this row.
    #[error("column {column}, row {row}: the words mean nothing here")]
    Cell {
        /// Number of the action.
        column: u32,
        /// Row from 1.
        row: u8,
    },
    /// The program of a column is none; 0 when only the whole table shows it.
    #[error("column {0}: what is done there cannot be read")]
    Program(u32),
    /// The words for a unit mean nothing.
    #[error("unit {0} of the list is of no known kind or name")]
    Unit(usize),
}

impl Process {
    /// What its action table says.
    #[must_use]
    pub fn outline(&self) -> Outline {
        let unit = |unit: &crate::Unit| (unit.id.clone(), OutlineUnit { kind: unit.kind });
        let action = |action: &crate::Action| OutlineAction {
            number: action.number,
            unit: action.unit.clone(),
            completion: action.completion,
            least: action.least,
            term: action.term,
            next: action.next,
            clause: action.clause.clone(),
        };
        Outline {
            units: self.units.iter().map(unit).collect(),
            actions: self.actions.iter().map(action).collect(),
        }
    }
}

impl ActionTable {
    /// Reads the words of the table back into a model; names are looked up in the texts of the regulation.
    ///
    /// # Errors
    /// Which cell says nothing that a model could be made of.
    pub fn outline(&self, names: &Regulation) -> Result<Outline, UnreadableTable> {
        let reader = Reader { phrases: Phrases::of(self.locale), locale: self.locale, names };
        let mut units = BTreeMap::new();
        for (index, unit) in self.units.iter().enumerate() {
            let id = reader.unit(&unit.name);
            let kind = reader.one_of("unit-kind", &unit.kind);
            let (id, kind) = id.zip(kind).ok_or(UnreadableTable::Unit(index))?;
            units.insert(id, OutlineUnit { kind });
        }
        let actions = self.columns.iter().map(|column| reader.column(column)).collect::<Result<_, _>>()?;
        Ok(Outline { units, actions })
    }
}

struct Reader<'a> {
    phrases: &'static Phrases,
    locale: Locale,
    names: &'a Regulation,
}

impl Reader<'_> {
    fn column(&self, column: &TableColumn) -> Result<OutlineAction, UnreadableTable> {
        let unclear = |row| UnreadableTable::Cell { column: column.number, row };
        let (least, term) = terms::of_cell(self.phrases, &column.term).ok_or(unclear(5))?;
        Ok(OutlineAction {
            number: column.number,
            unit: self.unit(&column.unit).ok_or(unclear(2))?,
            completion: self.completion(column).ok_or(unclear(4))?,
            least,
            term,
            next: next_from_words(self.phrases, &column.next).ok_or(unclear(6))?,
            clause: column.clause.parse().map_err(|_| unclear(1))?,
        })
    }

    fn unit(&self, name: &str) -> Option<String> {
        super::model::unit_id(self.names, self.locale, name)
    }

    /// Words of the service stand for what its folder says of that action.
    fn completion(&self, column: &TableColumn) -> Option<Completion> {
        let own = self.names.text(self.locale, &format!("completion.{}", column.number));
        if own == Some(column.completion.as_str()) {
            return self.names.process.action(column.number).map(|action| action.completion);
        }
        self.one_of("completion", &column.completion)
    }

    fn one_of<T: crate::words::Word>(&self, group: &str, words: &str) -> Option<T> {
        let says = |item: &&T| self.phrases.get(&format!("{group}.{}", item.word())) == Some(words);
        T::all().iter().find(says).copied()
    }
}
