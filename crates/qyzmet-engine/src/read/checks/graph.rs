//! The action table as a graph: numbers that exist, ways that lead everywhere, no rounds without rest.

use std::collections::BTreeSet;

use super::{after, fault};
use crate::Regulation;
use crate::finding::{FindingKind, Place};
use crate::process::{Action, Branch, Process};
use crate::read::Findings;
use crate::verbs::Verb;

/// More actions than any regulation has; keeps the reading of a damaged folder short.
const MOST_ACTIONS: usize = 500;

pub(super) fn check(regulation: &Regulation, findings: &Findings) {
    let process = &regulation.process;
    let file = Place::file("process.toml");
    if process.actions.is_empty() {
        findings
            .add(file.error(FindingKind::MissingKey, "there is no [[action]]: nothing would ever happen"));
    }
    if process.actions.len() > MOST_ACTIONS {
        findings.add(file.error(FindingKind::BadValue, format!("more than {MOST_ACTIONS} actions")));
        return;
    }
    for action in &process.actions {
        numbers(process, action, findings);
        branches(action, findings);
        rounds(regulation, action, findings);
    }
    unreachable(regulation, findings);
}

fn numbers(process: &Process, action: &Action, findings: &Findings) {
    for (branch, next) in action.next.all() {
        if next == action.number {
            let words = format!("action {next} leads to itself by `{}`", branch.as_str());
            findings.add(fault(action, FindingKind::Loop, words));
        } else if process.action(next).is_none() {
            let words = format!("`{}` leads to action {next}, which does not exist", branch.as_str());
            findings.add(fault(action, FindingKind::NoSuchAction, words));
        }
    }
}

fn branches(action: &Action, findings: &Findings) {
    let verb = action.does.as_str();
    for branch in Branch::ALL {
        let (there, name) = (action.next.get(*branch).is_some(), branch.as_str());
        let needed = action.does.needs().contains(branch) || asks_consent(action, *branch);
        if needed && !there {
            let words = format!("`{verb}` can end in `{name}`, and `next` does not say where that leads");
            findings.add(fault(action, FindingKind::WrongBranch, words));
        }
        if there && !needed && !action.does.may().contains(branch) {
            let words = format!("`{verb}` never ends in `{name}`, so `next` must not name it");
            findings.add(fault(action, FindingKind::WrongBranch, words));
        }
    }
}

/// A query that needs consent must say where it leads when there is none.
fn asks_consent(action: &Action, branch: Branch) -> bool {
    branch == Branch::Violation && matches!(&action.does, Verb::Query(query) if query.consent.is_some())
}

/// Branches that are taken without waiting for a person or a register: a round of these would send without end.
fn at_once(action: &Action) -> impl Iterator<Item = u32> {
    let alone = matches!(action.does, Verb::Check(_) | Verb::Notify(_) | Verb::Call(_) | Verb::Number(_));
    let is_query = matches!(action.does, Verb::Query(_));
    let taken = move |branch: Branch| alone || (is_query && branch == Branch::Violation);
    action.next.all().filter(move |(branch, _)| taken(*branch)).map(|(_, next)| next)
}

/// Whether a case could come round to this action without ever waiting.
fn rounds(regulation: &Regulation, action: &Action, findings: &Findings) {
    let mut seen = BTreeSet::new();
    let mut open: Vec<u32> = at_once(action).filter(|next| *next != action.number).collect();
    while let Some(number) = open.pop() {
        if number == action.number {
            let words = format!("from action {number} a case comes back to it without waiting for anybody");
            findings.add(fault(action, FindingKind::Loop, words));
            return;
        }
        if seen.insert(number) {
            open.extend(regulation.process.action(number).into_iter().flat_map(at_once));
        }
    }
}

fn unreachable(regulation: &Regulation, findings: &Findings) {
    let Some(first) = regulation.process.first() else { return };
    let mut reached: BTreeSet<u32> =
        Branch::ALL.iter().flat_map(|branch| after(regulation, first, *branch)).collect();
    reached.insert(first.number);
    for action in regulation.process.actions.iter().filter(|action| !reached.contains(&action.number)) {
        let words = format!("no way leads from action {} to action {}", first.number, action.number);
        findings.add(fault(action, FindingKind::Unreachable, words));
    }
}
