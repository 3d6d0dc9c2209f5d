//! Actions that lead to themselves, and rounds that a case would run without rest [R1116-A1.6].

use super::fault;
use super::graph::{self, Edges};
use super::table::Table;
use crate::Verb;
use crate::finding::FindingKind;
use crate::process::{Action, Branch};
use crate::read::Findings;

pub(super) fn check(table: &Table<'_>, findings: &Findings) {
    for action in table.actions {
        if let Some((branch, _)) = action.next.all().find(|(_, next)| *next == action.number) {
            let words = format!("action {} leads to itself by `{}`", action.number, branch.as_str());
            findings.add(fault(action, FindingKind::Loop, words + &good_branch(table, action)));
        }
    }
    for index in graph::rounds(&at_once(table)) {
        let action = &table.actions[index];
        let words =
            format!("from action {} a case comes back to it without waiting for anybody", action.number);
        findings.add(fault(action, FindingKind::Loop, words));
    }
}

/// Both numbers of such a column are usually one too low: then the good branch ends in the refusal.
fn good_branch(table: &Table<'_>, action: &Action) -> String {
    let good = action.next.ok.and_then(|next| table.index(next)).map(|index| &table.actions[index]);
    match good {
        Some(good) if matches!(good.does, Verb::Refuse(_)) => {
            format!(
                ", and `ok` leads to action {}, which is a refusal: are both numbers one too low?",
                good.number
            )
        }
        _ => String::new(),
    }
}

/// Branches that are taken without waiting for a person or a register: a round of these would send without end.
fn at_once(table: &Table<'_>) -> Edges {
    let branches = |action: &Action| {
        let alone = matches!(action.does, Verb::Check(_) | Verb::Notify(_) | Verb::Call(_) | Verb::Number(_));
        let is_query = matches!(action.does, Verb::Query(_));
        let taken = move |branch: Branch| alone || (is_query && branch == Branch::Violation);
        let next = action.next.all().filter(|(branch, next)| taken(*branch) && *next != action.number);
        next.filter_map(|(_, next)| table.index(next)).collect()
    };
    table.actions.iter().map(branches).collect()
}
