//! Names that are used must be defined: units, pages, fields, facts, grounds.

use std::collections::BTreeSet;

use qyzmet_domain::Register;

use super::fault;
use super::table::Table;
use crate::Regulation;
use crate::finding::{FindingKind, Place};
use crate::form::FieldKind;
use crate::process::{Action, UnitKind};
use crate::read::Findings;
use crate::verbs::{Await, Awaited, Use, Verb};

pub(super) fn check(regulation: &Regulation, table: &Table<'_>, findings: &Findings) {
    let known = Known::of(regulation);
    for action in table.actions {
        if !known.units.contains(action.unit.as_str()) {
            let words = format!("there is no [[unit]] with the id `{}`", action.unit);
            findings.add(fault(action, FindingKind::UnknownName, words));
        }
        if let Some(name) = register_of(action) {
            asks(action, name, findings);
        }
        for words in action.does.uses().iter().filter_map(|used| known.lacks(used)) {
            findings.add(fault(action, FindingKind::UnknownName, words));
        }
    }
    for (line, fact) in &regulation.form.prefill {
        if let Some(words) = known.lacks(&Use::Fact(fact.clone())) {
            let place = Place::file("form.toml");
            findings.add(place.error(FindingKind::UnknownName, format!("prefill `{line}`: {words}")));
        }
    }
}

/// A register must be one that the portal has a way to, and the question must name whom it is asked about.
fn asks(action: &Action, name: &str, findings: &Findings) {
    let Verb::Query(query) = &action.does else { return };
    let register = match name.parse::<Register>() {
        Ok(register) => register,
        Err(unknown) => {
            let words = format!("`{name}` is asked, and {unknown}: name one with `register`");
            return findings.add(fault(action, FindingKind::UnknownName, words));
        }
    };
    for subject in register.asks().iter().filter(|subject| !query.ask.contains_key(**subject)) {
        let words = format!("`ask`: the register {register} must be told `{subject}`");
        findings.add(fault(action, FindingKind::MissingKey, words));
    }
    for subject in query.ask.keys().filter(|subject| !register.asks().contains(&subject.as_str())) {
        let words = format!("`ask`: the register {register} is not asked about `{subject}`");
        findings.add(fault(action, FindingKind::UnknownKey, words));
    }
}

/// Everything that the folder defines, gathered once.
struct Known<'a> {
    units: BTreeSet<&'a str>,
    /// Units that are people at a desk.
    desks: BTreeSet<&'a str>,
    pages: BTreeSet<&'a str>,
    consents: BTreeSet<&'a str>,
    grounds: BTreeSet<&'a str>,
    /// Facts of the form.
    answers: BTreeSet<String>,
    /// Names under which facts stand that actions bring.
    subjects: BTreeSet<&'a str>,
    /// Registers that are asked.
    registers: Vec<Register>,
    /// Actions that an officer does.
    officers: BTreeSet<u32>,
}

impl<'a> Known<'a> {
    fn of(regulation: &'a Regulation) -> Self {
        let fields = || regulation.form.pages.iter().flat_map(|page| &page.fields);
        let actions = || regulation.process.actions.iter();
        let consents = fields().filter(|field| matches!(field.kind, FieldKind::Consent { .. }));
        let desks = regulation.process.units.iter().filter(|unit| unit.kind == UnitKind::People);
        Self {
            units: regulation.process.units.iter().map(|unit| unit.id.as_str()).collect(),
            desks: desks.map(|unit| unit.id.as_str()).collect(),
            pages: regulation.form.pages.iter().map(|page| page.id.as_str()).collect(),
            consents: consents.map(|field| field.id.as_str()).collect(),
            grounds: regulation.service.grounds.iter().map(|ground| ground.id.as_str()).collect(),
            answers: fields().map(crate::Field::fact).collect(),
            subjects: actions().flat_map(|action| subjects(&action.does)).collect(),
            registers: actions().filter_map(register_of).filter_map(|name| name.parse().ok()).collect(),
            officers: actions()
                .filter(|action| is_of_officer(regulation, action))
                .map(|action| action.number)
                .collect(),
        }
    }

    /// What is wrong with a use, if anything. Texts are checked with all other texts.
    fn lacks(&self, used: &Use) -> Option<String> {
        let missing = |set: &BTreeSet<&str>, id: &String, words: String| {
            if set.contains(id.as_str()) { None } else { Some(words) }
        };
        match used {
            Use::Page(id) => missing(&self.pages, id, format!("form.toml has no page `{id}`")),
            Use::Consent(id) => {
                missing(&self.consents, id, format!("form.toml has no field `{id}` of type consent"))
            }
            Use::Ground(id) => missing(&self.grounds, id, format!("service.toml has no ground `{id}`")),
            Use::Fact(name) => (!self.is_fact(name))
                .then(|| format!("`{name}` is no fact that can be known{}", self.near(name))),
            Use::Officer(number) => {
                let words = format!("`apart-from`: action {number} is none that an officer does");
                (!self.officers.contains(number)).then_some(words)
            }
            Use::Desk(id) => {
                missing(&self.desks, id, format!("`desk`: no [[unit]] of people has the id `{id}`"))
            }
            Use::Text(_) => None,
        }
    }

    fn is_fact(&self, name: &str) -> bool {
        match name.split_once('.') {
            None => name == "today",
            Some(("recipient", what)) => matches!(what, "iin" | "bin" | "name"),
            Some(("form" | "consent", _)) => self.answers.contains(name),
            Some((subject, _)) => self.subjects.contains(subject) || self.brings().any(|fact| fact == name),
        }
    }

    /// The facts of the registers that are asked.
    fn brings(&self) -> impl Iterator<Item = &'static str> {
        self.registers.iter().flat_map(|register| register.facts()).copied()
    }

    /// What the register says of the same subject, for who wrote a name wrong.
    fn near(&self, name: &str) -> String {
        let subject = name.split_once('.').map_or(name, |(subject, _)| subject);
        let same = |fact: &&str| fact.split_once('.').is_some_and(|(other, _)| other == subject);
        let facts: Vec<_> = self.brings().filter(same).collect();
        if facts.is_empty() { String::new() } else { format!(": the register knows {}", facts.join(", ")) }
    }
}

fn is_of_officer(regulation: &Regulation, action: &Action) -> bool {
    !matches!(action.does, Verb::Await(_)) && regulation.process.desk(action).is_some()
}

/// The register that an action asks.
fn register_of(action: &Action) -> Option<&str> {
    if let Verb::Query(query) = &action.does { Some(query.name(&action.unit)) } else { None }
}

/// Facts stand under the name of their subject, so only subjects that an action makes or waits for can have any. What
/// registers bring is known by its whole name.
fn subjects(verb: &Verb) -> Vec<&str> {
    match verb {
        Verb::Call(_) | Verb::Issue(_) => {
            verb.call().and_then(|call| call.gives.as_deref()).into_iter().collect()
        }
        Verb::Await(Await { what: Awaited::Event(event), .. }) => vec![event],
        Verb::Pay(_) => vec!["payment"],
        Verb::Number(_) => vec!["request"],
        _ => Vec::new(),
    }
}
