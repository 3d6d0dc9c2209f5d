//! The schemas in `docs/schemas` are those of the readers, and they take what the readers take.

use std::path::{Path, PathBuf};

use super::*;
use crate::Folder;
use crate::samples::{number_link, sample_folder};

fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas").join(format!("{name}.json"))
}

/// With `UPDATE_GOLDEN` set the files are written anew.
#[test]
fn the_schemas_of_the_repository_are_those_of_the_readers() {
    for (name, schema) in schemas() {
        let written = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(place(name), &written).unwrap();
        }
        let kept = std::fs::read_to_string(place(name)).unwrap_or_default();
        assert!(kept == written, "docs/schemas/{name}.json is of another reader: run with UPDATE_GOLDEN=1");
    }
}

/// A small judge of the part of JSON Schema that the schemas use.
fn fits(schema: &Value, root: &Value, value: &toml::Value) -> bool {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/definitions/")) {
        return fits(&root["definitions"][name], root, value);
    }
    let list = |key: &str| schema[key].as_array().cloned().unwrap_or_default();
    let count = |key: &str| list(key).iter().filter(|schema| fits(schema, root, value)).count();
    let word = |word: &Value| word.as_str() == value.as_str();
    let type_fits = match schema["type"].as_str() {
        Some("string") => value.is_str() || value.is_datetime(),
        Some("integer") => {
            value.as_integer().is_some_and(|number| number >= schema["minimum"].as_i64().unwrap_or(0))
        }
        Some("boolean") => value.is_bool(),
        Some("array") => {
            value.as_array().is_some_and(|items| items.iter().all(|item| fits(&schema["items"], root, item)))
        }
        Some("object") => value.as_table().is_some_and(|table| table_fits(schema, root, table)),
        _ => true,
    };
    type_fits
        && (schema.get("oneOf").is_none() || count("oneOf") == 1)
        && (schema.get("anyOf").is_none() || count("anyOf") > 0)
        && count("allOf") == list("allOf").len()
        && (schema.get("enum").is_none() || list("enum").iter().any(word))
        && schema.get("const").is_none_or(word)
        && list("required").iter().all(|key| value.get(key.as_str().unwrap()).is_some())
}

fn table_fits(schema: &Value, root: &Value, table: &toml::Table) -> bool {
    table.iter().all(|(key, value)| match (schema["properties"].get(key), &schema["additionalProperties"]) {
        (Some(schema), _) => fits(schema, root, value),
        (None, Value::Bool(open)) => *open,
        (None, schema) => fits(schema, root, value),
    })
}

fn kind_of(file: &str) -> Option<&'static str> {
    match file {
        "service.toml" => Some("service"),
        "process.toml" => Some("process"),
        "form.toml" => Some("form"),
        file if file.starts_with("text.") => Some("text"),
        file if file.starts_with("examples/") => Some("example"),
        _ => None,
    }
}

fn is_taken(folder: &Folder, file: &str) -> bool {
    let schemas = schemas();
    let schema = &schemas[kind_of(file).unwrap()];
    let text = std::str::from_utf8(&folder.0[file]).unwrap();
    fits(schema, schema, &toml::Value::Table(text.parse().unwrap()))
}

#[test]
fn every_file_that_reads_well_fits_its_schema() {
    let folders = [number_link(), sample_folder("permit"), sample_folder("desk"), sample_folder("composite")];
    for folder in &folders {
        for file in folder.0.keys().filter(|file| kind_of(file).is_some()) {
            assert!(is_taken(folder, file), "{file}");
        }
    }
}

#[test]
fn what_the_reader_refuses_by_key_or_word_the_schema_refuses_too() {
    let wrong = [
        ("process.toml", "completion = \"data\"", "complexion = \"data\""),
        ("process.toml", "does       = \"call\"", "does       = \"telephone\""),
        ("process.toml", "operation  = \"link-number\"", ""),
        ("process.toml", "next       = 9", "next       = { onward = 9 }"),
        ("process.toml", "kind = \"person\"", "kind = \"animal\""),
        ("process.toml", "not-before = \"today\"", "not-before = \"today\", is = \"x\""),
        ("service.toml", "fee        = \"free\"", "fee        = \"cheap\""),
        ("service.toml", "permit     = false", ""),
        ("form.toml", "type     = \"mobile-number\"", "type     = \"mobile\""),
        ("examples/linked.toml", "outcome     =", "end ="),
    ];
    for (file, from, to) in wrong {
        let folder = crate::samples::edited(file, from, to);
        assert!(crate::read(&folder).is_err(), "the reader takes {to}");
        assert!(!is_taken(&folder, file), "the schema takes {to}");
    }
}
