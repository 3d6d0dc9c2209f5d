//! Style and scripts of the pages: built by npm from the lock file, again only when an input has changed.

use std::{fs, path::Path};

use crate::{Failure, debian, fingerprint, repository, shell};

/// Folders under `web/` that are no input.
const NO_INPUT: [&str; 3] = ["node_modules", "dist", "test"];

/// Builds `web/dist` when it is missing or older than its inputs; says whether anything was built.
///
/// # Errors
/// When npm is missing or fails.
pub fn build() -> Result<bool, Failure> {
    let web = repository::root().join("web");
    let mark = web.join("dist/.inputs");
    let inputs = fingerprint::of(&web, &NO_INPUT)?;
    if fingerprint::is_kept(&mark, &inputs) {
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
