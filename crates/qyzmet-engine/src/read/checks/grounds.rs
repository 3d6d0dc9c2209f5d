//! Refusals and their grounds: each ground that is met leads to a refusal, and each refusal has a ground [R58-A.5].

use std::collections::BTreeSet;

use super::fault;
use super::table::Table;
use crate::Regulation;
use crate::finding::{FindingKind, Place};
use crate::process::{Action, Branch};
use crate::read::Findings;
use crate::verbs::{Use, Verb};

pub(super) fn check(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    let refused = table.refused();
    for (index, action) in table.actions.iter().enumerate() {
        for branch in action.does.grounded() {
            leads_to_refusal(table, action, *branch, &refused, findings);
        }
        if !table.is_doubtful(index) {
            refuses_without_ground(table, action, findings);
        }
    }
    unused(regulation, table, findings);
}

/// A ground of refusal that is met must lead to a refusal. A number that cannot be right has a finding of its own.
fn leads_to_refusal(
    table: &Table<'_>,
    action: &Action,
    branch: Branch,
    refused: &[bool],
    findings: &Findings,
) {
    let next = action.next.get(branch).filter(|next| *next != action.number);
    if next.and_then(|next| table.index(next)).is_some_and(|index| !refused[index]) {
        let words = format!("`{}` meets a ground of refusal, and no refusal comes after it", branch.as_str());
        findings.add(fault(action, FindingKind::MissingRefusal, words));
    }
}

/// A refusal must come directly from what met its ground: only so it has a ground on every way that leads to it.
fn refuses_without_ground(table: &Table<'_>, action: &Action, findings: &Findings) {
    let groundless = action.next.all().filter(|(branch, _)| !action.does.grounded().contains(branch));
    for refusal in groundless.filter_map(|(_, next)| table.index(next)).map(|index| &table.actions[index]) {
        if matches!(refusal.does, Verb::Refuse(_)) {
            let words = format!("action {} leads here without a ground of refusal", action.number);
            findings.add(fault(refusal, FindingKind::MissingRefusal, words));
        }
    }
}

/// A ground that nothing meets is a promise that is never kept.
fn unused(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    let uses = table.actions.iter().flat_map(|action| action.does.uses());
    let used: BTreeSet<String> =
        uses.filter_map(|used| if let Use::Ground(id) = used { Some(id) } else { None }).collect();
    for ground in regulation.service.grounds.iter().filter(|ground| !used.contains(&ground.id)) {
        let words = format!("no action uses the ground `{}`", ground.id);
        findings.add(Place::file("service.toml").warning(FindingKind::MissingRefusal, words));
    }
}
