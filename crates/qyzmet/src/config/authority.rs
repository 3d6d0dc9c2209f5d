//! What this deployment does as a certification authority.

use std::{collections::BTreeMap, path::PathBuf};

use qyzmet_app::authority::Issues;
use serde::{Deserialize, Serialize};

/// The certification authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Authority {
    /// The folder that a ceremony founded; empty when this deployment is no authority.
    pub folder: PathBuf,
    /// Where relative paths of secrets in its ceremony file begin.
    pub secrets: PathBuf,
    /// What each of its authorities issues, by their names in the ceremony; one that is not named issues everything.
    pub issues: BTreeMap<String, Issues>,
    /// Files that list keys which are never certified.
    pub known_keys: Vec<PathBuf>,
    /// Into how many parts certificates are divided, each with a short revocation list of its own; never less than before.
    pub parts: u32,
    /// Hours that a revocation list holds; the next one comes when half of them are over, and with each change.
    pub list_h: i64,
    /// Days for which a revocation list is kept after it has ended; the latest ones stay.
    pub keep_lists_d: u32,
    /// Seconds for which an answer about a certificate may be kept.
    pub answer_s: i64,
    /// The policy under which time is stamped, as an object identifier.
    pub stamp_policy: String,
    /// Seconds by which stated time may differ from the true one.
    pub stamp_accuracy_s: u32,
}

impl Default for Authority {
    fn default() -> Self {
        Self {
            folder: PathBuf::new(),
            secrets: "var".into(),
            issues: BTreeMap::new(),
            known_keys: Vec::new(),
            parts: 16,
            list_h: 24,
            keep_lists_d: 400,
            answer_s: 60,
            stamp_policy: "1.3.6.1.4.1.32473.839.1".to_owned(),
            stamp_accuracy_s: 1,
        }
    }
}
