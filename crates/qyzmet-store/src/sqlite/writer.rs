//! The one thread that changes the file: it commits everything that waits in one go, then answers.

use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use super::{connection::Connection, group::Group};
use crate::{StoreError, queue::Queue};

/// Units in one commit at most: bounds how long the first of them waits for its answer.
const GROUP: usize = 512;

/// Starts the thread; it ends when the queue is closed and empty.
pub(super) fn start(mut connection: Connection, queue: Arc<Queue>) -> Result<JoinHandle<()>, StoreError> {
    let body = move || {
        while let Some(mut units) = queue.take(GROUP) {
            let mut group = Group::begin(&mut connection);
            // What comes while the first ones run joins them: a commit costs about the same for one and for fifty.
            while !units.is_empty() {
                units.into_iter().for_each(|unit| group.run(unit));
                units = queue.take_waiting(GROUP - group.len());
            }
            group.commit();
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
