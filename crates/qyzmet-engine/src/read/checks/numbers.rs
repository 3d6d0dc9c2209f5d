//! Next numbers that do not exist, and columns that are missing [R1116-A1.6, R1116-A1.N1].

use super::fault;
use super::table::{Range, Table};
use crate::finding::{FindingKind, Place};
use crate::read::Findings;

/// So many missing columns are told one by one; a longer gap is told as one.
const TOLD_EACH: u32 = 10;

pub(super) fn check(table: &Table<'_>, findings: &Findings) {
    for gap in &table.missing {
        missing(table, *gap, findings);
    }
    for action in table.actions {
        for (branch, next) in action.next.all() {
            if next != action.number && table.index(next).is_none() && !table.is_missing(next) {
                let words = format!("`{}` leads to action {next}, which does not exist", branch.as_str());
                findings.add(fault(action, FindingKind::NoSuchAction, words));
            }
        }
    }
}

/// Told where the column before it stands, or in the file when there is none.
fn missing(table: &Table<'_>, (first, last): Range, findings: &Findings) {
    let before = table.actions.partition_point(|action| action.number < first).checked_sub(1);
    let place =
        before.map_or_else(|| Place::file("process.toml"), |index| table.actions[index].place.clone());
    let tell = |number: u32, words: String| {
        findings.add(place.error(FindingKind::MissingAction, words).about(number));
    };
    if last - first >= TOLD_EACH {
        let words = format!("actions {first} to {last} are missing: number actions without leaving any out");
        tell(first, words);
    } else {
        for number in first..=last {
            tell(number, format!("action {number} is missing: the table must list every action"));
        }
    }
}
