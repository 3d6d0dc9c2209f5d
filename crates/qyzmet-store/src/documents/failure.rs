//! What can go wrong with documents.

use std::error::Error;
use std::io;

use qyzmet_domain::DocumentId;

/// Why a document was not kept or not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// There is no such document.
    #[error("document {0} is not there")]
    Missing(DocumentId),
    /// What lies there is not what was put: changed, cut off, or not one of ours.
    #[error("document {0} is damaged")]
    Damaged(DocumentId),
    /// The document is encrypted with a key that the configuration no longer holds.
    #[error("document {document} needs the key {key:?}, which is not configured")]
    UnknownKey {
        /// The document.
        document: DocumentId,
        /// Name of the key.
        key: String,
    },
    /// No space is left.
    #[error("the disk of the documents is full")]
    Full,
    /// More work waits than the place takes: answer 503 and let the client come back.
    #[error("the place of the documents has more work than it can queue")]
    Overloaded,
    /// The place does not answer; a later attempt may succeed.
    #[error("the place of the documents does not answer: {0}")]
    Unavailable(String),
    /// The configuration cannot be used.
    #[error("documents are not configured: {0}")]
    Config(String),
}

/// Translates an error about one document.
pub(super) fn translate(id: DocumentId, error: &object_store::Error) -> DocumentError {
    match error {
        object_store::Error::NotFound { .. } => DocumentError::Missing(id),
        other if is_full(other) => DocumentError::Full,
        other => DocumentError::Unavailable(other.to_string()),
    }
}

fn is_full(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)) {
            return true;
        }
        next = error.source();
    }
    false
}
