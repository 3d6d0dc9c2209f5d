//! Where pkilint is, the linter of certificates that we did not write.

use std::{env, path::PathBuf};

/// A program of pkilint, from the folder in which `cargo xtask test` installs it.
pub(crate) fn pkilint(program: &str) -> Option<String> {
    let folder = env::var_os("QYZMET_PKILINT").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| xtask::repository::cache().join("tools/pkilint/bin"));
    let path = folder.join(program);
    let found = path.exists();
    assert!(found || env::var_os("CI").is_none_or(|value| value != "true"), "pkilint must be there in CI");
    found.then(|| path.display().to_string())
}
