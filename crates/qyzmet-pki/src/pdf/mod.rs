//! Sealing of PDF documents: PAdES B-B as an incremental update.

use jiff::Timestamp;

use crate::{identity::Identity, key::SignError};

/// A document could not be sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The bytes are not a PDF document that can be sealed; the text names what is missing.
    #[error("the document cannot be sealed: {0}")]
    Document(&'static str),
    /// The key could not sign.
    #[error(transparent)]
    Key(#[from] SignError),
}

/// Seals the document.
///
/// # Errors
/// [`SealError`] when the document or the key is not fit.
pub fn seal(pdf: &[u8], identity: &Identity, at: Timestamp) -> Result<Vec<u8>, SealError> {
    let _ = (pdf, at);
    identity.certificate()?;
    Err(SealError::Document("not yet"))
}
