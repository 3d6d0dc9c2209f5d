//! Columns to which no way leads [R1116-A1.6].

use super::fault;
use super::table::Table;
use crate::finding::FindingKind;
use crate::read::Findings;

pub(super) fn check(table: &Table<'_>, findings: &Findings) {
    let Some(first) = table.actions.first() else { return };
    for (action, _) in table.actions.iter().zip(table.reached()).filter(|(_, reached)| !reached) {
        let words = format!("no way leads from action {} to action {}", first.number, action.number);
        findings.add(fault(action, FindingKind::Unreachable, words));
    }
}
