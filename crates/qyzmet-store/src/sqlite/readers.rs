//! Read-only connections, used on the thread that asks: a read takes tens of microseconds, less than a hand-over.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::connection::Connection;
use crate::{StoreError, Tx, unit};

/// Idle connections kept; more are opened when more threads read at once.
const KEPT: usize = 16;

pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Option<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: Mutex::new(Some(Vec::new())) }
    }

    /// Runs a reading unit on one snapshot of the database.
    pub(crate) fn read<T, E>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let mut connection = self.take()?;
        connection.control("BEGIN")?;
        let (outcome, ran) = unit::run(&mut connection, work);
        // A connection that cannot end its transaction is not used again.
        if connection.control("ROLLBACK").is_ok() {
            self.give_back(connection);
        }
        unit::answer(outcome, ran.fate())
    }

    pub(super) fn close(&self) {
        *self.lock() = None;
    }

    fn take(&self) -> Result<Connection, StoreError> {
        if let Some(connection) = self.lock().as_mut().ok_or(StoreError::Closed)?.pop() {
            return Ok(connection);
        }
        Connection::reader(&self.path)
    }

    fn give_back(&self, connection: Connection) {
        if let Some(idle) = self.lock().as_mut()
            && idle.len() < KEPT
        {
            idle.push(connection);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
