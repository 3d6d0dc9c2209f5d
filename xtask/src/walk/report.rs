//! What the walk found, for people and for programs.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{Failure, progress::Step};

/// The verdict of a stranger.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// `valid`, or what the page said instead.
    pub outcome: String,
    /// Whether OpenSSL alone agrees, with nothing but the root.
    pub offline: bool,
    /// Who signed, as OpenSSL reads the certificate.
    pub signer: String,
}

/// Everything that the walk found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// Unique number of the result.
    pub result_number: Option<String>,
    /// The stranger's verdict.
    pub verification: Verification,
    /// Whether the journal verifies, and what its check printed.
    pub journal: (bool, String),
    /// Why the walk ended early.
    pub fault: Option<String>,
}

impl Report {
    /// Whether all holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        let Verification { outcome, offline, .. } = &self.verification;
        self.fault.is_none()
            && self.result_number.is_some()
            && outcome == "valid"
            && *offline
            && self.journal.0
    }

    /// The report as the README promises it.
    #[must_use]
    pub fn to_json(&self, steps: &[Step]) -> Value {
        let steps: Vec<Value> = steps
            .iter()
            .map(|step| json!({ "name": step.name, "ok": step.ok, "ms": u64::try_from(step.took.as_millis()).unwrap_or(u64::MAX) }))
            .collect();
        let Verification { outcome, offline, signer } = &self.verification;
        json!({
            "engine": self.engine,
            "steps": steps,
            "result_number": self.result_number,
            "verification": { "outcome": outcome, "offline": if *offline { "valid" } else { "not valid" }, "signer": signer },
            "journal": { "verified": self.journal.0, "report": self.journal.1 },
            "fault": self.fault,
            "ok": self.holds(),
        })
    }

    /// Writes the report.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, steps: &[Step], file: &Path) -> Result<(), Failure> {
        fs::write(file, format!("{:#}\n", self.to_json(steps))).map_err(Failure::file(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_holds_only_when_every_part_does() {
        let mut report = Report {
            result_number: Some("0012-3456".to_owned()),
            verification: Verification { outcome: "valid".to_owned(), offline: true, signer: String::new() },
            journal: (true, String::new()),
            ..Report::default()
        };
        assert!(report.holds());
        report.verification.offline = false;
        assert!(!report.holds());
        assert_eq!(report.to_json(&[])["ok"], false);
    }
}
