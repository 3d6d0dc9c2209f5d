//! Statutory terms: every action has one, and together they keep the term of the service [R1116-12, R1116-A1.5].

use jiff::SignedDuration;
use qyzmet_domain::Term;

use super::graph;
use super::table::Table;
use crate::finding::FindingKind;
use crate::process::{Action, Branch};
use crate::read::Findings;
use crate::{Regulation, Verb};

pub(super) fn check(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    for action in table.actions.iter().filter(|action| action.term.is_none()) {
        let gap = action.gaps.term.as_ref().map_or_else(String::new, |gap| format!(": {gap}"));
        let words = format!("action {} has no statutory term{gap}", action.number);
        let finding = if matches!(action.does, Verb::Pay(_)) {
            let words = format!("{words}, and an unpaid fee would be waited for without end");
            action.place.error(FindingKind::MissingTerm, words)
        } else {
            action.place.warning(FindingKind::MissingTerm, words)
        };
        findings.add(finding.about(action.number));
    }
    exceeded(regulation, table, findings);
}

/// The term of the service runs from acceptance, so what comes after the confirmation is added up.
fn exceeded(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    let Some(limit) = regulation.service.term.limit.length() else { return };
    let longest = longest_ways(table);
    for action in table.actions.iter().filter(|action| action.does.confirms()) {
        let next = action.next.ok.and_then(|next| table.index(next));
        let rest = next.map(|index| longest[index]).unwrap_or_default();
        if rest > limit {
            let (rest, limit) = (Term::Running(rest), Term::Running(limit));
            let words =
                format!("after acceptance the actions take up to {rest}, and the service has {limit}");
            findings.add(action.place.warning(FindingKind::TermExceeded, words).about(action.number));
        }
    }
}

/// The longest sum of terms from each action to an end, each action counted once: a way round is not gone twice.
fn longest_ways(table: &Table<'_>) -> Vec<SignedDuration> {
    let mut longest = vec![SignedDuration::ZERO; table.actions.len()];
    for index in graph::post_order(&table.edges) {
        let action = &table.actions[index];
        // While the recipient is asked for more the term is suspended, so that way adds nothing.
        let ways = action.next.all().filter(|(branch, _)| *branch != Branch::More);
        let rest = ways.filter_map(|(_, next)| table.index(next)).map(|next| longest[next]).max();
        longest[index] = own(action).saturating_add(rest.unwrap_or_default());
    }
    longest
}

fn own(action: &Action) -> SignedDuration {
    action.term.and_then(Term::length).unwrap_or_default()
}
