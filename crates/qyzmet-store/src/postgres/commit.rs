//! Committing so that a commit whose answer was lost can be looked up afterwards.
//!
//! When the connection breaks while COMMIT is under way, nobody can tell whether it was done; running the unit again
//! could do it twice, and giving up could deny what was done. So each worker has a row of its own in `store_worker`,
//! and the last statement of every changing transaction writes the number of the unit there. After a break the worker
//! first *fences*: under a lock on its row it reads the number. If it is the unit's, the unit was committed. If not,
//! the fence writes another number and commits: the lost transaction, should it still be alive somewhere, began before
//! the fence and wants to write the same row, which a serializable transaction is then refused. It can no longer be
//! committed, and the unit may be run again.

use std::ops::Range;

use super::connection::Connection;
use crate::{StoreError, Tx, counters, sql};

sql! {
    MARK = "INSERT INTO store_worker (worker, last_unit) VALUES ($1, $2)
        ON CONFLICT (worker) DO UPDATE SET last_unit = excluded.last_unit";
    LAST = "SELECT last_unit FROM store_worker WHERE worker = $1 /*lock*/";
    LEAVE = "DELETE FROM store_worker WHERE worker = $1";
}

/// Begins the transaction of a unit that may change something.
pub(super) const BEGIN: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
/// Begins the transaction of a unit that only reads: one snapshot, never refused.
pub(super) const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Numbers that no other worker of any process ever had.
pub(super) fn new_workers(connection: &mut Connection, workers: usize) -> Result<Range<i64>, StoreError> {
    connection.begin("BEGIN");
    let mut last = 0;
    for _ in 0..workers {
        last = counters::next(&mut Tx::new(connection), "store-worker")?;
    }
    connection.end("COMMIT")?;
    let end = i64::try_from(last).unwrap_or(i64::MAX - 1) + 1;
    Ok(end - workers as i64..end)
}

/// Commits the present transaction as the unit with this number.
pub(super) fn commit(connection: &mut Connection, worker: i64, unit: i64) -> Result<(), StoreError> {
    if connection.wrote() {
        connection.commit_after(&MARK, &[worker.into(), unit.into()])
    } else {
        connection.end("COMMIT")
    }
}

/// Whether the unit with this number was committed; if not, it cannot be any more.
pub(super) fn fence(connection: &mut Connection, worker: i64, unit: i64) -> Result<bool, StoreError> {
    connection.begin(BEGIN);
    let row = Tx::new(connection).one(&LAST, &[worker.into()])?;
    let last = row.map(|row| row.int(0)).transpose()?;
    if last == Some(unit) {
        connection.end("ROLLBACK")?;
        return Ok(true);
    }
    // Units count upwards from 1, so the negative number is nobody's.
    connection.commit_after(&MARK, &[worker.into(), (-unit).into()])?;
    Ok(false)
}

/// Removes the row of a worker that ends.
pub(super) fn leave(connection: &mut Connection, worker: i64) -> Result<(), StoreError> {
    connection.begin("BEGIN");
    Tx::new(connection).execute(&LEAVE, &[worker.into()])?;
    connection.end("COMMIT")
}
