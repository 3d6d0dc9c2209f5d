//! What can be wrong with a regulation whose every file reads well.

mod graph;
mod law;
mod names;
mod terms;
mod words;

use std::collections::BTreeSet;

use super::Findings;
use crate::finding::FindingKind;
use crate::process::{Action, Branch};
use crate::{Regulation, run_example};

/// All checks. Examples run last, and only in a regulation that could run at all.
pub(super) fn all(regulation: &Regulation, findings: &Findings) {
    graph::check(regulation, findings);
    names::check(regulation, findings);
    law::check(regulation, findings);
    terms::check(regulation, findings);
    words::check(regulation, findings);
    if !findings.any_error() {
        examples(regulation, findings);
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

/// All actions that can come after this branch of this action, itself not counted.
fn after(regulation: &Regulation, action: &Action, branch: Branch) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open: Vec<u32> = action.next.get(branch).into_iter().collect();
    while let Some(number) = open.pop() {
        if found.insert(number)
            && let Some(action) = regulation.process.action(number)
        {
            open.extend(action.next.all().map(|(_, next)| next));
        }
    }
    found
}
