//! JSON Schemas of the files of a folder, for editors: the readers are run over tables that say nothing but the word on which
//! the rest depends, and what they ask for is written down.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};
use toml::de::DeTable;

use super::shape::Shape;
use super::{Fields, Findings, Sheet, example, form, process, service};
use crate::verbs::Verb;

/// The schema of each kind of file: `service`, `process`, `form`, `text`, `example`. JSON Schema, draft 7.
#[must_use]
pub fn schemas() -> BTreeMap<&'static str, Value> {
    let service = noted("", |fields| drop(service::read(fields))).schema();
    let example = noted("", |fields| drop(example::read(fields))).schema();
    BTreeMap::from([
        ("service", titled("The passport of a service", service)),
        ("process", titled("The action table of a service", process_schema())),
        ("form", titled("The form of a service", form_schema())),
        ("text", titled("The words of a service in one language", text_schema())),
        ("example", titled("A sample case of a service", example)),
    ])
}

/// What a reader asks of a table.
fn noted(text: &str, read: impl FnOnce(&Fields<'_>)) -> Shape {
    let shape = Rc::<RefCell<Shape>>::default();
    let findings = Findings::default();
    let (table, _) = DeTable::parse_recoverable(text);
    let sheet = Sheet { file: "schema", text, lines: &[0] };
    let fields = Fields::new(sheet, table.get_ref(), 0, &findings).noting(Rc::clone(&shape));
    read(&fields);
    shape.take()
}

/// One shape for each word of a list: the rest of the table depends on it.
fn by_word(key: &'static str, words: &[&str], read: impl Fn(&Fields<'_>)) -> Value {
    let of = |word: &&str| {
        noted(&format!("{key} = \"{word}\""), &read).schema_with(&[(key, json!({ "const": word }))])
    };
    json!({ "oneOf": words.iter().map(of).collect::<Vec<_>>() })
}

fn process_schema() -> Value {
    let action = by_word("does", Verb::WORDS, |fields| drop(process::action(fields)));
    with_items(noted("", |fields| drop(process::read(fields))).schema(), "action", action)
}

fn form_schema() -> Value {
    let field = by_word("type", &form::TYPES, |fields| drop(form::field(fields)));
    let mut schema = noted("", |fields| drop(form::read(fields))).schema();
    let page = with_items(schema["properties"]["page"]["items"].take(), "field", field);
    schema["properties"]["page"]["items"] = page;
    schema
}

fn with_items(mut schema: Value, key: &str, items: Value) -> Value {
    schema["properties"][key]["items"] = items;
    schema
}

/// Tables of tables of texts.
fn text_schema() -> Value {
    let texts = json!({ "anyOf": [{ "type": "string" }, { "$ref": "#/definitions/texts" }] });
    json!({
        "$ref": "#/definitions/texts",
        "definitions": { "texts": { "type": "object", "additionalProperties": texts } },
    })
}

fn titled(title: &str, mut schema: Value) -> Value {
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(title);
    schema
}

#[cfg(test)]
mod tests;
