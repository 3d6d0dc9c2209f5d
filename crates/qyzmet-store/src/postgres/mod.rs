//! PostgreSQL: threads with one connection each, serializable, run again on conflict or failover.

mod commit;
mod connection;
mod failure;
#[cfg(test)]
mod tests;
mod values;
mod worker;

use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

pub(crate) use commit::STATEMENTS;
use connection::Connection;
use tokio_postgres::Config;

use crate::{StoreError, Tx, dialect, migrations, queue::Queue, unit::Unit};

/// Units that may wait for each worker.
const WAITING: usize = 64;
/// Any number, as long as every version of the program takes the same one.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(7173839463)";

/// The engine behind a store on PostgreSQL.
pub(crate) struct Engine {
    queue: Arc<Queue>,
    workers: Mutex<Vec<JoinHandle<()>>>,
}

impl Engine {
    /// Connects, checks the schema and starts the workers. Blocks.
    pub(crate) fn open(url: &str, workers: usize) -> Result<Self, StoreError> {
        let config = parse(url)?;
        let workers = workers.max(1);
        let mut connection = Connection::open(&config)?;
        migrations::check(&mut connection)?;
        let numbers = commit::new_workers(&mut connection, workers)?;
        let queue = Arc::new(Queue::new(workers * WAITING));
        let turn = Arc::default();
        let threads: Result<Vec<_>, _> = numbers
            .map(|number| worker::start(number, config.clone(), Arc::clone(&queue), Arc::clone(&turn)))
            .collect();
        Ok(Self { queue, workers: Mutex::new(threads?) })
    }

    pub(crate) fn push(&self, unit: Box<dyn Unit>) -> Result<(), StoreError> {
        self.queue.push(unit)
    }

    pub(crate) fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Stops taking work; the threads to wait for.
    pub(crate) fn close(&self) -> Vec<JoinHandle<()>> {
        self.queue.close();
        self.workers.lock().map(|mut workers| std::mem::take(&mut *workers)).unwrap_or_default()
    }
}

impl Drop for Engine {
    // Without this the workers of a store that was dropped without `close` would wait for ever.
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// Applies what is missing in one transaction under a lock; the names of what was applied. Blocks.
pub(crate) fn migrate(url: &str) -> Result<Vec<String>, StoreError> {
    let mut connection = Connection::open(&parse(url)?)?;
    connection.batch("BEGIN")?;
    connection.batch(MIGRATION_LOCK)?;
    let applied = apply(&mut connection);
    connection.batch(if applied.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    applied
}

fn apply(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    connection.batch(&dialect::postgres_migration(migrations::TABLE))?;
    let mut applied = Vec::new();
    for migration in migrations::pending(&mut Tx::new(connection))? {
        connection.batch(&dialect::postgres_migration(migration.text))?;
        migrations::record(&mut Tx::new(connection), migration)?;
        applied.push(migration.name.to_owned());
    }
    Ok(applied)
}

fn parse(url: &str) -> Result<Config, StoreError> {
    // The parser's own message may repeat a part of the text, which holds a password.
    url.parse().map_err(|_| StoreError::Database("the connection string cannot be read".to_owned()))
}
