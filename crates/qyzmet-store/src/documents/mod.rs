//! Documents: requests, results, signatures, uploads. Named by the SHA-256 of their content, encrypted where they lie:
//! large ones in a folder or bucket, small ones as rows of the database.
//!
//! A large document is put before the row that names it is committed, a small one in the same transaction: a crash in
//! between leaves a document that nobody names, never a name without a document. Putting the same content again is
//! harmless, and heals it should it be damaged.

mod envelope;
mod failure;
mod place;
mod rows;

use std::fmt;
use std::sync::Arc;

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use qyzmet_domain::DocumentId;

use crate::{Store, StoreError, Tx};
use rows::Rows;
pub(crate) use rows::STATEMENTS;

pub use envelope::{DocumentKey, Keys};
pub use failure::DocumentError;
pub use place::{Place, S3};

/// The store of documents; clones share it.
#[derive(Clone)]
pub struct Documents {
    objects: Arc<dyn ObjectStore>,
    keys: Arc<Keys>,
    rows: Option<Rows>,
}

/// A document on its way: durable already, or to be written as a row by the unit of work that names it.
#[must_use = "a small document is kept only by `write`"]
pub struct Prepared {
    id: DocumentId,
    row: Option<Vec<u8>>,
}

impl Prepared {
    /// Keeps the document in the transaction that will name it; only now its name is told.
    pub fn write(&self, tx: &mut Tx<'_>) -> Result<DocumentId, StoreError> {
        if let Some(sealed) = &self.row {
            rows::write(tx, self.id, sealed)?;
        }
        Ok(self.id)
    }
}

impl fmt::Debug for Documents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Documents")
    }
}

impl Documents {
    /// Opens the place; a local folder is made if it is not there.
    pub fn open(place: &Place, keys: Keys) -> Result<Self, DocumentError> {
        Ok(Self { objects: place.open()?, keys: Arc::new(keys), rows: None })
    }

    /// The same documents, of which those of at most so many bytes, sealed, become rows of the database. Rows are read
    /// whatever the limit is, so it can be changed at any time.
    #[must_use]
    pub fn with_rows(self, store: Store, up_to: usize) -> Self {
        Self { rows: Some(Rows::new(store, up_to)), ..self }
    }

    /// Makes a document ready for the unit of work that names it: seals it, and if it is too large for a row, puts it
    /// where it lies. Call it for several at once to wait only once.
    pub async fn prepare(&self, bytes: &[u8]) -> Result<Prepared, DocumentError> {
        let id = DocumentId::of(bytes);
        let sealed = self.keys.seal(id, bytes)?;
        if self.rows.as_ref().is_some_and(|rows| rows.take(&sealed)) {
            return Ok(Prepared { id, row: Some(sealed) });
        }
        let placed = self.objects.put(&path(id), PutPayload::from(sealed)).await;
        placed.map_err(|error| failure::translate(id, &error))?;
        Ok(Prepared { id, row: None })
    }

    /// Keeps a document that no unit of work names; durable when it answers.
    pub async fn put(&self, bytes: &[u8]) -> Result<DocumentId, DocumentError> {
        let prepared = self.prepare(bytes).await?;
        match &self.rows {
            Some(rows) => rows.put(prepared).await,
            None => Ok(prepared.id),
        }
    }

    /// Reads a document and proves that it is the one that was put.
    pub async fn get(&self, id: DocumentId) -> Result<Vec<u8>, DocumentError> {
        let sealed = self.sealed(id).await?;
        let bytes = self.keys.open(id, &sealed)?;
        if DocumentId::of(&bytes) == id { Ok(bytes) } else { Err(DocumentError::Damaged(id)) }
    }

    /// Encrypts a document anew if it is not under the current key; `true` when it was. After all documents have been
    /// walked through, an old key can be taken out of the configuration.
    pub async fn renew(&self, id: DocumentId) -> Result<bool, DocumentError> {
        let sealed = self.sealed(id).await?;
        if self.keys.is_current(&sealed) {
            return Ok(false);
        }
        let bytes = self.keys.open(id, &sealed)?;
        self.put(&bytes).await?;
        Ok(true)
    }

    /// Destroys the content of a document, wherever it lies; one that is not there is as good as destroyed. Call it before the last
    /// row that names the document is deleted: after a crash in between that row is still there to be gone about again.
    pub async fn destroy(&self, id: DocumentId) -> Result<(), DocumentError> {
        if let Some(rows) = &self.rows {
            rows.delete(id).await?;
        }
        match self.objects.delete(&path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failure::translate(id, &error)),
        }
    }

    /// What lies there under this name.
    async fn sealed(&self, id: DocumentId) -> Result<Vec<u8>, DocumentError> {
        let row = match &self.rows {
            Some(rows) => rows.get(id).await?,
            None => None,
        };
        if let Some(sealed) = row {
            return Ok(sealed);
        }
        let translate = |error| failure::translate(id, &error);
        let found = self.objects.get(&path(id)).await.map_err(translate)?;
        Ok(found.bytes().await.map_err(translate)?.to_vec())
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
mod rows_tests;
#[cfg(test)]
mod tests;
