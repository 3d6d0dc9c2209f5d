//! The BPMN files are valid by the schema of the OMG, and an outside reader takes them without a warning.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use qyzmet_domain::Locale;
use xtask::{assets, repository, shell};

use super::services;

/// All files of all services in a folder.
fn written(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for (service, regulation) in services() {
        for locale in Locale::ALL {
            let file = folder.join(format!("{service}.{locale}.bpmn"));
            fs::write(&file, regulation.bpmn(locale)).expect("a file is kept");
            files.push(file);
        }
    }
    files
}

fn tools() -> PathBuf {
    let tools = repository::root().join("tests/tools");
    assets::install(&tools).expect("npm installs the tools");
    tools
}

/// The schema comes with the outside reader, so nothing of the OMG stands in this repository.
/// [R1116-A2.1, R839-17]
#[test]
fn every_diagram_is_valid_by_the_schema_of_the_notation() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = tools().join("node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd");
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet", "--schema"]).arg(schema).args(written(folder.path()));
    shell::output(&mut command).expect("xmllint finds every file valid");
}

/// [R1116-A2.1]
#[test]
fn an_outside_reader_understands_every_diagram() {
    let folder = tempfile::tempdir().expect("a folder");
    let tools = tools();
    let files = written(folder.path());
    let mut command = Command::new("node");
    command.arg("moddle.mjs").current_dir(tools).args(&files);
    let said = shell::output(&mut command).expect("the reader runs");
    let said = String::from_utf8(said).expect("words");
    let lines: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("JSON lines")).collect();
    assert_eq!(lines.len(), files.len());
    for line in lines {
        assert_eq!(line["warnings"], serde_json::json!([]), "{line}");
        assert!(line["elements"].as_u64().is_some_and(|count| count > 50), "{line}");
    }
}
