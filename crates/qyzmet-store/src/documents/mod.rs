//! Documents: requests, results, signatures, uploads. Named by the SHA-256 of their content, encrypted where they lie.
//!
//! A document is put before the row that names it is committed: a crash in between leaves a document that nobody names,
//! never a name without a document. Putting the same content again is harmless, and heals it should it be damaged.

mod envelope;
mod failure;
mod place;

use std::fmt;
use std::sync::Arc;

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use qyzmet_domain::DocumentId;

pub use envelope::{DocumentKey, Keys};
pub use failure::DocumentError;
pub use place::{Place, S3};

/// The store of documents; clones share it.
#[derive(Clone)]
pub struct Documents {
    objects: Arc<dyn ObjectStore>,
    keys: Arc<Keys>,
}

impl fmt::Debug for Documents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Documents")
    }
}

impl Documents {
    /// Opens the place; a local folder is made if it is not there.
    pub fn open(place: &Place, keys: Keys) -> Result<Self, DocumentError> {
        Ok(Self { objects: place.open()?, keys: Arc::new(keys) })
    }

    /// Keeps a document; durable when it answers.
    pub async fn put(&self, bytes: &[u8]) -> Result<DocumentId, DocumentError> {
        let id = DocumentId::of(bytes);
        let sealed = self.keys.seal(id, bytes)?;
        self.objects
            .put(&path(id), PutPayload::from(sealed))
            .await
            .map_err(|error| failure::translate(id, &error))?;
        Ok(id)
    }

    /// Reads a document and proves that it is the one that was put.
    pub async fn get(&self, id: DocumentId) -> Result<Vec<u8>, DocumentError> {
        let translate = |error| failure::translate(id, &error);
        let found = self.objects.get(&path(id)).await.map_err(translate)?;
        let sealed = found.bytes().await.map_err(translate)?;
        let bytes = self.keys.open(id, &sealed)?;
        if DocumentId::of(&bytes) == id { Ok(bytes) } else { Err(DocumentError::Damaged(id)) }
    }

    /// Encrypts a document anew if it is not under the current key; `true` when it was. After all documents have been
    /// walked through, an old key can be taken out of the configuration.
    pub async fn renew(&self, id: DocumentId) -> Result<bool, DocumentError> {
        let translate = |error| failure::translate(id, &error);
        let found = self.objects.get(&path(id)).await.map_err(translate)?;
        let sealed = found.bytes().await.map_err(translate)?;
        if self.keys.is_current(&sealed) {
            return Ok(false);
        }
        let bytes = self.keys.open(id, &sealed)?;
        self.put(&bytes).await?;
        Ok(true)
    }

    /// Whether the place answers: for readiness.
    pub async fn ping(&self) -> Result<(), DocumentError> {
        let nothing = DocumentId::of(b"");
        match self.objects.head(&path(nothing)).await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failure::translate(nothing, &error)),
        }
    }
}

/// Two digits make a folder, so that no folder holds millions of files.
fn path(id: DocumentId) -> Path {
    let name = id.to_string();
    Path::from_iter([&name[..2], &name])
}

#[cfg(test)]
mod bucket_tests;
#[cfg(test)]
mod tests;
