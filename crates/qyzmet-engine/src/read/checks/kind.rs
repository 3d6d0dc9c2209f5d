//! The type and the degree of automation that a service claims must be what its actions show [R1116-3, R1116-4].

use qyzmet_domain::Means;

use super::fault;
use super::table::Table;
use crate::finding::{FindingKind, Place};
use crate::process::{Action, UnitKind};
use crate::read::Findings;
use crate::service::{Automation, ServiceType};
use crate::{Regulation, Verb};

pub(super) fn check(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    if regulation.service.automation == Automation::Full {
        table.actions.iter().for_each(|action| by_hand(regulation, action, findings));
    }
    let signing = table.actions.iter().find(|action| is_signing(regulation, action));
    match regulation.service.kind {
        ServiceType::Transactional if signing.is_none() => transactional(findings),
        ServiceType::Informational => signing.into_iter().for_each(|action| informational(action, findings)),
        ServiceType::Interactive => interactive(table, findings),
        ServiceType::Transactional => {}
    }
}

/// People and papers have no place in a service that says it is fully automated [R1116-3, R1116-5.7].
fn by_hand(regulation: &Regulation, action: &Action, findings: &Findings) {
    let unit = regulation.process.unit(&action.unit);
    if let Some(unit) = unit.filter(|unit| unit.kind == UnitKind::People) {
        let words = format!("people of `{}` act here, but the service says it is fully automated", unit.id);
        findings.add(fault(action, FindingKind::ManualStep, words));
    }
}

/// Whether somebody certifies something with EDS here.
fn is_signing(regulation: &Regulation, action: &Action) -> bool {
    let mut channels = regulation.service.channels.iter();
    match action.does {
        Verb::Approve(_) => true,
        _ if !action.does.confirms() => false,
        _ => channels.any(|channel| regulation.confirmation(*channel).contains(&Means::Eds)),
    }
}

/// Without EDS nothing is exchanged in a transactional way [R1116-5.10].
fn transactional(findings: &Findings) {
    let words = "the service says it is transactional, and no action certifies anything with EDS: add `confirm` or \
                 `approve`, or name another type";
    findings.add(Place::file("service.toml").error(FindingKind::WrongType, words));
}

/// Who only gives information asks nobody to sign [R1116-5.4].
fn informational(action: &Action, findings: &Findings) {
    let words = "the service says it is informational, and a request is signed here: leave the step out, or name another \
                 type";
    findings.add(fault(action, FindingKind::WrongType, words.to_owned()));
}

/// An interactive service has a request and an answer [R1116-5.5].
fn interactive(table: &Table<'_>, findings: &Findings) {
    let asks = table.actions.iter().any(|action| matches!(action.does, Verb::Fill(_) | Verb::Confirm(_)));
    let answers = table.actions.iter().any(|action| matches!(action.does, Verb::Issue(_) | Verb::Notify(_)));
    if !(asks && answers) {
        let words = "the service says it is interactive, and there is no request (`fill`, `confirm`) or no answer (`issue`, \
                     `notify`)";
        findings.add(Place::file("service.toml").error(FindingKind::WrongType, words));
    }
}
