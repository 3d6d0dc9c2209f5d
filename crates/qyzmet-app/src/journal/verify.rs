//! Is everything as it was written? Hashes and checkpoints by the store, and every case folded anew from its events.

use qyzmet_engine::{Case, Event, apply};
use qyzmet_store::{
    Tx,
    journal::{self, Entry},
    repositories::cases::{self, CaseRow},
};
use serde::Serialize;

use super::note_key;
use crate::{Access, Cx, Error, UseCase, cases::parse};

/// Cases folded in one unit of reading.
const PAGE: i64 = 500;

/// Verifies the whole journal.
pub struct VerifyJournal;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JournalReport {
    /// Whether nothing differs.
    pub verified: bool,
    /// Entries looked at.
    pub entries: u64,
    /// Of them, entries in the tree.
    pub sealed: u64,
    /// Checkpoints whose signature and root were checked.
    pub checkpoints: u64,
    /// Cases folded and compared.
    pub cases: u64,
    /// What differs, each named.
    pub faults: Vec<String>,
}

impl UseCase for VerifyJournal {
    type Output = JournalReport;
    const NAME: &'static str = "verify-journal";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<JournalReport, Error> {
        let key = note_key(&cx.app)?;
        let found = cx.read(move |tx| Ok(journal::verify(tx, &key)?)).await?;
        let mut report = JournalReport {
            entries: found.entries,
            sealed: found.sealed,
            checkpoints: found.checkpoints,
            faults: found.findings.iter().map(ToString::to_string).collect(),
            ..JournalReport::default()
        };
        let mut last: Option<CaseRow> = None;
        loop {
            let after = last.clone();
            let page = cx.read(move |tx| fold_page(tx, after.as_ref())).await?;
            let Some(row) = page.last else { break };
            report.cases += page.folded;
            report.faults.extend(page.faults);
            last = Some(row);
        }
        report.verified = report.faults.is_empty();
        Ok(report)
    }
}

/// Some cases, folded.
struct Page {
    last: Option<CaseRow>,
    folded: u64,
    faults: Vec<String>,
}

fn fold_page(tx: &mut Tx<'_>, after: Option<&CaseRow>) -> Result<Page, Error> {
    let rows = cases::all_after(tx, after, PAGE)?;
    let mut faults = Vec::new();
    for row in &rows {
        let entries = journal::of_case(tx, row.id)?;
        if let Err(fault) = compare(row, &entries) {
            faults.push(format!("case {}: {fault}", row.id));
        }
    }
    Ok(Page { folded: rows.len() as u64, last: rows.last().cloned(), faults })
}

/// Folds the events and compares the outcome with the row.
fn compare(row: &CaseRow, entries: &[Entry]) -> Result<(), String> {
    let mut case: Option<Case> = None;
    for entry in entries {
        let Some(payload) = &entry.payload else { return Ok(()) };
        let event: Event = serde_json::from_value(payload.clone())
            .map_err(|_| format!("entry {} is not an event of a case", entry.id))?;
        case = apply(case, &event);
    }
    let kept = parse(row).map_err(|_| "its row is not a case".to_owned())?;
    match case {
        Some(case) if case == kept && i64::try_from(case.sequence) == Ok(row.sequence) => Ok(()),
        Some(_) => Err("its row differs from what its events make".to_owned()),
        None => Err("it has no events".to_owned()),
    }
}
