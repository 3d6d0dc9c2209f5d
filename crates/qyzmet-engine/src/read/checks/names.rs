//! Names that are used must be defined: units, pages, fields, facts, grounds.

use super::fault;
use crate::Regulation;
use crate::finding::FindingKind;
use crate::form::FieldKind;
use crate::process::{Action, UnitKind};
use crate::read::Findings;
use crate::service::Automation;
use crate::verbs::{Awaited, Use, Verb};

pub(super) fn check(regulation: &Regulation, findings: &Findings) {
    for action in &regulation.process.actions {
        unit(regulation, action, findings);
        for used in action.does.uses() {
            if let Some(words) = undefined(regulation, &used) {
                findings.add(fault(action, FindingKind::UnknownName, words));
            }
        }
    }
    for (line, fact) in &regulation.form.prefill {
        if let Some(words) = undefined(regulation, &Use::Fact(fact.clone())) {
            let place = crate::finding::Place::file("form.toml");
            findings.add(place.error(FindingKind::UnknownName, format!("prefill `{line}`: {words}")));
        }
    }
}

fn unit(regulation: &Regulation, action: &Action, findings: &Findings) {
    match regulation.process.unit(&action.unit) {
        None => {
            let words = format!("there is no [[unit]] with the id `{}`", action.unit);
            findings.add(fault(action, FindingKind::UnknownName, words));
        }
        Some(unit) if unit.kind == UnitKind::People && regulation.service.automation == Automation::Full => {
            let words =
                format!("people of `{}` act here, but the service says it is fully automated", unit.id);
            findings.add(fault(action, FindingKind::ManualStep, words));
        }
        Some(_) => {}
    }
}

/// What is wrong with a use, if anything. Facts of registers are known only when they answer. Texts are checked with
/// all other texts.
fn undefined(regulation: &Regulation, used: &Use) -> Option<String> {
    match used {
        Use::Page(id) => regulation.page(id).is_none().then(|| format!("form.toml has no page `{id}`")),
        Use::Consent(id) => {
            let field = regulation.form.field(id);
            let is_consent = field.is_some_and(|field| matches!(field.kind, FieldKind::Consent { .. }));
            (!is_consent).then(|| format!("form.toml has no field `{id}` of type consent"))
        }
        Use::Ground(id) => {
            regulation.service.ground(id).is_none().then(|| format!("service.toml has no ground `{id}`"))
        }
        Use::Fact(name) => {
            (!is_fact(regulation, name)).then(|| format!("`{name}` is no fact that can be known"))
        }
        Use::Officer(number) => {
            let of_officer = |action: &Action| {
                matches!(action.does, Verb::Receive(_) | Verb::Decide(_) | Verb::Approve(_))
            };
            let is_one = regulation.process.action(*number).is_some_and(of_officer);
            (!is_one).then(|| format!("`apart-from`: action {number} is none that an officer does"))
        }
        Use::Text(_) => None,
    }
}

fn is_fact(regulation: &Regulation, name: &str) -> bool {
    let field = |id: &str| regulation.form.field(id).is_some_and(|field| field.fact() == name);
    match name.split_once('.') {
        None => name == "today",
        Some(("recipient", what)) => matches!(what, "iin" | "bin" | "name"),
        Some(("form" | "consent", id)) => field(id),
        Some((subject, _)) => regulation.process.actions.iter().any(|action| tells(action, subject)),
    }
}

/// Facts stand under the name of their subject, so only subjects that an action asks about or waits for can have any.
fn tells(action: &Action, subject: &str) -> bool {
    match &action.does {
        Verb::Query(query) => query.ask.contains_key(subject),
        Verb::Call(call) => call.gives.as_deref() == Some(subject),
        Verb::Await(wait) => matches!(&wait.what, Awaited::Event(event) if event == subject),
        Verb::Pay(_) => subject == "payment",
        Verb::Number(_) => subject == "request",
        _ => false,
    }
}
