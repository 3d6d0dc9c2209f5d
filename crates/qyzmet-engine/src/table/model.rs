//! The whole model out of an exported table: cells by their words, and what no cell says by the programs beside them.

use qyzmet_domain::Locale;

use super::{ActionTable, Outline, OutlineAction, UnreadableTable};
use crate::written::{Keys, next, term};
use crate::{Process, Regulation};

impl ActionTable {
    /// The process that this table is of; names are looked up in the texts of the regulation. Where a program says what
    /// stands in a cell, the act says nothing there, and the words of the cell are ours.
    ///
    /// # Errors
    /// Which cell says nothing that a model could be made of, or that a program is none.
    pub fn process(&self, names: &Regulation) -> Result<Process, UnreadableTable> {
        let Outline { units, actions } = self.outline(names)?;
        let mut lanes = Vec::new();
        for (index, unit) in self.units.iter().enumerate() {
            let unclear = UnreadableTable::Unit(index);
            let id = unit_id(names, self.locale, &unit.name).ok_or_else(|| unclear.clone())?;
            let kind = units.get(&id).ok_or_else(|| unclear.clone())?.kind;
            let program = Keys::of_inline(&unit.program).ok_or(unclear)?;
            lanes.push(program.with("id", id).with("kind", kind.as_str()));
        }
        let mut columns = Vec::new();
        for (action, column) in actions.iter().zip(&self.columns) {
            let program = Keys::of_inline(&column.program).ok_or(UnreadableTable::Program(column.number))?;
            columns.push(in_words(action).and(program));
        }
        let keys =
            Keys::default().with_tables("unit", lanes.into_iter()).with_tables("action", columns.into_iter());
        crate::read::process_of(&keys.to_string()).ok_or(UnreadableTable::Program(0))
    }
}

pub(super) fn unit_id(names: &Regulation, locale: Locale, name: &str) -> Option<String> {
    let named = |unit: &&crate::Unit| names.unit_name(locale, &unit.id) == name;
    names.process.units.iter().find(named).map(|unit| unit.id.clone())
}

fn in_words(action: &OutlineAction) -> Keys {
    Keys::default()
        .with("number", action.number)
        .with("unit", action.unit.as_str())
        .with("completion", action.completion.as_str())
        .with_some("term", term(action.least, action.term))
        .with_some("next", next(&action.next))
        .with("clause", action.clause.to_string())
}
