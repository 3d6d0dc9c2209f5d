//! The one thread that changes the file: it commits everything that waits in one go, then answers.

use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use super::connection::Connection;
use crate::StoreError;
use crate::queue::Queue;
use crate::unit::{Ran, Unit};

/// Units in one commit at most: bounds how long the first of them waits for its answer.
const GROUP: usize = 512;

/// Starts the thread; it ends when the queue is closed and empty.
pub(super) fn start(mut connection: Connection, queue: Arc<Queue>) -> Result<JoinHandle<()>, StoreError> {
    let body = move || {
        while let Some(units) = queue.take(GROUP) {
            commit_group(&mut connection, units);
        }
        // Leaves one file behind, which is what an operator copies; harmless when it fails.
        if let Err(error) = connection.batch("PRAGMA wal_checkpoint(TRUNCATE)") {
            tracing::warn!(%error, "the write-ahead log was not folded into the database");
        }
    };
    Builder::new()
        .name("store-writer".to_owned())
        .spawn(body)
        .map_err(|error| StoreError::Database(format!("no thread for the writer: {error}")))
}

type Done = (Box<dyn Unit>, Result<(), StoreError>);

/// Runs the units in one transaction. When it cannot be committed, everybody gets that error, also those whose closure
/// refused: what they refused for may have been an uncommitted change of a neighbour in the same group.
fn commit_group(connection: &mut Connection, units: Vec<Box<dyn Unit>>) {
    let mut waiting: Vec<Done> = Vec::with_capacity(units.len());
    let mut group = connection.control("BEGIN IMMEDIATE");
    for mut unit in units {
        let fate = match &group {
            Ok(()) => run(connection, unit.as_mut()).unwrap_or_else(|lost| {
                group = Err(lost);
                Ok(())
            }),
            Err(_) => Ok(()),
        };
        waiting.push((unit, fate));
    }
    if let Err(error) = group.and_then(|()| connection.control("COMMIT")) {
        tracing::error!(%error, units = waiting.len(), "a group of changes was not committed");
        abandon(connection);
        waiting.iter_mut().for_each(|(_, fate)| *fate = Err(error.clone()));
    }
    for (unit, fate) in waiting {
        unit.answer(fate);
    }
}

/// Runs one unit under its savepoint. The outer error means that the whole transaction is gone.
fn run(connection: &mut Connection, unit: &mut dyn Unit) -> Result<Result<(), StoreError>, StoreError> {
    connection.control("SAVEPOINT unit")?;
    let ran = unit.run(connection);
    if !connection.in_transaction() {
        return Err(ran.failure().cloned().unwrap_or(StoreError::Conflict));
    }
    if !matches!(ran, Ran::Keep) {
        connection.control("ROLLBACK TO unit")?;
    }
    connection.control("RELEASE unit")?;
    Ok(ran.fate())
}

fn abandon(connection: &Connection) {
    if connection.in_transaction()
        && let Err(error) = connection.batch("ROLLBACK")
    {
        tracing::error!(%error, "a failed transaction could not be rolled back");
    }
}
