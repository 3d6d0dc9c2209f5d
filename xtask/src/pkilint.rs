//! The linter of certificates, lists and answers: Python, in a virtual environment that outlives a clone.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Failure, debian, progress::say, repository, shell};

/// Versions of the linter and of everything that it needs.
const PINNED: &str = "tests/tools/pkilint.txt";

/// Installs the linter when it is not there in exactly the pinned versions, and returns the folder of its programs.
///
/// # Errors
/// When Python is missing, or a package cannot be fetched.
pub fn install() -> Result<PathBuf, Failure> {
    debian::ensure(&debian::PYTHON)?;
    let pinned = repository::root().join(PINNED);
    let wanted =
        fs::read_to_string(&pinned).map_err(|source| Failure::File { path: pinned.clone(), source })?;
    let folder = repository::cache().join("tools/pkilint");
    let programs = folder.join("bin");
    let mark = folder.join("installed.txt");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(programs);
    }
    say(&format!("  installing pkilint once, into {}", folder.display()));
    shell::output(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut pip = Command::new(programs.join("pip"));
    shell::output(pip.args(["install", "--quiet", "--no-deps", "--requirement"]).arg(&pinned))?;
    write(&mark, &wanted)?;
    Ok(programs)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|source| Failure::File { path: path.to_owned(), source })
}
