//! Columns that contradict themselves or each other: the same words twice, a check that is completed by a refusal
//! [R1116-A1.3, R1116-A1.4].

use std::collections::BTreeMap;

use qyzmet_domain::Locale;

use super::fault;
use super::table::Table;
use crate::finding::FindingKind;
use crate::process::{Action, Completion};
use crate::read::Findings;
use crate::texts::plain;
use crate::{Regulation, Verb};

pub(super) fn check(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    same_words(regulation, table, findings);
    for action in table.actions {
        completed_by_refusal(action, findings);
    }
}

/// Two actions with the same words are one action written twice, or one of them has lost its own words.
fn same_words(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    let mut by_words: BTreeMap<String, Vec<&Action>> = BTreeMap::new();
    for action in table.actions {
        if let Some(words) = regulation.action_words(Locale::Kk, action.number) {
            by_words.entry(plain(words)).or_default().push(action);
        }
    }
    for same in by_words.values().filter(|same| same.len() > 1) {
        for (place, action) in same.iter().enumerate() {
            let other = same[if place == 0 { 1 } else { place - 1 }].number;
            let words = format!("in Kazakh action {} has the same words as action {other}", action.number);
            findings.add(fault(action, FindingKind::SameWords, words));
        }
    }
}

/// A check that holds leaves something else behind than a refusal: the refusal is an action of its own.
fn completed_by_refusal(action: &Action, findings: &Findings) {
    let ends = matches!(action.does, Verb::Refuse(_));
    if action.completion == Completion::ReasonedRefusal && !ends && action.next.ok.is_some() {
        let words = format!(
            "action {} only checks, and its form of completion is a refusal, which belongs to another action",
            action.number
        );
        findings.add(action.place.warning(FindingKind::WrongCompletion, words).about(action.number));
    }
}
