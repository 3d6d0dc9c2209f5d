//! The signing role of the certification authority: in this process, or in one of its own.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The signing role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Signer {
    /// The Unix socket of `qyzmet signer`; empty when the portal holds the keys of its issuing authorities itself.
    pub socket: PathBuf,
    /// Where `qyzmet signer` records what it has signed.
    pub record: PathBuf,
    /// Users of this machine who may ask besides the signer's own, by name or number.
    pub users: Vec<String>,
    /// Connections that it answers at once.
    pub connections: usize,
    /// Seconds that both sides wait for each other; ten times as many for a revocation list.
    pub patience_s: u64,
}

impl Default for Signer {
    fn default() -> Self {
        Self {
            socket: PathBuf::new(),
            record: "var/signer.sqlite".into(),
            users: Vec::new(),
            connections: 64,
            patience_s: 20,
        }
    }
}
