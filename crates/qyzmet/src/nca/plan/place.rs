//! Where in the ceremony file something is wrong: line and column, counted from 1 in characters.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use toml::Spanned;

/// Something in the ceremony file that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {message}", path.display())]
pub struct PlanError {
    /// The file.
    pub path: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// The text, and whose it is.
pub(super) struct Sheet<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Sheet<'_> {
    /// What the reader of TOML refuses: a key that nobody knows, a value of the wrong kind.
    pub(super) fn refused(&self, fault: &toml::de::Error) -> PlanError {
        self.at(fault.span().unwrap_or_default(), fault.message())
    }

    /// What a rule refuses.
    pub(super) fn fault<T>(&self, value: &Spanned<T>, message: impl Into<String>) -> PlanError {
        self.at(value.span(), message)
    }

    pub(super) fn at(&self, span: Range<usize>, message: impl Into<String>) -> PlanError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        PlanError { path: self.path.to_owned(), line, column, message: message.into() }
    }
}
