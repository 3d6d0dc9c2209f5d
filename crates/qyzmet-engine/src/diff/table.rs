//! Cells of the action table, and what an action does behind its cells.

use std::collections::BTreeMap;

use qyzmet_domain::Locale;

use super::{TableChange, compared, keys};
use crate::Regulation;

const ROWS: [&str; 6] = ["number", "unit", "action", "completion", "term", "next"];

pub(super) fn changes(old: &Regulation, new: &Regulation, locale: Locale) -> Vec<TableChange> {
    let both = |number: u32| old.process.action(number).zip(new.process.action(number));
    let changed = compared(cells(old, locale), cells(new, locale));
    // A column that came or went is told once, not cell by cell.
    let told = changed.filter(|((number, _, row), _)| *row == "number" || both(*number).is_some());
    let mut table: Vec<TableChange> =
        told.map(|((action, _, row), change)| TableChange { action, row: row.to_owned(), change }).collect();
    for (before, after) in old.process.actions.iter().filter_map(|action| both(action.number)) {
        let programs = keys::changes(&before.program(), &after.program());
        table.extend(programs.into_iter().map(|(row, change)| TableChange {
            action: before.number,
            row,
            change,
        }));
    }
    table.sort_by_key(|change| change.action);
    table
}

/// Cells by column, place and row.
fn cells(regulation: &Regulation, locale: Locale) -> BTreeMap<(u32, usize, &'static str), String> {
    let mut cells = BTreeMap::new();
    for column in regulation.action_table(locale).columns {
        let rows = ROWS.into_iter().zip(column.cells()).enumerate();
        cells.extend(rows.map(|(place, (row, cell))| ((column.number, place, row), cell)));
        cells.insert((column.number, ROWS.len(), "clause"), column.clause);
    }
    cells
}
