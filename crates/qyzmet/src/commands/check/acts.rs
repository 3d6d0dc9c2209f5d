//! A folder with acts that somebody keeps besides those of the program.

use std::path::{Path, PathBuf};

use qyzmet_engine::Acts;

use crate::commands::Failure;

/// All acts of a folder.
///
/// # Errors
/// When the folder or a file cannot be read, when a file is no act, and when there is none at all.
pub(super) fn read(folder: &Path) -> Result<Acts, Failure> {
    let named = |path: &Path, why: std::io::Error| format!("{}: {why}", path.display());
    let entries = std::fs::read_dir(folder).map_err(|why| named(folder, why))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    if paths.is_empty() {
        return Err(format!("{} holds no act: each is a file *.toml", folder.display()).into());
    }
    let text = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|why| named(path, why))?;
        Ok((path.display().to_string(), text))
    };
    let files = paths.iter().map(text).collect::<Result<Vec<_>, String>>()?;
    Ok(Acts::of_files(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?)
}

#[cfg(test)]
mod tests {
    use super::{super::Check, *};

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    /// The acts of the repository with one text exchanged.
    fn own(from: &str, to: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(root().join("acts")).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap().replace(from, to);
            std::fs::write(folder.path().join(path.file_name().unwrap()), text).unwrap();
        }
        folder
    }

    fn check(acts: Option<&Path>) -> Result<(), String> {
        let outputs = super::super::outputs::Outputs {
            bpmn: None,
            svg: None,
            lang: qyzmet_domain::Locale::Kk,
            print: Vec::new(),
        };
        let (path, acts) = (root().join("services/identity-document-reference"), acts.map(Path::to_owned));
        let check = Check { path, json: false, examples: false, acts, outputs };
        check.run().map_err(|failure| failure.to_string())
    }

    /// [R1116-O2]
    #[test]
    fn clauses_are_looked_up_in_the_folder_that_is_named() {
        assert_eq!(check(None), Ok(()));
        assert_eq!(check(Some(own("", "").path())), Ok(()));
        let lacking = own("\"1116-2010:6.13\"", "\"1116-2010:6.99\"");
        assert!(check(Some(lacking.path())).unwrap_err().starts_with("1 error in "));
    }

    #[test]
    fn a_folder_without_acts_or_with_something_else_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check(Some(folder.path())).unwrap_err().contains("holds no act"));
        std::fs::write(folder.path().join("x.toml"), "id = 5").unwrap();
        assert!(check(Some(folder.path())).unwrap_err().contains("x.toml: the key `id` is missing"));
        assert!(check(Some(&folder.path().join("none"))).unwrap_err().contains("none: "));
    }
}
