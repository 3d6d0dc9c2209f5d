//! Statutory terms: every action has one, and together they keep the term of the service.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use qyzmet_domain::Term;

use super::fault;
use crate::Regulation;
use crate::finding::{FindingKind, Severity};
use crate::process::{Action, Branch};
use crate::read::Findings;
use crate::verbs::Verb;

pub(super) fn check(regulation: &Regulation, findings: &Findings) {
    for action in regulation.process.actions.iter().filter(|action| action.term.is_none()) {
        let words = format!("action {} has no statutory term", action.number);
        let mut finding = fault(action, FindingKind::MissingTerm, words);
        finding.severity = Severity::Warning;
        findings.add(finding);
    }
    exceeded(regulation, findings);
}

/// The term of the service runs from acceptance, so what comes after the confirmation is added up.
fn exceeded(regulation: &Regulation, findings: &Findings) {
    let Some(limit) = regulation.service.term.limit.length() else { return };
    let longest = longest_ways(regulation);
    for action in regulation.process.actions.iter().filter(|action| matches!(action.does, Verb::Confirm(_))) {
        let rest = action.next.ok.and_then(|next| longest.get(&next)).copied().unwrap_or_default();
        if rest > limit {
            let (rest, limit) = (Term::Running(rest), Term::Running(limit));
            let words =
                format!("after acceptance the actions take up to {rest}, and the service has {limit}");
            let mut finding = fault(action, FindingKind::TermExceeded, words);
            finding.severity = Severity::Warning;
            findings.add(finding);
        }
    }
}

/// The longest sum of terms from each action to an end. Relaxed as often as there are actions, so rounds end too.
fn longest_ways(regulation: &Regulation) -> BTreeMap<u32, SignedDuration> {
    let mut longest = BTreeMap::new();
    for _ in 0..regulation.process.actions.len().min(64) {
        let before = longest.clone();
        for action in regulation.process.actions.iter().rev() {
            longest.insert(action.number, way(action, &longest));
        }
        if longest == before {
            break;
        }
    }
    longest
}

fn way(action: &Action, longest: &BTreeMap<u32, SignedDuration>) -> SignedDuration {
    let own = action.term.and_then(Term::length).unwrap_or_default();
    // While the recipient is asked for more the term is suspended, so that way adds nothing.
    let ways = action.next.all().filter(|(branch, _)| *branch != Branch::More);
    let rest = ways.filter_map(|(_, next)| longest.get(&next)).max().copied().unwrap_or_default();
    own.saturating_add(rest)
}
