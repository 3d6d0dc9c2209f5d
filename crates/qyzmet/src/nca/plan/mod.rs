//! The ceremony file: one reviewed TOML file that says what is made, for how long, and where its keys live.

mod check;
mod place;
mod raw;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use qyzmet_pki::{KeyKind, Pin, TokenKey, authority::Urls};
use serde::Deserialize;

pub(super) use self::check::APPROVALS;
pub use self::place::PlanError;
use self::raw::{RawApprover, RawPlan, RawPlanned};
use super::{NcaError, secret::Source, sha256};
use crate::files;

/// A ceremony, read and checked.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What the ceremony is called in its record.
    pub title: String,
    /// Who may approve.
    pub approvers: Vec<Approver>,
    /// Tokens by the name that keys use.
    pub tokens: BTreeMap<String, TokenPlan>,
    /// What is made, issuers before what they issue.
    pub certificates: Vec<Planned>,
    /// The exact bytes: what approvers sign and the folder keeps.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Folder at which relative paths begin.
    pub folder: PathBuf,
}

/// A person who may approve.
#[derive(Clone, Debug)]
pub struct Approver {
    /// As the record calls the person.
    pub name: String,
    /// SHA-256 of the person's certificate in small hexadecimal digits: the ceremony file pins this one.
    pub certificate_sha256: String,
}

/// A token.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TokenPlan {
    /// The vendor's PKCS#11 library.
    pub library: PathBuf,
    /// Label of the token.
    pub label: String,
    /// The user's PIN.
    pub pin: Source,
}

/// What a certificate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// A root authority.
    Root,
    /// An issuing authority.
    Issuing,
    /// A delegated OCSP responder.
    Ocsp,
    /// A time-stamping authority.
    Timestamp,
}

impl Duty {
    /// The word of the ceremony file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Issuing => "issuing",
            Self::Ocsp => "ocsp",
            Self::Timestamp => "timestamp",
        }
    }

    /// Whether it issues certificates and lists.
    #[must_use]
    pub fn is_authority(self) -> bool {
        matches!(self, Self::Root | Self::Issuing)
    }
}

/// Where a key lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// In an encrypted file; the source gives its passphrase.
    File(Source),
    /// In the token of this name, under the certificate's name as label.
    Token(String),
}

/// One certificate to be made, with its key.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Short name: of the key, the files, and in messages.
    pub name: String,
    /// What it is for.
    pub duty: Duty,
    /// Name of the issuer; none for a root.
    pub issuer: Option<String>,
    /// CN.
    pub common_name: String,
    /// O.
    pub organisation: Option<String>,
    /// Kind of the key.
    pub kind: KeyKind,
    /// Where the key lives.
    pub place: KeyPlace,
    /// How many days the certificate is valid.
    pub days: u32,
    /// How many days the first revocation list is valid; authorities only.
    pub list_days: Option<u32>,
    /// Addresses written into the certificate.
    pub urls: Urls,
}

impl Planned {
    /// The kind of the key in the words of records.
    #[must_use]
    pub fn kind_word(&self) -> &'static str {
        match self.kind {
            KeyKind::EcP256 => "EC P-256",
            KeyKind::EcP384 => "EC P-384",
            KeyKind::Rsa2048 => "RSA 2048",
            KeyKind::Rsa3072 => "RSA 3072",
            KeyKind::Ed25519 => "Ed25519",
        }
    }
}

impl Plan {
    /// Reads and checks a ceremony file.
    ///
    /// # Errors
    /// [`NcaError::Plan`] with line and column; [`NcaError::File`] when a file cannot be read.
    pub fn read(path: &Path) -> Result<Self, NcaError> {
        let bytes = files::bytes(path).map_err(|error| NcaError::file(path, error.why))?;
        let text = std::str::from_utf8(&bytes).map_err(|_| NcaError::file(path, "is not text"))?;
        let sheet = place::Sheet { path, text };
        let raw: RawPlan = toml::from_str(text).map_err(|fault| sheet.refused(&fault))?;
        check::check(&sheet, &raw)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self {
            title: raw.title,
            approvers: raw.approver.into_iter().map(RawApprover::approver).collect(),
            tokens: raw.token,
            certificates: raw.certificate.into_iter().map(RawPlanned::planned).collect(),
            sha256: sha256(&bytes),
            bytes,
            folder,
        })
    }

    /// The planned certificate of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Planned> {
        self.certificates.iter().find(|planned| planned.name == name)
    }
}

impl TokenPlan {
    /// A key in this token.
    pub(super) fn key(&self, label: &str, id: Option<&[u8]>, pin: Pin) -> TokenKey {
        TokenKey {
            library: self.library.clone(),
            token: self.label.clone(),
            label: label.to_owned(),
            id: id.map(<[u8]>::to_vec),
            pin,
        }
    }
}
