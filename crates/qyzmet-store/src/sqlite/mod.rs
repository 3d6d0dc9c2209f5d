//! SQLite: one file, one writer thread with group commit, readers of their own.

mod answers;
mod connection;
mod failure;
mod group;
mod readers;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use connection::Connection;
use readers::Readers;

use crate::{StoreError, Tx, dialect, migrations, queue::Queue, unit::Unit};

/// The engine behind a store on SQLite.
pub(crate) struct Engine {
    queue: Arc<Queue>,
    readers: Readers,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Engine {
    /// Opens the file and starts its writer; fails when the schema is not current.
    pub(crate) fn open(path: &Path, capacity: usize) -> Result<Self, StoreError> {
        let mut connection = Connection::writer(path)?;
        migrations::check(&mut connection)?;
        let queue = Arc::new(Queue::new(capacity));
        let writer = writer::start(connection, Arc::clone(&queue))?;
        Ok(Self { queue, readers: Readers::new(path), writer: Mutex::new(Some(writer)) })
    }

    /// Opens the file for reading alone: its process needs no right to change it, nor the folder around it.
    pub(crate) fn open_reading(path: &Path) -> Result<Self, StoreError> {
        migrations::check(&mut Connection::reader(path)?)?;
        let queue = Arc::new(Queue::new(0));
        queue.close();
        Ok(Self { queue, readers: Readers::new(path), writer: Mutex::new(None) })
    }

    pub(crate) fn push(&self, unit: Box<dyn Unit>) -> Result<(), StoreError> {
        self.queue.push(unit)
    }

    pub(crate) fn waiting(&self) -> usize {
        self.queue.len()
    }

    pub(crate) fn readers(&self) -> &Readers {
        &self.readers
    }

    /// Stops taking work; the thread to wait for, or `None` when another call already waits for it.
    pub(crate) fn close(&self) -> Option<JoinHandle<()>> {
        self.queue.close();
        self.readers.close();
        self.writer.lock().ok().and_then(|mut writer| writer.take())
    }
}

impl Drop for Engine {
    // Without this the writer of a store that was dropped without `close` would wait for ever.
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// Applies what is missing in one transaction that no second process can enter; the names of what was applied.
pub(crate) fn migrate(path: &Path) -> Result<Vec<String>, StoreError> {
    let mut connection = Connection::maker(path)?;
    connection.batch("BEGIN EXCLUSIVE")?;
    let applied = apply(&mut connection);
    connection.batch(if applied.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    applied
}

fn apply(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    connection.batch(&dialect::sqlite_migration(migrations::TABLE))?;
    let mut applied = Vec::new();
    for migration in migrations::pending(&mut Tx::new(connection))? {
        connection.batch(&dialect::sqlite_migration(migration.text))?;
        migrations::record(&mut Tx::new(connection), migration)?;
        applied.push(migration.name.to_owned());
    }
    Ok(applied)
}
