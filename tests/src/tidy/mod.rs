//! House rules as checks: who may use whom, how long a file may be, where SQL and words may stand, which clause a test proves.
//!
//! Every rule reads the same list of [`Source`] files, so that a rule can be tried on an invented house in a unit test.

mod clauses;
mod directions;
mod paths;
mod sizes;
mod source;
mod style;
mod words;

use std::{
    fmt,
    path::{Path, PathBuf},
};

pub use clauses::Matrix;
pub use source::Source;

/// A breach of a house rule, named so that one can jump to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// File, relative to the repository.
    pub file: String,
    /// Line, 1 when the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Finding {
    fn new(source: &Source, line: usize, message: impl Into<String>) -> Self {
        Self { file: source.path.clone(), line, message: message.into() }
    }
}

/// Everything that the rules have to say.
#[derive(Debug)]
pub struct Report {
    /// Breaches, sorted by file; none is the wish.
    pub findings: Vec<Finding>,
    /// Requirements and the tests that prove them.
    pub matrix: Matrix,
    /// Sizes of the product's files and functions.
    pub sizes: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Finding { file, line, message } in &self.findings {
            writeln!(f, "{file}:{line}: {message}")?;
        }
        writeln!(f, "{}", self.sizes)?;
        writeln!(f, "tidy: {} finding(s)", self.findings.len())
    }
}

/// Why the rules could not be applied at all.
#[derive(Debug, thiserror::Error)]
pub enum TidyError {
    /// A folder or file cannot be read.
    #[error("cannot read {0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
}

/// The repository that this crate was built in.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Applies every rule to the working tree at `root`.
///
/// # Errors
/// When the tree cannot be read.
pub fn inspect(root: &Path) -> Result<Report, TidyError> {
    let sources = source::collect(root)?;
    let matrix = clauses::matrix(&sources);
    let mut findings = Vec::new();
    findings.extend(directions::check(&sources));
    findings.extend(sizes::check(&sources));
    findings.extend(style::check(&sources));
    findings.extend(words::check(&sources));
    findings.extend(clauses::check(&sources, &matrix));
    findings.extend(paths::check(&sources, |path| root.join(path).exists()));
    findings.sort();
    Ok(Report { findings, matrix, sizes: sizes::summary(&sources) })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        let report = super::inspect(&super::repository()).unwrap();
        assert!(report.findings.is_empty(), "{report}");
    }
}
