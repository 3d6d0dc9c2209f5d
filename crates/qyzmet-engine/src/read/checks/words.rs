//! Texts: all there in all three languages, with the same placeholders, in clean letters, short enough to send.

use std::collections::BTreeMap;

use qyzmet_domain::Locale;

use crate::finding::{FindingKind, Place};
use crate::form::is_mixed;
use crate::process::Action;
use crate::read::Findings;
use crate::read::notes::Notes;
use crate::texts::{fill, placeholders};
use crate::verbs::{Condition, Test, Use, Verb};
use crate::{Field, PASSPORT_ROWS, Regulation};

pub(super) fn check(regulation: &Regulation, findings: &Findings) {
    let mut needed = needed(regulation, &findings.notes);
    for locale in Locale::ALL {
        for key in regulation.texts.keys(locale) {
            // Nothing asks for it; then it is missed because another language has it.
            let there = || findings.notes.said(&file(locale), key);
            needed.entry(key.to_owned()).or_insert_with(there);
        }
    }
    for locale in Locale::ALL {
        // A file that is missing as a whole has its own finding.
        if regulation.texts.keys(locale).next().is_none() {
            continue;
        }
        let file = file(locale);
        for (key, asking) in &needed {
            match regulation.text(locale, key) {
                None | Some("") => {
                    let words = format!("the text `{key}` is missing in {file}");
                    findings.add(asking.error(FindingKind::MissingText, words));
                }
                Some(text) => one(regulation, key, text, &findings.notes.said(&file, key), findings),
            }
        }
    }
    long_messages(regulation, findings);
}

fn file(locale: Locale) -> String {
    format!("text.{locale}.toml")
}

/// Every key that something in the folder will ask for, and what asks for it.
fn needed(regulation: &Regulation, notes: &Notes) -> BTreeMap<String, Place> {
    let asked = |key: String| {
        let place = notes.asked(&key).unwrap_or_else(|| Place::file("service.toml"));
        (key, place)
    };
    let mut needed: BTreeMap<_, _> = of_passport_and_form(regulation).into_iter().map(asked).collect();
    for action in &regulation.process.actions {
        for key in of_action(action) {
            needed.entry(key).or_insert_with(|| action.place.clone());
        }
    }
    needed
}

fn of_passport_and_form(regulation: &Regulation) -> Vec<String> {
    let mut keys = vec!["title".to_owned()];
    for row in PASSPORT_ROWS {
        keys.extend([format!("head.{row}"), format!("row.{row}")]);
    }
    keys.push(format!("because.{}", regulation.service.disclosure_risk.because));
    keys.extend(regulation.service.grounds.iter().map(|ground| format!("ground.{}", ground.id)));
    keys.extend(regulation.process.units.iter().map(|unit| format!("unit.{}", unit.id)));
    keys.extend(regulation.form.prefill.keys().map(|line| format!("prefill.{line}")));
    for page in &regulation.form.pages {
        keys.push(format!("page.{}", page.id));
        keys.extend(page.fields.iter().map(|field| format!("form.{}", field.id)));
        keys.extend(page.fields.iter().flat_map(|field| field.kind.words()));
        keys.extend(
            page.fields.iter().filter_map(|field| field.button.as_ref()).map(|id| format!("button.{id}")),
        );
        keys.extend(page.fields.iter().flat_map(Field::profiles).map(|profile| profile.text_key()));
    }
    keys
}

fn of_action(action: &Action) -> Vec<String> {
    let mut keys = vec![format!("action.{}", action.number)];
    keys.extend(action.term_because.iter().map(|key| format!("because.{key}")));
    keys.extend(action.does.uses().into_iter().filter_map(|used| match used {
        Use::Text(key) => Some(key),
        _ => None,
    }));
    if let Verb::Check(check) = &action.does {
        check.conditions.iter().for_each(|condition| keys.extend(words_of(condition)));
    }
    keys
}

/// Texts with which a failed condition is explained.
fn words_of(condition: &Condition) -> Vec<String> {
    let mut keys = vec![format!("fact.{}", condition.premise.fact)];
    match &condition.premise.test {
        Test::Is(value) => keys.push(format!("value.{value}")),
        Test::IsNot(value) => keys.extend(["test.not".to_owned(), format!("value.{value}")]),
        Test::OneOf(values) => keys.extend(values.iter().map(|value| format!("value.{value}"))),
        Test::NotBefore(_) => keys.push("test.not-before".to_owned()),
        Test::NotAfter(_) => keys.push("test.not-after".to_owned()),
        Test::SameAs(_) => {}
    }
    keys
}

/// One text beside the same text in Kazakh, the source.
fn one(regulation: &Regulation, key: &str, text: &str, place: &Place, findings: &Findings) {
    let source = regulation.text(Locale::Kk, key).unwrap_or(text);
    if placeholders(text) != placeholders(source) {
        let words = format!("the text `{key}` has other placeholders than in Kazakh");
        findings.add(place.error(FindingKind::BadValue, words));
    }
    if let Some(word) = text.split(|c: char| !c.is_alphabetic()).find(|word| is_mixed(word)) {
        let words = format!("in the text `{key}` the word “{word}” mixes Cyrillic and Latin letters");
        findings.add(place.warning(FindingKind::BadValue, words));
    }
}

/// One SMS in Cyrillic letters holds so many characters.
const ONE_SMS: usize = 70;
/// Room for the address of the portal.
const HOST: &str = "a.portal.of.25.characters";
/// Room for the code.
const CODE: &str = "000000";

fn long_messages(regulation: &Regulation, findings: &Findings) {
    for locale in Locale::ALL {
        let messages: Vec<_> =
            regulation.texts.keys(locale).filter(|key| key.starts_with("message.")).collect();
        for key in messages {
            let text = regulation.text(locale, key).unwrap_or_default();
            let length = fill(text, &[("code", CODE), ("host", HOST)]).chars().count();
            if length > ONE_SMS {
                let words = format!("the text `{key}` has {length} characters, and one SMS holds {ONE_SMS}");
                let place = findings.notes.said(&file(locale), key);
                findings.add(place.error(FindingKind::LongMessage, words));
            }
        }
    }
}
