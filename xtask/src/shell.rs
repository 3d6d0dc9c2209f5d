//! Running other programs: with their output shown, or caught.

use std::{
    ffi::OsStr,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use crate::Failure;

/// The program's path, if it can be found.
#[must_use]
pub fn which(program: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    let more = ["/usr/sbin", "/sbin"].map(PathBuf::from);
    std::env::split_paths(&paths).chain(more).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Runs a command in the repository, its output shown.
///
/// # Errors
/// When it cannot start or ends badly.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|source| start(command, source))?;
    if status.success() { Ok(()) } else { Err(ended(command, &status.to_string(), b"")) }
}

/// Runs a command and returns what it wrote; what it complained about becomes part of the failure.
///
/// # Errors
/// When it cannot start or ends badly.
pub fn output(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let Output { status, stdout, stderr } = command.output().map_err(|source| start(command, source))?;
    if status.success() {
        Ok(stdout)
    } else {
        Err(ended(command, &status.to_string(), &[stdout, stderr].concat()))
    }
}

/// As [`output`], with something for the command to read.
///
/// # Errors
/// When it cannot start, does not read, or ends badly.
pub fn feed(command: &mut Command, input: &[u8]) -> Result<Vec<u8>, Failure> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|source| start(command, source))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input).map_err(|source| start(command, source))?;
    }
    let Output { status, stdout, stderr } =
        child.wait_with_output().map_err(|source| start(command, source))?;
    if status.success() { Ok(stdout) } else { Err(ended(command, &status.to_string(), &stderr)) }
}

/// A command with the given arguments, run in `folder`.
#[must_use]
pub fn command<A: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = A>,
    folder: &Path,
) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    command
}

fn start(command: &Command, source: std::io::Error) -> Failure {
    Failure::Start { program: command.get_program().to_string_lossy().into_owned(), source }
}

fn ended(command: &Command, code: &str, wrote: &[u8]) -> Failure {
    let line = std::iter::once(command.get_program()).chain(command.get_args()).map(OsStr::to_string_lossy);
    let wrote = String::from_utf8_lossy(wrote);
    let tail: Vec<&str> = wrote.lines().rev().take(15).collect();
    let tail: String = tail.into_iter().rev().flat_map(|line| ["\n  ", line]).collect();
    Failure::Ended { command: line.collect::<Vec<_>>().join(" "), code: code.to_owned(), tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_end_carries_the_last_words() {
        let failure = output(Command::new("sh").args(["-c", "echo why >&2; exit 3"])).unwrap_err();
        assert!(failure.to_string().contains("exit status: 3") && failure.to_string().contains("why"));
    }

    #[test]
    fn what_is_fed_is_read() {
        assert_eq!(feed(&mut Command::new("cat"), b"bread").unwrap(), b"bread");
    }
}
