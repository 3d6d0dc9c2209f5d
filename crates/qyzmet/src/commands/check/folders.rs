//! Folders of services on disk: which there are, and what is in them.

use std::{
    collections::BTreeMap,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use qyzmet_engine::{Finding, FindingKind, LARGEST_FILE, Severity};

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

/// So many files has no folder of a service: somebody named another folder.
const MOST_FILES: usize = 1000;

/// What lies in a folder.
pub(super) struct Contents {
    /// Files by their path inside it.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// What is no plain file, and is not followed or read.
    pub(super) findings: Vec<Finding>,
}

/// All files of a folder. Links are not followed: what is published is what lies in the folder, and a link may lead round
/// or to a device. Of a file that is too large only so much is read that the checker sees it.
///
/// # Errors
/// When the folder or a file cannot be read, or when there are too many.
pub(super) fn contents(root: &Path) -> Result<Contents, io::Error> {
    let mut contents = Contents { files: BTreeMap::new(), findings: Vec::new() };
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                contents.files.insert(name, beginning(&path)?);
            } else {
                contents.findings.push(no_file(name, kind.is_symlink()));
            }
            if contents.files.len() + folders.len() > MOST_FILES {
                let words = format!("{} holds more than {MOST_FILES} files: no service does", root.display());
                return Err(io::Error::other(words));
            }
        }
    }
    Ok(contents)
}

fn beginning(path: &Path) -> Result<Vec<u8>, io::Error> {
    let most = u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn no_file(file: String, is_link: bool) -> Finding {
    let what = if is_link { "a link" } else { "no plain file" };
    Finding {
        severity: Severity::Error,
        kind: FindingKind::Unreadable,
        action: None,
        file,
        line: 0,
        column: 0,
        message: format!("{what}: a service folder holds its own files"),
    }
}

/// All files of a folder of which each is a plain file.
///
/// # Errors
/// When the folder or a file cannot be read, or when something there is no plain file.
pub(in crate::commands) fn read_folder(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, io::Error> {
    let contents = contents(root)?;
    match contents.findings.first() {
        Some(finding) => Err(io::Error::other(format!("{}/{finding}", root.display()))),
        None => Ok(contents.files),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("form.toml"), "").unwrap();
        folder
    }

    #[test]
    fn a_link_is_told_and_never_followed() {
        let folder = folder();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("text.kk.toml")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
        let contents = contents(folder.path()).unwrap();
        assert_eq!(contents.files.keys().collect::<Vec<_>>(), ["form.toml"]);
        let mut told: Vec<String> = contents.findings.iter().map(ToString::to_string).collect();
        told.sort();
        let words = "error: a link: a service folder holds its own files";
        assert_eq!(told, [format!("round: {words}"), format!("text.kk.toml: {words}")]);
        assert!(read_folder(folder.path()).unwrap_err().to_string().contains("a link"));
    }

    #[test]
    fn of_a_huge_file_only_the_beginning_is_read_and_the_checker_says_so() {
        let folder = folder();
        let file = std::fs::File::create(folder.path().join("form.toml")).unwrap();
        file.set_len(1 << 33).unwrap();
        let files = contents(folder.path()).unwrap().files;
        assert_eq!(files["form.toml"].len(), LARGEST_FILE + 1);
        let findings = qyzmet_engine::inspect(&qyzmet_engine::Folder(files)).findings;
        assert!(findings.iter().any(|finding| finding.message.starts_with("larger than")), "{findings:?}");
    }

    #[test]
    fn a_folder_of_thousands_of_files_is_no_service() {
        let folder = folder();
        for number in 0..=MOST_FILES {
            std::fs::write(folder.path().join(format!("{number}.txt")), "").unwrap();
        }
        assert!(contents(folder.path()).is_err());
    }
}
