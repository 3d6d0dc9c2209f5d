//! Why a version of a regulation is not in use: the findings as they are kept and shown, and the note of them.

use qyzmet_engine::{Finding, Severity};
use qyzmet_store::repositories::rejected::{self, Rejected};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Cx, Error, record::Record};

/// Findings that are kept of one version: whoever mends these sees the rest in `qyzmet check`.
const MOST: usize = 50;

/// The errors that keep a version from being used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    /// How many there are.
    pub total: usize,
    /// The first of them.
    pub first: Vec<Reason>,
}

/// One error with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// File inside the folder; empty when the folder as a whole is meant.
    pub file: String,
    /// Line from 1; 0 when the whole file is meant.
    pub line: u32,
    /// What is wrong, in the words of the checker.
    pub message: String,
}

impl Reasons {
    /// The errors among findings.
    pub(super) fn of(findings: &[Finding]) -> Self {
        let errors = || findings.iter().filter(|finding| finding.severity == Severity::Error);
        let reason = |finding: &Finding| {
            let Finding { file, line, message, .. } = finding.clone();
            Reason { file, line, message }
        };
        Self { total: errors().count(), first: errors().take(MOST).map(reason).collect() }
    }

    /// What is wrong with the folder as a whole.
    pub(super) fn whole(message: String) -> Self {
        Self { total: 1, first: vec![Reason { file: String::new(), line: 0, message }] }
    }

    /// How many are not among the first.
    #[must_use]
    pub fn more(&self) -> usize {
        self.total.saturating_sub(self.first.len())
    }
}

/// Notes that a version is not taken into use; the journal tells it once.
pub(super) async fn note(
    cx: &Cx,
    (service, version): (String, String),
    published: bool,
    reasons: &Reasons,
) -> Result<(), Error> {
    let reasons = serde_json::to_string(reasons).map_err(Error::fault)?;
    let rejected = Rejected { service, version, published, reasons, found_at: cx.now };
    cx.write(move |tx, draw| {
        if rejected::note(tx, &rejected)? {
            let Rejected { service, version, published, .. } = &rejected;
            Record::of("system".to_owned(), "service-rejected")
                .payload(json!({ "service": service, "version": version, "published": published }))
                .write(tx, draw)?;
        }
        Ok(())
    })
    .await
}
