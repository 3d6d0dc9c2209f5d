//! Errors of PostgreSQL in the words of the store.

use std::error::Error as _;
use std::io;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use crate::StoreError;

/// Translates an error. The detail of the server is left out: it repeats the values of the row.
pub(super) fn translate(error: &Error) -> StoreError {
    match error.as_db_error() {
        Some(answer) => of_server(answer),
        None if is_broken(error) => StoreError::Unavailable,
        // The driver refused before anything was sent: a value does not fit its parameter.
        None => match error.source() {
            Some(cause) => StoreError::Database(format!("{error}: {cause}")),
            None => StoreError::Database(error.to_string()),
        },
    }
}

fn of_server(answer: &DbError) -> StoreError {
    let code = answer.code();
    let collided =
        [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::LOCK_NOT_AVAILABLE];
    if collided.contains(code) {
        StoreError::Conflict
    } else if *code == SqlState::UNIQUE_VIOLATION {
        StoreError::Duplicate(answer.constraint().unwrap_or("unnamed").to_owned())
    } else if *code == SqlState::DISK_FULL {
        StoreError::DiskFull
    } else if *code == SqlState::DATA_CORRUPTED || *code == SqlState::INDEX_CORRUPTED {
        StoreError::Corrupt(answer.message().to_owned())
    } else if is_loss(code.code()) {
        StoreError::Unavailable
    } else {
        StoreError::Database(format!("{} ({})", answer.message(), code.code()))
    }
}

/// Codes with which a server says that it goes away, is not ready, takes no more connections or ends a session.
fn is_loss(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || code == "53300" || code == "25P03"
}

fn is_broken(error: &Error) -> bool {
    let of_network = error.source().is_some_and(|cause| cause.is::<io::Error>());
    error.is_closed() || of_network || error.to_string() == "timeout waiting for server"
}
