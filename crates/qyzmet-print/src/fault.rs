//! What can go wrong while printing, and where in the template.

use std::time::Duration;

use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::{World, WorldExt};

use crate::world::LINES_BEFORE;

/// Why a document could not be printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// The template is wrong, or what it makes does not satisfy PDF/A-2a and PDF/UA-1.
    #[error("template, line {line}, column {column}: {message}")]
    Template {
        /// Line in the template, from 1; 1 also when Typst names no place.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// Typst's words, in English, for the author of the template; texts of the data are left out.
        message: String,
    },
    /// The data hold a character that no embedded font can draw, so an archival PDF of them is impossible.
    #[error("no font has the character U+{:04X}", *character as u32)]
    NoGlyph {
        /// The first such character.
        character: char,
    },
    /// The template did not finish in time.
    #[error("the template did not finish within {} ms", limit.as_millis())]
    TooSlow {
        /// The limit that was passed.
        limit: Duration,
    },
    /// Too many documents are being printed at this moment; try again later.
    #[error("too many documents are being printed at once")]
    Busy,
    /// The printing engine itself failed: a fault of ours, not of the template.
    #[error("the printing engine failed: {0}")]
    Engine(&'static str),
}

/// Typst reports many faults at once; the first is the one to mend first.
pub(crate) fn first<'a>(
    world: &dyn World,
    data: impl Iterator<Item = &'a [u8]>,
    faults: &[SourceDiagnostic],
) -> PrintError {
    let Some(fault) = faults.first() else {
        return PrintError::Engine("failed without a reason");
    };
    let (line, column) = place(world, fault).unwrap_or((LINES_BEFORE, 0));
    let hints: String = fault.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
    PrintError::Template {
        line: line.saturating_sub(LINES_BEFORE) + 1,
        column: column + 1,
        message: without_data(format!("{}{hints}", fault.message), data),
    }
}

/// Typst quotes values ("invalid integer: ..."), and a value may be personal: errors go to logs, so it must not.
fn without_data<'a>(message: String, data: impl Iterator<Item = &'a [u8]>) -> String {
    let mut texts = Vec::new();
    for data in data {
        collect(&serde_json::from_slice(data).unwrap_or_default(), &mut texts);
    }
    // The longest first: a short text may be a part of a long one.
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts.iter().fold(message, |message, text| message.replace(text.as_str(), "…"))
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) if text.chars().count() > 2 => texts.push(text.clone()),
        Value::Number(number) if number.to_string().len() > 2 => texts.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(items) => items.values().for_each(|item| collect(item, texts)),
        _ => {}
    }
}

/// Line and column from 0 in the main file; a fault inside a called function is traced back to the call.
fn place(world: &dyn World, fault: &SourceDiagnostic) -> Option<(usize, usize)> {
    let range = world.range(fault.span)?;
    if fault.span.id() != Some(world.main()) {
        return None;
    }
    world.source(world.main()).ok()?.lines().byte_to_line_column(range.start)
}
