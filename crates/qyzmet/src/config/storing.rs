//! Where rows, documents and the application's own secret are kept.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Rows: SQLite by path, or PostgreSQL by url.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Store {
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// The file of SQLite.
    pub path: PathBuf,
    /// Units of work that may wait; beyond that the answer is 503.
    pub queue: usize,
    /// The url of PostgreSQL.
    pub url: String,
    /// Connections to PostgreSQL.
    pub workers: usize,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            engine: "sqlite".to_owned(),
            path: "var/qyzmet.sqlite".into(),
            queue: 4096,
            url: "postgres://qyzmet@127.0.0.1/qyzmet".to_owned(),
            workers: 16,
        }
    }
}

/// Documents by content: a folder, or a bucket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Documents {
    /// Documents of at most so many bytes become rows of the database; larger ones lie in the folder or bucket.
    pub rows_up_to: usize,
    /// `folder` or `s3`.
    pub kind: String,
    /// The folder.
    pub path: PathBuf,
    /// The bucket.
    pub bucket: String,
    /// Region of the bucket.
    pub region: String,
    /// Address of the storage, when it is not Amazon's.
    pub endpoint: String,
    /// Names the key with which new documents are encrypted.
    pub key_id: String,
    /// File with that key: 32 bytes as hex.
    pub key_file: PathBuf,
}

impl Default for Documents {
    fn default() -> Self {
        Self {
            rows_up_to: 64 * 1024,
            kind: "folder".to_owned(),
            path: "var/documents".into(),
            bucket: "qyzmet".to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: String::new(),
            key_id: "2026-1".to_owned(),
            key_file: "var/keys/documents.hex".into(),
        }
    }
}

/// The application's own secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Secrets {
    /// File with at least 32 bytes as hex: the source of all derived keys.
    pub master_file: PathBuf,
}

impl Default for Secrets {
    fn default() -> Self {
        Self { master_file: "var/keys/master.hex".into() }
    }
}
