//! What is generated from the action tables of all services, looked at by programs that are not ours.

mod files;
mod printed;

use std::{collections::BTreeMap, fs, path::Path};

use qyzmet_engine::{Folder, Regulation, read_draft};
use xtask::repository;

/// Every service of the repository, by its id.
fn services() -> BTreeMap<String, Regulation> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(repository::root().join("services")).expect("services are there") {
        let path = entry.expect("an entry").path();
        if path.join("service.toml").is_file() {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let regulation = read_draft(&folder(&path));
            found.insert(name, regulation.unwrap_or_else(|| panic!("{} cannot be read", path.display())));
        }
    }
    found
}

fn folder(root: &Path) -> Folder {
    let mut files = BTreeMap::new();
    for (place, prefix) in [(root.to_owned(), ""), (root.join("examples"), "examples/")] {
        for entry in fs::read_dir(place).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                files.insert(format!("{prefix}{name}"), fs::read(&path).expect("a file is read"));
            }
        }
    }
    Folder(files)
}
