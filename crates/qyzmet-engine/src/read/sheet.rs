//! A file under reading: where a byte stands, and the pile of findings.

use std::cell::RefCell;

use super::notes::Notes;
use crate::finding::Place;
use crate::{Finding, Severity};

/// A file's name and text, and where its lines begin, so that a place is found without reading the file anew.
#[derive(Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) lines: &'a [usize],
}

/// Beyond so many bytes of a line columns are counted in bytes: nobody counts there, and counting must stay quick.
const LONG_LINE: usize = 4096;

/// Where the lines of a text begin.
pub(crate) fn lines(text: &str) -> Vec<usize> {
    let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(after).collect()
}

impl Sheet<'_> {
    /// Line and column of a byte, counted from 1, columns in characters.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let line = self.lines.partition_point(|begins| *begins <= offset).saturating_sub(1);
        let begins = self.lines.get(line).copied().unwrap_or_default();
        let before = self.text.get(begins..offset).unwrap_or_default();
        let column = if before.len() > LONG_LINE { before.len() } else { before.chars().count() };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
        Place { file: self.file.to_owned(), line: count(line), column: count(column) }
    }
}

/// Findings as they come up; shared by all readers of one folder.
#[derive(Default)]
pub(crate) struct Findings {
    list: RefCell<Vec<Finding>>,
    /// Where things stand that findings may be about.
    pub(crate) notes: Notes,
}

impl Findings {
    /// One more.
    pub(crate) fn add(&self, finding: Finding) {
        self.list.borrow_mut().push(finding);
    }

    /// Whether one of them is an error.
    pub(crate) fn any_error(&self) -> bool {
        self.list.borrow().iter().any(|finding| finding.severity == Severity::Error)
    }

    /// All of them.
    pub(crate) fn take(&self) -> Vec<Finding> {
        self.list.take()
    }
}
