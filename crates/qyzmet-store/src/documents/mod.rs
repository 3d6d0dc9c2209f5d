//! Documents: requests, results, signatures, uploads. Named by the SHA-256 of their content, encrypted where they lie:
//! large ones in a folder or bucket, small ones as rows of the database.
//!
//! A document is put before the row that names it is committed: a crash in between leaves a document that nobody names,
//! never a name without a document. Putting the same content again is harmless, and heals it should it be damaged.

mod envelope;
mod failure;
mod place;
mod rows;

use std::fmt;
use std::sync::Arc;

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use qyzmet_domain::DocumentId;
use tokio::task::JoinSet;

use crate::Store;
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

    /// Keeps a document; durable when it answers.
    pub async fn put(&self, bytes: &[u8]) -> Result<DocumentId, DocumentError> {
        self.put_all([bytes]).await.map(|[id]| id)
    }

    /// Keeps several documents, all of them durable when it answers; faster than one after the other.
    pub async fn put_all<const N: usize>(
        &self,
        contents: [&[u8]; N],
    ) -> Result<[DocumentId; N], DocumentError> {
        let ids = contents.map(DocumentId::of);
        let (mut small, mut large) = (Vec::new(), JoinSet::new());
        for (id, bytes) in ids.into_iter().zip(contents) {
            let sealed = self.keys.seal(id, bytes)?;
            if self.rows.as_ref().is_some_and(|rows| rows.take(&sealed)) {
                small.push((id, sealed));
            } else {
                large.spawn(place(Arc::clone(&self.objects), id, sealed));
            }
        }
        if let Some(rows) = &self.rows {
            rows.put(small).await?;
        }
        while let Some(placed) = large.join_next().await {
            placed.unwrap_or_else(|_| Err(DocumentError::Unavailable("interrupted".to_owned())))?;
        }
        Ok(ids)
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

async fn place(objects: Arc<dyn ObjectStore>, id: DocumentId, sealed: Vec<u8>) -> Result<(), DocumentError> {
    let put = objects.put(&path(id), PutPayload::from(sealed)).await;
    put.map(drop).map_err(|error| failure::translate(id, &error))
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
