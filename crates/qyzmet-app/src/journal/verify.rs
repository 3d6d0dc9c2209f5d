//! Is everything as it was written? Hashes and checkpoints by the store, every case folded anew from its events, and every
//! linked number against the entries about it.

use std::{collections::BTreeMap, sync::Arc};

use qyzmet_domain::CaseId;
use qyzmet_engine::{Case, Event, apply};
use qyzmet_store::{
    StoreError, Tx,
    journal::{self, Entry, Finding},
    repositories::{
        cases::{self, CaseRow},
        results,
    },
};
use serde::Serialize;

use super::{
    freeze::{self, Damaged},
    note_key, numbers,
};
use crate::{
    Access, Cx, Error, UseCase,
    cases::{parse, status},
};

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
    /// Linked numbers compared.
    pub numbers: u64,
    /// Cases that rest because they do not agree with their events.
    pub frozen: u64,
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
        let changed = Arc::new(changed_events(&cx, &found.findings).await?);
        let mut last: Option<CaseRow> = None;
        loop {
            let (after, changed) = (last.clone(), Arc::clone(&changed));
            let page = cx.read(move |tx| fold_page(tx, after.as_ref(), &changed)).await?;
            let Some(row) = page.last else { break };
            report.cases += page.folded;
            report.faults.extend(page.faults);
            report.frozen += freeze::settle(&cx, &page.damaged, &page.sound).await?;
            last = Some(row);
        }
        let numbers = numbers::compare(&cx).await?;
        report.numbers = numbers.looked_at;
        report.faults.extend(numbers.faults);
        report.verified = report.faults.is_empty();
        Ok(report)
    }
}

/// The events that are not as they were written: for each case the number of the first.
type Changed = BTreeMap<CaseId, u64>;

async fn changed_events(cx: &Cx, findings: &[Finding]) -> Result<Changed, Error> {
    let entry = |finding: &Finding| match finding {
        Finding::Changed { entry, .. } | Finding::Unexplained { entry } => Some(entry.clone()),
        _ => None,
    };
    let entries: Vec<String> = findings.iter().filter_map(entry).collect();
    cx.read(move |tx| {
        let mut changed = Changed::new();
        for entry in &entries {
            if let Some((case, number)) = journal::case_of(tx, entry)? {
                changed.entry(case).and_modify(|first| *first = number.min(*first)).or_insert(number);
            }
        }
        Ok(changed)
    })
    .await
}

/// Some cases, folded.
struct Page {
    last: Option<CaseRow>,
    folded: u64,
    faults: Vec<String>,
    /// Cases that do not agree with their events.
    damaged: Vec<Damaged>,
    /// Cases that rest although they agree again.
    sound: Vec<CaseRow>,
}

fn fold_page(tx: &mut Tx<'_>, after: Option<&CaseRow>, changed: &Changed) -> Result<Page, Error> {
    let rows = cases::all_after(tx, after, PAGE)?;
    let (mut faults, mut damaged, mut sound) = (Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        let event = changed.get(&row.id).copied();
        let events = match (event, journal::of_case(tx, row.id)) {
            (Some(number), _) => Err(format!("its event {number} was changed")),
            (None, Ok(entries)) => compare(row, &entries),
            (None, Err(StoreError::Corrupt(_))) => Err("its events cannot be read".to_owned()),
            (None, Err(error)) => return Err(error.into()),
        };
        match &events {
            Err(_) => damaged.push(Damaged { row: row.clone(), event }),
            Ok(()) if row.frozen_at.is_some() => sound.push(row.clone()),
            Ok(()) => {}
        }
        for fault in [events, compare_result(tx, row)?].into_iter().filter_map(Result::err) {
            faults.push(format!("case {}: {fault}", row.id));
        }
    }
    Ok(Page { folded: rows.len() as u64, last: rows.last().cloned(), faults, damaged, sound })
}

/// Folds the events and compares the outcome with the row. A case whose personal payloads were erased cannot be folded.
fn compare(row: &CaseRow, entries: &[Entry]) -> Result<(), String> {
    let mut folded: Option<Case> = None;
    for entry in entries {
        let Some(payload) = &entry.payload else { return Ok(()) };
        let event: Event = serde_json::from_value(payload.clone())
            .map_err(|_| format!("entry {} is not an event of a case", entry.id))?;
        folded = apply(folded, &event);
    }
    let folded = folded.ok_or("it has no events")?;
    let kept = parse(row).map_err(|_| "its state cannot be read")?;
    let request = folded.proof.as_ref().map(|proof| proof.request);
    let differs = [
        ("its state", kept != folded),
        ("its sequence", i64::try_from(folded.sequence) != Ok(row.sequence)),
        ("its status", status(&folded) != row.status),
        ("its request", request != row.request_document),
        ("its owner", folded.recipient.account != row.account),
        ("its service", folded.service != row.service || folded.version.as_str() != row.version),
        ("its beginning", folded.opened_at != row.opened_at),
    ];
    match differs.into_iter().find(|(_, differs)| *differs) {
        Some((what, _)) => Err(format!("{what} differs from what its events make")),
        None => Ok(()),
    }
}

/// The result that a case names is the one that was journalled, with the documents that were signed.
fn compare_result(tx: &mut Tx<'_>, row: &CaseRow) -> Result<Result<(), String>, Error> {
    let Some(result) = results::by_case(tx, row.id)? else {
        return Ok(if row.result_number.is_none() {
            Ok(())
        } else {
            Err("its result is missing".to_owned())
        });
    };
    if row.result_number.as_deref().is_some_and(|number| number != result.number.to_string()) {
        return Ok(Err("it names another result".to_owned()));
    }
    let (Some(document), Some(entry)) = (result.document, result.entry) else { return Ok(Ok(())) };
    let payload = journal::entry(tx, entry)?.and_then(|entry| entry.payload);
    let journalled = payload.as_ref().and_then(|payload| payload.get("document")).and_then(|id| id.as_str());
    let same = journalled.is_none_or(|id| id == document.to_string());
    Ok(if same {
        Ok(())
    } else {
        Err(format!("result {} is not the one that was journalled", result.number))
    })
}
