//! Building with cargo, and the tools that cargo itself can build.

use std::{path::PathBuf, process::Command};

use crate::{Failure, progress::say, repository, shell};

/// Cargo as it was started for us, run in the repository.
#[must_use]
pub fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    shell::command(program, arguments, &repository::root())
}

/// Builds the product and returns its path.
///
/// # Errors
/// When it does not build.
pub fn product() -> Result<PathBuf, Failure> {
    shell::run(&mut cargo(&["build", "--quiet", "--package", "qyzmet"]))?;
    Ok(repository::binary("debug"))
}

/// The path of a cargo tool, built into a folder that outlives the clone when it is not on the machine.
///
/// # Errors
/// When it cannot be built.
pub fn tool(name: &str) -> Result<PathBuf, Failure> {
    if let Some(found) = shell::which(name) {
        return Ok(found);
    }
    let folder = repository::cache().join("tools");
    let path = folder.join("bin").join(name);
    if !path.is_file() {
        say(&format!("  building {name} once, into {}", folder.display()));
        let mut install = cargo(&["install", name, "--locked", "--quiet", "--root"]);
        install.arg(&folder).env_remove("CARGO_TARGET_DIR");
        shell::run(&mut install)?;
    }
    Ok(path)
}
