//! Whom we trust, and with which keys this deployment signs.

use std::{collections::BTreeMap, path::PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::nca::secret::Source;

/// Certificates and revocation lists, as PEM or DER files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Trust {
    /// Roots.
    pub anchors: Vec<PathBuf>,
    /// Issuing authorities.
    pub intermediates: Vec<PathBuf>,
    /// Revocation lists; read again every minute.
    pub crls: Vec<PathBuf>,
}

impl Default for Trust {
    fn default() -> Self {
        Self {
            anchors: vec!["var/pki/root.pem".into()],
            intermediates: vec!["var/pki/ca.pem".into()],
            crls: vec!["var/pki/root.crl".into(), "var/pki/ca.crl".into()],
        }
    }
}

/// A private key, in an encrypted PKCS#8 file or in a token, with its certificates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct KeyFile {
    /// Encrypted PKCS#8 as PEM.
    pub key: PathBuf,
    /// File with the password of the key.
    pub password_file: PathBuf,
    /// The key's own certificate first, then its issuers, as PEM; empty for a key without one.
    pub certificates: Vec<PathBuf>,
    /// The key in a PKCS#11 token; `key` and `password-file` do not count then. Its own certificate says which key it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenPlace>,
}

/// A key in a token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TokenPlace {
    /// The vendor's PKCS#11 library; loaded when the key first signs.
    pub library: PathBuf,
    /// Label of the token.
    pub token: String,
    /// Label of the key.
    pub label: String,
    /// Identifier of the key (`CKA_ID`) in hexadecimal digits, where the label alone does not decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where the user's PIN comes from.
    pub pin: Source,
}

impl Default for KeyFile {
    fn default() -> Self {
        named("seal")
    }
}

fn named(name: &str) -> KeyFile {
    KeyFile {
        key: format!("var/keys/{name}.pem").into(),
        password_file: "var/keys/password".into(),
        certificates: vec![format!("var/pki/{name}.pem").into(), "var/pki/ca.pem".into()],
        token: None,
    }
}

/// The keys of this deployment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Keys {
    /// The portal's seal.
    pub seal: KeyFile,
    /// Signs checkpoints of the journal (Ed25519).
    pub journal: KeyFile,
    /// Name of the journal in its checkpoints.
    pub journal_origin: String,
    /// Signs questions to the gateway.
    pub gateway: KeyFile,
    /// By body: who signs its results.
    pub employees: BTreeMap<String, EmployeeKey>,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            seal: named("seal"),
            journal: KeyFile { certificates: Vec::new(), ..named("journal") },
            journal_origin: "qyzmet.example/journal".to_owned(),
            gateway: named("organisation"),
            employees: BTreeMap::new(),
        }
    }
}

/// An authorised employee of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EmployeeKey {
    /// Key and certificates.
    pub file: KeyFile,
    /// Position, as the result shows it.
    pub position: String,
    /// From when the signing right holds.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}
