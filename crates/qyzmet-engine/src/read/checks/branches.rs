//! Each way in which an action can end must lead on, or be said to be the end [R1116-A1.6].

use super::fault;
use super::table::Table;
use crate::Verb;
use crate::finding::FindingKind;
use crate::process::{Action, Branch};
use crate::read::Findings;

pub(super) fn check(table: &Table<'_>, findings: &Findings) {
    for action in table.actions {
        unsaid(action, findings);
        for branch in Branch::ALL {
            one(action, *branch, findings);
        }
    }
}

/// A dash or a blank is read as the following number where the case goes on, and as the end where it ends.
fn unsaid(action: &Action, findings: &Findings) {
    if let (Some(gap), Some(next)) = (&action.gaps.next, action.next.ok) {
        let words =
            format!("action {} is not final and says no next action: {gap}; {next} is taken", action.number);
        findings.add(action.place.warning(FindingKind::UnsaidNext, words).about(action.number));
    }
}

fn one(action: &Action, branch: Branch, findings: &Findings) {
    let (verb, name, there) = (action.does.as_str(), branch.as_str(), action.next.get(branch).is_some());
    let needed = action.does.needs().contains(&branch) || asks_consent(action, branch);
    if needed && !there {
        let words = format!("`{verb}` can end in `{name}`, and `next` does not say where that leads");
        findings.add(fault(action, FindingKind::WrongBranch, words));
    }
    if there && !needed && !action.does.may().contains(&branch) {
        let words = format!("`{verb}` never ends in `{name}`, so `next` must not name it");
        findings.add(fault(action, FindingKind::WrongBranch, words));
    }
}

/// A query that needs consent must say where it leads when there is none.
fn asks_consent(action: &Action, branch: Branch) -> bool {
    branch == Branch::Violation && matches!(&action.does, Verb::Query(query) if query.consent.is_some())
}
