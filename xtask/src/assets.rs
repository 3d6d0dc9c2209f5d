//! Style and scripts of the pages: built by npm from the lock file, again only when an input has changed.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
};

use crate::{Failure, debian, repository, shell};

/// Builds `web/dist` when it is missing or older than its inputs; says whether anything was built.
///
/// # Errors
/// When npm is missing or fails.
pub fn build() -> Result<bool, Failure> {
    let web = repository::root().join("web");
    let mark = web.join("dist/.inputs");
    let inputs = format!("{:016x}", fingerprint(&web)?);
    if fs::read_to_string(&mark).is_ok_and(|built| built == inputs) {
        return Ok(false);
    }
    debian::ensure(&debian::ASSETS)?;
    install(&web)?;
    npm(&web, &["run", "build"])?;
    fs::write(&mark, inputs).map_err(Failure::file(&mark))?;
    Ok(true)
}

/// Installs what the lock file names, when it is not yet installed.
///
/// # Errors
/// When npm fails.
pub fn install(web: &Path) -> Result<(), Failure> {
    let (lock, installed) = (web.join("package-lock.json"), web.join("node_modules/.package-lock.json"));
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified());
    if let (Ok(wanted), Ok(found)) = (time(&lock), time(&installed))
        && found >= wanted
    {
        return Ok(());
    }
    npm(web, &["ci", "--no-audit", "--no-fund", "--loglevel=error"])
}

/// Runs npm in the folder of the pages; what it says is shown when it fails.
///
/// # Errors
/// When npm fails.
pub fn npm(web: &Path, arguments: &[&str]) -> Result<(), Failure> {
    shell::output(&mut shell::command("npm", arguments, web)).map(drop)
}

/// A number that changes with any input: every file under `web/` that npm reads.
fn fingerprint(web: &Path) -> Result<u64, Failure> {
    let mut files = BTreeMap::new();
    let mut folders = vec![web.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(Failure::file(&folder))?.flatten() {
            let path = entry.path();
            let skipped = ["node_modules", "dist", "test"].iter().any(|name| path.ends_with(name));
            if path.is_dir() && !skipped {
                folders.push(path);
            } else if path.is_file() {
                let bytes = fs::read(&path).map_err(Failure::file(&path))?;
                files.insert(path, bytes);
            }
        }
    }
    let mut hasher = DefaultHasher::new();
    files
        .iter()
        .map(|(path, bytes): (&PathBuf, &Vec<u8>)| (path, bytes))
        .collect::<Vec<_>>()
        .hash(&mut hasher);
    Ok(hasher.finish())
}
