//! Clauses: the act that is cited has them, and they hold on the first day of the wording.
//!
//! An act that is not known is a warning and no error: an agency may rest a service on an act of its own,
//! and what cannot be looked up is not wrong. A clause that a known act lacks is an error: it is misspelt.

use std::collections::BTreeSet;

use jiff::civil::Date;
use qyzmet_domain::Clause;

use crate::Regulation;
use crate::acts::{Act, Acts, Validity};
use crate::finding::{FindingKind, Place};
use crate::read::Findings;
use crate::read::notes::Cited;

pub(super) fn check(regulation: &Regulation, acts: &Acts, findings: &Findings) {
    let day = regulation.service.valid_from;
    let mut check = Check { day, acts, told: BTreeSet::new(), findings };
    for (cited, place) in findings.notes.cited() {
        match &cited {
            Cited::Act(id) => drop(check.act(id, &place)),
            Cited::Clause(clause) => check.clause(clause, &place),
        }
    }
}

struct Check<'a> {
    /// The first day of the wording.
    day: Date,
    /// The acts that are known.
    acts: &'a Acts,
    /// Acts about which all is said.
    told: BTreeSet<String>,
    findings: &'a Findings,
}

impl<'a> Check<'a> {
    /// The act, if it is known; what is wrong with it as a whole is told once.
    fn act(&mut self, id: &str, place: &Place) -> Option<&'a Act> {
        let act = self.acts.act(id);
        let holds = act.map(|act| act.valid.holds_on(self.day));
        if holds != Some(true) && self.told.insert(id.to_owned()) {
            let (kind, words) = match act {
                None => (
                    FindingKind::UnknownClause,
                    format!("no act `{id}` is known: its clauses cannot be looked up"),
                ),
                Some(act) => {
                    (FindingKind::OutdatedClause, self.outdated(&format!("the act {id}"), act.valid))
                }
            };
            self.findings.add(place.warning(kind, words));
        }
        act
    }

    fn clause(&mut self, clause: &Clause, place: &Place) {
        let Some(act) = self.act(clause.act(), place) else { return };
        let Some(provision) = act.clause(clause) else {
            let words = format!("the act {} has no clause `{}`", clause.act(), clause.place());
            self.findings.add(place.error(FindingKind::UnknownClause, words));
            return;
        };
        if let Some(valid) = provision.valid.filter(|valid| !valid.holds_on(self.day)) {
            let words = self.outdated(&format!("the clause {clause}"), valid);
            self.findings.add(place.warning(FindingKind::OutdatedClause, words));
        }
    }

    fn outdated(&self, what: &str, valid: Validity) -> String {
        let day = self.day;
        match valid.until.filter(|until| *until <= day) {
            Some(until) => format!("{what} lost force on {until}, and this wording is valid from {day}"),
            None => {
                let from = valid.from.unwrap_or(day);
                format!("{what} holds from {from} only, and this wording is valid from {day}")
            }
        }
    }
}
