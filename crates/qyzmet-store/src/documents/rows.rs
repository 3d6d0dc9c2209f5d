//! Small documents as rows: they become durable with the row that names them, not by syncs of their own.
//!
//! A file costs at least two syncs, and a disk gives hundreds of them in a second; a row is part of a transaction that is
//! committed anyway. The rows lie sealed, as files do.

use qyzmet_domain::DocumentId;

use super::{DocumentError, Prepared};
use crate::{Store, StoreError, Tx, Value, sql};

sql! {
    PUT = "INSERT INTO documents (id, sealed) VALUES ($1, $2)
        ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed";
    GET = "SELECT sealed FROM documents WHERE id = $1";
    DELETE = "DELETE FROM documents WHERE id = $1";
}

/// The rows, and up to which size documents become one.
#[derive(Clone)]
pub(super) struct Rows {
    store: Store,
    up_to: usize,
}

impl Rows {
    pub(super) fn new(store: Store, up_to: usize) -> Self {
        Self { store, up_to }
    }

    /// Whether a sealed document is small enough.
    pub(super) fn take(&self, sealed: &[u8]) -> bool {
        sealed.len() <= self.up_to
    }

    /// Keeps a document in a transaction of its own.
    pub(super) async fn put(&self, document: Prepared) -> Result<DocumentId, DocumentError> {
        self.store.write(move |tx| document.write(tx)).await.map_err(failure)
    }

    /// Removes a document, if it is a row.
    pub(super) async fn delete(&self, id: DocumentId) -> Result<(), DocumentError> {
        let deleted = self.store.write(move |tx| tx.execute(&DELETE, &[Value::text(&id)])).await;
        deleted.map(drop).map_err(failure)
    }

    /// A sealed document, if it is a row.
    pub(super) async fn get(&self, id: DocumentId) -> Result<Option<Vec<u8>>, DocumentError> {
        let row = self.store.read(move |tx| tx.one(&GET, &[Value::text(&id)])).await.map_err(failure)?;
        row.map(|row| row.blob(0)).transpose().map_err(failure)
    }
}

/// Writes the row.
pub(super) fn write(tx: &mut Tx<'_>, id: DocumentId, sealed: &[u8]) -> Result<(), StoreError> {
    tx.execute(&PUT, &[Value::text(&id), sealed.into()]).map(drop)
}

fn failure(error: StoreError) -> DocumentError {
    match error {
        StoreError::Overloaded => DocumentError::Overloaded,
        StoreError::DiskFull => DocumentError::Full,
        other => DocumentError::Unavailable(other.to_string()),
    }
}
