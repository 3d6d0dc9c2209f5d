//! What an officer fills at a desk and what a recipient fills on a screen have each their own keys.

use super::fault;
use super::table::Table;
use crate::finding::FindingKind;
use crate::process::Action;
use crate::read::Findings;
use crate::verbs::{Apart, Fill};
use crate::{Regulation, Verb};

pub(super) fn check(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    for action in table.actions {
        let Verb::Fill(fill) = &action.does else { continue };
        let at_desk = regulation.process.desk(action).is_some();
        // Where the author has named a desk, reading has said so already.
        if at_desk && fill.confirm && fill.desk.unit.is_none() {
            bad(
                action,
                findings,
                "an officer fills here, and only the recipient confirms: leave `confirm` out",
            );
        }
        if !at_desk && has_rules(fill) {
            let words = "`grounds`, `second` and `apart-from` are for officers: the recipient fills here, and no `desk` is \
                         named";
            bad(action, findings, words);
        }
    }
}

fn has_rules(fill: &Fill) -> bool {
    !fill.desk.grounds.is_empty() || fill.desk.apart != Apart::Nobody
}

fn bad(action: &Action, findings: &Findings, words: &str) {
    findings.add(fault(action, FindingKind::BadValue, words.to_owned()));
}
