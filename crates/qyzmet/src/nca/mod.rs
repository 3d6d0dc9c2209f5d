//! The certification authority as a folder: founded by a ceremony, opened for work, moved as one archive.
//!
//! A ceremony is one reviewed file ([`plan`]), signed byte by byte by two persons ([`approval`]) and carried out in steps
//! ([`ceremony`]), each of which is durable before the next begins. [`folder`] says what lies where.

pub mod approval;
pub mod archive;
pub mod ceremony;
pub mod folder;
mod keys;
pub mod open;
pub mod plan;
mod profile;
pub mod record;
#[cfg(feature = "print")]
mod report;
pub mod secret;
mod work;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use self::{approval::ApprovalError, plan::PlanError};
use qyzmet_pki::{
    KeyError, TokenError,
    authority::{IssueError, ProfileError},
    crl::CrlError,
};

/// Why a ceremony, an export or an import did not go on. What was durable before stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum NcaError {
    /// The ceremony file, with line and column.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The approvals.
    #[error(transparent)]
    Approval(#[from] ApprovalError),
    /// The folder holds a finished authority.
    #[error("{}: there is an authority already; a ceremony is held once", .0.display())]
    Finished(PathBuf),
    /// The folder holds something else than this ceremony.
    #[error("{}: the folder holds something else than this ceremony", .0.display())]
    Foreign(PathBuf),
    /// Another process is at work in the folder.
    #[error("{}: another process is at work here", .0.display())]
    Locked(PathBuf),
    /// A token holds a key of this name before the ceremony began: it was made, or brought in, by something else.
    #[error("{name}: the token has a key of this label already")]
    KeyExists {
        /// Name in the ceremony file.
        name: String,
    },
    /// A key could not be made or opened.
    #[error("{name}: {cause}")]
    Key {
        /// Name in the ceremony file.
        name: String,
        /// Why.
        cause: KeyError,
    },
    /// A certificate could not be issued.
    #[error("{name}: {cause}")]
    Issue {
        /// Name in the ceremony file.
        name: String,
        /// Why.
        cause: IssueError,
    },
    /// The profiles of this product cannot be read.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A revocation list could not be written.
    #[error("{name}: {cause}")]
    List {
        /// Name in the ceremony file.
        name: String,
        /// Why.
        cause: CrlError,
    },
    /// A file says something else than it should.
    #[error("{}: {why}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// An archive cannot be made or taken in.
    #[error(transparent)]
    Archive(#[from] archive::ArchiveError),
}

impl NcaError {
    pub(crate) fn file(path: &Path, why: impl std::fmt::Display) -> Self {
        Self::File { path: path.to_owned(), why: why.to_string() }
    }

    fn key(name: &str) -> impl Fn(KeyError) -> Self {
        move |cause| Self::Key { name: name.to_owned(), cause }
    }

    fn token(name: &str) -> impl Fn(TokenError) -> Self {
        move |cause| Self::Key { name: name.to_owned(), cause: cause.into() }
    }

    fn issue(name: &str) -> impl Fn(IssueError) -> Self {
        move |cause| Self::Issue { name: name.to_owned(), cause }
    }

    fn list(name: &str) -> impl Fn(CrlError) -> Self {
        move |cause| Self::List { name: name.to_owned(), cause }
    }
}

/// SHA-256 in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes))
}
