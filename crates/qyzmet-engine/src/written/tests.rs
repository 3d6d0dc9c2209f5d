//! What is written is read as the same model, for every service, every skeleton and both sets of tables of order 839.

use std::path::{Path, PathBuf};

use crate::samples::{folder, sample_folder};
use crate::{Folder, Regulation, read_draft};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every folder with an action table that the repository has.
pub(crate) fn every_regulation() -> Vec<(String, Regulation)> {
    let mut folders: Vec<(String, Folder)> =
        ["services", "tests/acts/839-as-printed", "crates/qyzmet/templates"]
            .iter()
            .flat_map(|place| std::fs::read_dir(root().join(place)).unwrap())
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.join("service.toml").is_file())
            .map(|path| (path.display().to_string(), folder(&path)))
            .collect();
    folders.extend(
        ["automated", "composite", "desk", "permit"].map(|name| (name.to_owned(), sample_folder(name))),
    );
    let drafts: Vec<_> =
        folders.iter().filter_map(|(name, folder)| Some((name.clone(), read_draft(folder)?))).collect();
    assert!(drafts.len() >= 17, "{}", drafts.len());
    drafts
}

/// [R1116-12]
#[test]
fn what_is_written_is_read_as_the_same_model() {
    for (name, regulation) in every_regulation() {
        let files = [
            ("service.toml", regulation.service.written()),
            ("process.toml", regulation.process.written()),
            ("form.toml", regulation.form.written()),
            (regulation.service.result.template.as_str(), String::new()),
        ];
        let folder = Folder(
            files.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes())).collect(),
        );
        let again = read_draft(&folder).unwrap_or_else(|| panic!("{name}: {}", files[1].1));
        assert_eq!(again.process, regulation.process, "{name}");
        assert_eq!(again.service, regulation.service, "{name}");
        assert_eq!(again.form, regulation.form, "{name}");
    }
}

/// Every verb stands in some table, so none is written without being read again.
#[test]
fn every_verb_is_among_those_that_are_written() {
    let used: std::collections::BTreeSet<&str> = every_regulation()
        .iter()
        .flat_map(|(_, regulation)| {
            regulation.process.actions.iter().map(|action| action.does.as_str()).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(used, crate::Verb::WORDS.iter().copied().collect());
}
