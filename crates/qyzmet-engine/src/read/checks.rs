//! What can be wrong with a regulation whose every file reads well: one rule, one file.

mod answers;
mod branches;
mod clauses;
mod columns;
mod desks;
mod exceptions;
mod graph;
mod grounds;
mod itself;
mod kind;
mod names;
mod numbers;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod unreachable;
mod words;

use super::Findings;
use crate::finding::{FindingKind, Place};
use crate::process::Action;
use crate::{Acts, Regulation, run_example};
use table::Table;

/// More actions than anybody can oversee: a table of this length is several services.
const MOST_ACTIONS: usize = 500;

/// All checks, each in a time that grows with the table and no faster. Examples run last, and only in a regulation that
/// could run at all.
pub(super) fn all(regulation: &Regulation, acts: &Acts, findings: &Findings) {
    let table = Table::new(&regulation.process);
    size(&table, findings);
    numbers::check(&table, findings);
    itself::check(&table, findings);
    branches::check(&table, findings);
    unreachable::check(&table, findings);
    columns::check(regulation, &table, findings);
    names::check(regulation, &table, findings);
    answers::check(regulation, findings);
    desks::check(regulation, &table, findings);
    kind::check(regulation, &table, findings);
    grounds::check(regulation, &table, findings);
    exceptions::check(regulation, findings);
    clauses::check(regulation, acts, findings);
    terms::check(regulation, &table, findings);
    words::check(regulation, findings);
    if !findings.any_error() {
        desks::unseen(regulation, &table, findings);
        examples(regulation, findings);
    }
}

fn size(table: &Table<'_>, findings: &Findings) {
    let file = Place::file("process.toml");
    let actions = table.actions.len();
    if actions == 0 {
        let words = "there is no [[action]]: nothing would ever happen";
        findings.add(file.error(FindingKind::MissingKey, words));
    }
    if actions > MOST_ACTIONS {
        let words = format!(
            "{actions} actions, and a service has at most {MOST_ACTIONS}: make several services of it"
        );
        findings.add(file.error(FindingKind::BadValue, words));
    }
}

fn examples(regulation: &Regulation, findings: &Findings) {
    for example in &regulation.examples {
        if let Err(mismatch) = run_example(regulation, example) {
            findings.add(
                example.place.error(FindingKind::FailedExample, format!("{}: {mismatch}", example.name)),
            );
        }
    }
}

/// A finding about an action, at its place.
fn fault(action: &Action, kind: FindingKind, words: String) -> crate::Finding {
    action.place.error(kind, words).about(action.number)
}
