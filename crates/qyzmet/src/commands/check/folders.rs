//! Folders of services on disk: which there are, and what is in them.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

/// The file by which the folder of a service is known.
const PASSPORT: &str = "service.toml";

/// The folder itself, or the services in it when it is a folder of folders.
pub(super) fn services(path: &Path) -> Result<Vec<PathBuf>, io::Error> {
    let inside = inside(path)?;
    if path.join(PASSPORT).exists() || inside.is_empty() { Ok(vec![path.to_owned()]) } else { Ok(inside) }
}

/// The services that stand beside this one. A parent that cannot be read has none.
pub(super) fn beside(path: &Path) -> Vec<PathBuf> {
    let Ok(path) = path.canonicalize() else { return Vec::new() };
    let mut found = path.parent().and_then(|parent| inside(parent).ok()).unwrap_or_default();
    found.retain(|other| *other != path);
    found
}

/// Services directly inside a folder, in the order of their names.
fn inside(path: &Path) -> Result<Vec<PathBuf>, io::Error> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        if path.join(PASSPORT).is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// All files of a folder, by their path inside it.
///
/// # Errors
/// When the folder or a file cannot be read.
pub(in crate::commands) fn read_folder(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, io::Error> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(name) = path.strip_prefix(root) {
                files.insert(name.to_string_lossy().replace('\\', "/"), std::fs::read(&path)?);
            }
        }
    }
    Ok(files)
}
