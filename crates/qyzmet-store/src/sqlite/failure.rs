//! Errors of SQLite in the words of the store.

use rusqlite::{Error, ErrorCode};

use crate::StoreError;

/// Translates an error; its text may name tables and constraints, but SQLite never puts values into it.
pub(super) fn translate(error: Error) -> StoreError {
    let Error::SqliteFailure(failure, message) = &error else {
        return StoreError::Database(error.to_string());
    };
    let text = message.clone().unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::DiskFull => StoreError::DiskFull,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Conflict,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Corrupt(text),
        ErrorCode::CannotOpen => StoreError::Unavailable,
        ErrorCode::ConstraintViolation if is_unique(failure.extended_code) => StoreError::Duplicate(text),
        _ => StoreError::Database(text),
    }
}

fn is_unique(code: i32) -> bool {
    code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE || code == rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
}
