//! Why a task could not be done, in words that say what to do next.

use std::{io, path::PathBuf};

/// Why a task could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file or folder cannot be used.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A program cannot be started.
    #[error("cannot start `{program}`: {source}")]
    Start {
        /// Which.
        program: String,
        /// What the system says.
        source: io::Error,
    },
    /// A program ended badly.
    #[error("`{command}` ended with {code}{tail}")]
    Ended {
        /// The command line.
        command: String,
        /// Its exit code or signal.
        code: String,
        /// The last lines that it wrote, when they were caught.
        tail: String,
    },
    /// A part did not become ready.
    #[error("{part} is not ready after {seconds} s; its log is {log}")]
    NotReady {
        /// Which.
        part: String,
        /// How long was waited.
        seconds: u64,
        /// Where to look.
        log: PathBuf,
    },
    /// Programs are missing that this user may not install.
    #[error("missing: {programs}\nplease install: {advice}")]
    Missing {
        /// Names of the programs.
        programs: String,
        /// The command that installs them on Debian.
        advice: String,
    },
    /// A server did not answer as it should.
    #[error("{0}")]
    Unexpected(String),
    /// Something of what was asked does not hold; the report has the details.
    #[error("{0} failed")]
    Failed(String),
}

impl Failure {
    /// For `map_err` on a file operation.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// An answer that is not the wished one.
    pub fn unexpected(what: impl Into<String>) -> Self {
        Self::Unexpected(what.into())
    }
}
