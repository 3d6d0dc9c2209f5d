//! What becomes of a commit whose answer was lost.

use super::commit::{self, BEGIN};
use super::connection::Connection;
use crate::testing::postgres::Database;
use crate::{StoreError, Tx, counters};

const WORKER: i64 = 1000;
const UNIT: i64 = 7;

fn connect(database: &Database) -> Connection {
    Connection::open(&database.url().parse().unwrap()).unwrap()
}

fn next(connection: &mut Connection) -> Result<u64, StoreError> {
    counters::next(&mut Tx::new(connection), "x")
}

#[test]
fn a_unit_that_was_committed_is_recognised_and_not_run_again() {
    let database = Database::new().unwrap();
    let (mut lost, mut again) = (connect(&database), connect(&database));
    lost.begin(BEGIN);
    assert_eq!(next(&mut lost), Ok(1));
    commit::commit(&mut lost, WORKER, UNIT).unwrap();
    assert_eq!(commit::fence(&mut again, WORKER, UNIT), Ok(true));
    assert_eq!(commit::fence(&mut again, WORKER, UNIT), Ok(true));
}

/// The server has not noticed the break: the old transaction is open, and its COMMIT is still on the way.
#[test]
fn after_the_fence_a_commit_that_was_still_on_its_way_is_refused() {
    let database = Database::new().unwrap();
    let (mut lost, mut again) = (connect(&database), connect(&database));
    lost.begin(BEGIN);
    assert_eq!(next(&mut lost), Ok(1));
    assert_eq!(commit::fence(&mut again, WORKER, UNIT), Ok(false));
    assert_eq!(commit::commit(&mut lost, WORKER, UNIT), Err(StoreError::Conflict));
    again.begin(BEGIN);
    assert_eq!(next(&mut again), Ok(1));
    commit::commit(&mut again, WORKER, UNIT).unwrap();
}

#[test]
fn the_fence_also_holds_for_a_worker_that_has_committed_before() {
    let database = Database::new().unwrap();
    let (mut lost, mut again) = (connect(&database), connect(&database));
    lost.begin(BEGIN);
    next(&mut lost).unwrap();
    commit::commit(&mut lost, WORKER, UNIT - 1).unwrap();
    lost.begin(BEGIN);
    next(&mut lost).unwrap();
    assert_eq!(commit::fence(&mut again, WORKER, UNIT), Ok(false));
    assert_eq!(commit::commit(&mut lost, WORKER, UNIT), Err(StoreError::Conflict));
}

#[test]
fn a_unit_that_only_read_leaves_no_mark() {
    let database = Database::new().unwrap();
    let mut connection = connect(&database);
    connection.begin(BEGIN);
    crate::jobs::counts(&mut Tx::new(&mut connection)).unwrap();
    commit::commit(&mut connection, WORKER, UNIT).unwrap();
    assert_eq!(commit::fence(&mut connection, WORKER, UNIT), Ok(false));
}

#[test]
fn every_worker_gets_a_number_of_its_own() {
    let database = Database::new().unwrap();
    let mut connection = connect(&database);
    let first = commit::new_workers(&mut connection, 3).unwrap();
    let second = commit::new_workers(&mut connection, 2).unwrap();
    assert_eq!(first.clone().count(), 3);
    assert_eq!(first.end, second.start);
}
