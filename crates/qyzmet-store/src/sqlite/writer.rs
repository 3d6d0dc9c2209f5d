//! The one thread that changes the file: it commits everything that waits in one go, then answers.

use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use super::{connection::Connection, group::Group};
use crate::{StoreError, queue::Queue};

/// Units in one commit at most: bounds how long the first of them waits for its answer.
const GROUP: usize = 512;

/// How long a group that is less than half of the one before waits for its next unit: those who got their answers are about to
/// come back. Where people are few, the one before was small too, and nobody waits.
const PATIENCE: Duration = Duration::from_micros(200);

/// Starts the thread; it ends when the queue is closed and empty.
pub(super) fn start(mut connection: Connection, queue: Arc<Queue>) -> Result<JoinHandle<()>, StoreError> {
    let body = move || {
        let mut usual = 1;
        while let Some(mut units) = queue.take(GROUP) {
            let mut group = Group::begin(&mut connection);
            // What comes while the first ones run joins them: a commit costs about the same for one and for fifty.
            while !units.is_empty() {
                units.into_iter().for_each(|unit| group.run(unit));
                let patience = if group.len() < usual / 2 { PATIENCE } else { Duration::ZERO };
                units = queue.take_within(patience, GROUP - group.len());
            }
            usual = group.len();
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
