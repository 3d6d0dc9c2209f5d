//! A file under reading: where a byte stands, and the pile of findings.

use std::cell::RefCell;

use crate::finding::Place;
use crate::{Finding, Severity};

/// A file's name and text.
#[derive(Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
}

impl Sheet<'_> {
    /// Line and column of a byte, counted from 1, columns in characters.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line_begins = before.rfind('\n').map_or(0, |at| at + 1);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
        let column = before.get(line_begins..).map_or(0, |line| line.chars().count());
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        Place { file: self.file.to_owned(), line: count(line), column: count(column) }
    }
}

/// Findings as they come up; shared by all readers of one folder.
#[derive(Default)]
pub(crate) struct Findings(RefCell<Vec<Finding>>);

impl Findings {
    /// One more.
    pub(crate) fn add(&self, finding: Finding) {
        self.0.borrow_mut().push(finding);
    }

    /// Whether one of them is an error.
    pub(crate) fn any_error(&self) -> bool {
        self.0.borrow().iter().any(|finding| finding.severity == Severity::Error)
    }

    /// All of them.
    pub(crate) fn take(&self) -> Vec<Finding> {
        self.0.take()
    }
}
