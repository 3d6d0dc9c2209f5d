//! Whether the files of a folder are still the ones from which something was made.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::Path,
};

use crate::Failure;

/// A word that changes with any file of the folder; folders with one of the skipped names do not count.
///
/// # Errors
/// When a file cannot be read.
pub fn of(folder: &Path, skipped: &[&str]) -> Result<String, Failure> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(Failure::file(&folder))?.flatten() {
            let path = entry.path();
            if path.is_file() {
                let bytes = fs::read(&path).map_err(Failure::file(&path))?;
                files.insert(path, bytes);
            } else if !skipped.iter().any(|name| path.ends_with(name)) {
                folders.push(path);
            }
        }
    }
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

/// A word that changes with the file.
///
/// # Errors
/// When it cannot be read.
pub fn of_file(path: &Path) -> Result<String, Failure> {
    let mut hasher = DefaultHasher::new();
    fs::read(path).map_err(Failure::file(path))?.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

/// Whether the mark was left by the same files.
#[must_use]
pub fn is_kept(mark: &Path, word: &str) -> bool {
    fs::read_to_string(mark).is_ok_and(|kept| kept == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_is_noticed_and_a_skipped_one_is_not() {
        let folder = std::env::temp_dir().join(format!("qyzmet-fingerprint-{}", std::process::id()));
        fs::create_dir_all(folder.join("dist")).unwrap();
        fs::write(folder.join("a"), "1").unwrap();
        let first = of(&folder, &["dist"]).unwrap();
        fs::write(folder.join("dist/b"), "1").unwrap();
        assert_eq!(of(&folder, &["dist"]).unwrap(), first);
        fs::write(folder.join("a"), "2").unwrap();
        assert_ne!(of(&folder, &["dist"]).unwrap(), first);
        fs::remove_dir_all(folder).unwrap();
    }
}
