//! The one thread that changes the file: it commits everything that waits in one go, then has it answered.

use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use super::{answers::Answers, connection::Connection, group::Group};
use crate::{StoreError, queue::Queue};

/// Units in one commit at most: bounds how long the first of them waits for its answer.
const GROUP: usize = 512;

/// Units after which a group takes in no more while it runs. A commit costs about the same for one unit and for fifty, so a small
/// group waits for nobody but takes whoever has come; beyond this it is better to answer: those whose answers come then prepare
/// their next units while the others are committed, and neither side waits for the other.
const ENOUGH: usize = 40;

/// Starts the thread; it ends when the queue is closed and empty.
pub(super) fn start(mut connection: Connection, queue: Arc<Queue>) -> Result<JoinHandle<()>, StoreError> {
    let answers = Answers::start()?;
    let body = move || {
        while let Some(mut units) = queue.take(GROUP) {
            let mut group = Group::begin(&mut connection);
            while !units.is_empty() {
                units.into_iter().for_each(|unit| group.run(unit));
                units = if group.len() < ENOUGH { queue.take_now(GROUP - group.len()) } else { Vec::new() };
            }
            answers.give(group.commit());
        }
        answers.finish();
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
