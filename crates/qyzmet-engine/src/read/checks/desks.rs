//! What an officer fills at a desk and what a recipient fills on a screen have each their own keys; what a person does away
//! from any screen somebody must see.

use super::fault;
use super::table::Table;
use crate::finding::FindingKind;
use crate::process::{Action, UnitKind};
use crate::read::Findings;
use crate::verbs::{Apart, Await, Awaited, Fill};
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

/// Told of a table that could run: in one that cannot, only what the act itself got wrong is told.
pub(super) fn unseen(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    for action in table.actions {
        unseen_event(regulation, action, findings);
    }
}

/// An event of a person that no desk sees: the page of the request offers the person no button for it, as their own word proves
/// nothing, so only an information system could ever report it [R839-6.P6].
fn unseen_event(regulation: &Regulation, action: &Action, findings: &Findings) {
    let Verb::Await(Await { what: Awaited::Event(event), desk: None, .. }) = &action.does else { return };
    let unit = regulation.process.unit(&action.unit);
    if unit.is_some_and(|unit| unit.kind == UnitKind::Person) {
        let words = format!(
            "`{event}` is what `{}` does, and no officer sees it: unless an information system reports it, name the unit that \
             does with `desk`",
            action.unit
        );
        findings.add(action.place.warning(FindingKind::MissingKey, words).about(action.number));
    }
}

fn has_rules(fill: &Fill) -> bool {
    !fill.desk.grounds.is_empty() || fill.desk.apart != Apart::Nobody
}

fn bad(action: &Action, findings: &Findings, words: &str) {
    findings.add(fault(action, FindingKind::BadValue, words.to_owned()));
}
