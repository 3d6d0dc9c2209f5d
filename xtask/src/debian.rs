//! Programs that come from Debian's packages: installed when we may, listed when we may not.

use std::process::Command;

use crate::{
    Failure,
    progress::say,
    shell::{self, which},
};

/// A program and the package that brings it.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// Name of the program.
    pub program: &'static str,
    /// Debian package.
    pub package: &'static str,
}

const fn tool(program: &'static str, package: &'static str) -> Tool {
    Tool { program, package }
}

/// Needed to build: the C compiler for SQLite and the cryptographic library.
pub const BUILD: [Tool; 3] = [tool("cc", "gcc"), tool("cmake", "cmake"), tool("make", "make")];
/// Needed for style and scripts of the pages.
pub const ASSETS: [Tool; 2] = [tool("node", "nodejs"), tool("npm", "npm")];
/// Needed by the walk, which signs and verifies with a program that is not ours.
pub const WALK: [Tool; 1] = [tool("openssl", "openssl")];
/// Needed to run on PostgreSQL.
pub const POSTGRES: [Tool; 1] = [tool("postgres", "postgresql")];
/// Needed by the linter of certificates.
pub const PYTHON: [Tool; 1] = [tool("python3", "python3-venv")];
/// Needed by the journeys, the checks of formats, and the tests with a token.
pub const TESTS: [Tool; 9] = [
    tool("chromium", "chromium"),
    tool("chromedriver", "chromium-driver"),
    tool("xmlsec1", "xmlsec1"),
    tool("pdfsig", "poppler-utils"),
    tool("xmllint", "libxml2-utils"),
    tool("java", "default-jre-headless"),
    tool("git", "git"),
    tool("softhsm2-util", "softhsm2"),
    tool("pkcs11-tool", "opensc"),
];

/// Makes sure that the tools are there.
///
/// # Errors
/// When one is missing and cannot be installed; the failure says how to install it.
pub fn ensure(tools: &[Tool]) -> Result<(), Failure> {
    let missing: Vec<Tool> = tools.iter().copied().filter(|tool| !is_here(tool.program)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    if is_root() && which("apt-get").is_some() {
        say(&format!("  installing {}", packages.join(" ")));
        install(&packages)?;
    }
    if missing.iter().all(|tool| is_here(tool.program)) {
        return Ok(());
    }
    let programs: Vec<&str> = missing.iter().map(|tool| tool.program).collect();
    let advice = format!("sudo apt-get install {}", packages.join(" "));
    Err(Failure::Missing { programs: programs.join(", "), advice })
}

fn install(packages: &[&str]) -> Result<(), Failure> {
    shell::output(Command::new("apt-get").args(["update", "-qq"]))?;
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    shell::output(command.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages)).map(drop)
}

fn is_here(program: &str) -> bool {
    which(program).is_some() || (program == "postgres" && postgres().is_some())
}

/// Debian keeps the server's programs in a folder by version: the newest one, as a folder.
#[must_use]
pub fn postgres() -> Option<std::path::PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<_> = versions.flatten().map(|entry| entry.path().join("bin")).collect();
    folders.retain(|folder| folder.join("initdb").is_file());
    folders.sort();
    folders.pop()
}

/// Whether this user may do everything.
#[must_use]
pub fn is_root() -> bool {
    shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_here_is_not_installed() {
        assert!(ensure(&[tool("sh", "dash")]).is_ok());
    }
}
