//! Where things lie.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The working tree that this program was built from.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Cargo's folder of built things.
#[must_use]
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The built product, in the profile's folder (`debug` or `release`).
#[must_use]
pub fn binary(profile: &str) -> PathBuf {
    target().join(profile).join("qyzmet")
}

/// The folder in which the demo keeps its data between two starts.
#[must_use]
pub fn demo() -> PathBuf {
    root().join("var/demo")
}

/// A folder for tools that are built once and outlive a clone.
#[must_use]
pub fn cache() -> PathBuf {
    let home = env::var_os("HOME").map_or_else(env::temp_dir, PathBuf::from);
    env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from).join("qyzmet")
}
