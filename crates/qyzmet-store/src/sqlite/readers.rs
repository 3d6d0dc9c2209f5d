//! Read-only connections, used on the thread that asks: a read takes tens of microseconds, less than a hand-over.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{connection, connection::Connection};
use crate::{StoreError, Tx, tx, unit::guarded};

/// Idle connections kept; more are opened when more threads read at once.
const KEPT: usize = 16;

pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Option<Vec<Tx>>>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: Mutex::new(Some(Vec::new())) }
    }

    /// Runs a reading unit on one snapshot of the database.
    pub(crate) fn read<T, E>(&self, unit: impl Fn(&mut Tx) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let mut tx = self.take()?;
        connection(&mut tx).control("BEGIN")?;
        let outcome = guarded(&mut tx, unit);
        let failure = tx.take_doom();
        // A connection that cannot end its transaction is not used again.
        if connection(&mut tx).control("ROLLBACK").is_ok() {
            self.give_back(tx);
        }
        match (outcome, failure) {
            (Some(Err(own)), _) => Err(own),
            (_, Some(failure)) => Err(failure.into()),
            (Some(answer), None) => answer,
            (None, None) => Err(StoreError::Closed.into()),
        }
    }

    pub(super) fn close(&self) {
        *self.lock() = None;
    }

    fn take(&self) -> Result<Tx, StoreError> {
        if let Some(tx) = self.lock().as_mut().ok_or(StoreError::Closed)?.pop() {
            return Ok(tx);
        }
        Ok(Tx::new(tx::Connection::Sqlite(Connection::reader(&self.path)?)))
    }

    fn give_back(&self, tx: Tx) {
        if let Some(idle) = self.lock().as_mut()
            && idle.len() < KEPT
        {
            idle.push(tx);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<Tx>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
