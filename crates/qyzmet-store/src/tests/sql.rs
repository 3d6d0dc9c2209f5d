//! The texts of statements and migrations themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{migrations, on_both_engines, statements};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

on_both_engines! {
    // Opening prepares every registered statement: this fails when one does not fit the engine or the schema.
    async fn every_statement_can_be_prepared(store: Store) {
        assert!(statements::all().count() > 30);
        assert_eq!(store.ping().await, Ok(()));
    }
}

#[test]
fn every_module_with_statements_is_registered() {
    let mut files = Vec::new();
    sources(&folder("src"), &mut files);
    let declaring =
        files.iter().filter(|file| fs::read_to_string(file).unwrap().contains("\nsql! {")).count();
    let registered: BTreeSet<_> = statements::all().map(|statement| statement.module()).collect();
    assert_eq!(
        declaring,
        registered.len(),
        "a module with sql! is missing in statements.rs: {registered:#?}"
    );
}

/// SQLite's form of a statement is made by changing every `$`, also one inside a quoted text.
#[test]
fn no_statement_has_a_placeholder_sign_inside_quotes() {
    let of_tests = [super::basics::STATEMENTS, super::journal::STATEMENTS, super::trouble::STATEMENTS];
    for statement in statements::all().chain(of_tests.into_iter().flatten().copied()) {
        let quoted = statement.text().split('\'').skip(1).step_by(2);
        assert!(quoted.clone().all(|text| !text.contains(['$', '?'])), "{}", statement.name());
    }
}

#[test]
fn every_migration_in_the_folder_is_applied_in_the_order_of_numbers() {
    let mut files: Vec<_> = fs::read_dir(folder("migrations"))
        .unwrap()
        .map(|item| item.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    let listed: Vec<_> = migrations::ALL.iter().map(|migration| migration.name.to_owned()).collect();
    assert_eq!(listed, files);
}
