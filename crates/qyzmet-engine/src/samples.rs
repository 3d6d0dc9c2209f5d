//! The showcase service as a folder in memory, whole or damaged, for the tests of this crate.

use std::path::Path;

use crate::{Folder, Regulation, read};

/// `services/subscriber-number-link`.
pub(crate) fn number_link() -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services/subscriber-number-link");
    let mut folder = Folder::default();
    for (place, prefix) in [(root.clone(), ""), (root.join("examples"), "examples/")] {
        for entry in std::fs::read_dir(place).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                folder.0.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    folder
}

/// The service, read.
pub(crate) fn regulation() -> Regulation {
    read(&number_link()).unwrap()
}

/// The folder with one passage of one file replaced; the passage must be there.
pub(crate) fn edited(file: &str, from: &str, to: &str) -> Folder {
    let mut folder = number_link();
    let text = String::from_utf8(folder.0[file].clone()).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    folder.0.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    folder
}
