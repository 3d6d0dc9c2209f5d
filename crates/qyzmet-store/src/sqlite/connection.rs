//! One connection to the file: settings, and the translation of values and rows.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{OpenFlags, ToSql};

use super::failure::translate;
use crate::{Row, Statement, StoreError, Value, tx::Session};

/// Statements kept prepared in a connection: more than the crate has.
const PREPARED: usize = 1024;
/// How long to wait for another process (a backup, `migrate`) before giving up.
const BUSY: Duration = Duration::from_secs(5);

/// A connection with its prepared statements.
pub(crate) struct Connection(rusqlite::Connection);

impl Connection {
    /// Opens for writing, making the file if there is none.
    pub(super) fn maker(path: &Path) -> Result<Self, StoreError> {
        Self::changing(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens for writing; the file must be there.
    pub(super) fn writer(path: &Path) -> Result<Self, StoreError> {
        Self::changing(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn changing(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let connection = Self::open(path, flags)?;
        // FULL: a commit is on the disk before it is answered, also in WAL mode.
        connection.batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")?;
        // 24 MiB of pages; what is not among them is with the system. More would be slower: after a commit in which a page was split
        // SQLite looks through the whole table of pages that it keeps.
        connection.batch("PRAGMA cache_size = -24576")?;
        // 64 MiB in the log before the writer stops to fold it into the file: a page that is written again and again until then
        // is folded once.
        connection.batch("PRAGMA wal_autocheckpoint = 16000")?;
        // What is needed to roll back to a savepoint, or a single statement, stays in memory: it is worth nothing after a
        // crash, and beyond 64 KiB SQLite would write it to a temporary file, page by page.
        connection.batch("PRAGMA temp_store = MEMORY")?;
        Ok(connection)
    }

    /// Opens for reading only.
    pub(super) fn reader(path: &Path) -> Result<Self, StoreError> {
        Self::open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn open(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(path, flags).map_err(translate)?;
        connection.busy_timeout(BUSY).map_err(translate)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        // Plans do not depend on values; otherwise a statement with LIKE is planned anew at every run.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(translate)?;
        Ok(Self(connection))
    }

    /// Runs texts without parameters: transaction control, settings, migrations.
    pub(super) fn batch(&self, text: &str) -> Result<(), StoreError> {
        self.0.execute_batch(text).map_err(translate)
    }

    /// Transaction control on the hot path: prepared once.
    pub(super) fn control(&self, text: &'static str) -> Result<(), StoreError> {
        let mut prepared = self.0.prepare_cached(text).map_err(translate)?;
        prepared.execute([]).map(|_| ()).map_err(translate)
    }

    /// Rows changed by this connection so far; only a difference means anything.
    pub(super) fn changes(&self) -> u64 {
        self.0.total_changes()
    }

    /// Whether a transaction is open. SQLite ends it by itself after some failures, a full disk among them.
    pub(super) fn in_transaction(&self) -> bool {
        !self.0.is_autocommit()
    }
}

impl Session for Connection {
    fn execute(&mut self, statement: &'static Statement, values: &[Value]) -> Result<u64, StoreError> {
        let mut prepared = self.0.prepare_cached(statement.for_sqlite()).map_err(translate)?;
        let changed = prepared.execute(rusqlite::params_from_iter(values)).map_err(translate)?;
        Ok(changed as u64)
    }

    fn rows(&mut self, statement: &'static Statement, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut prepared = self.0.prepare_cached(statement.for_sqlite()).map_err(translate)?;
        let columns = prepared.column_count();
        let mut rows = prepared.query(rusqlite::params_from_iter(values)).map_err(translate)?;
        let mut answer = Vec::new();
        while let Some(row) = rows.next().map_err(translate)? {
            let values: Result<Vec<_>, _> =
                (0..columns).map(|column| owned(row.get_ref(column).map_err(translate)?)).collect();
            answer.push(Row::new(values?));
        }
        Ok(answer)
    }

    fn check(&mut self, statement: &'static Statement) -> Result<(), StoreError> {
        self.0.prepare_cached(statement.for_sqlite()).map(drop).map_err(translate)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Bool(flag) => ValueRef::Integer((*flag).into()),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn owned(value: ValueRef<'_>) -> Result<Value, StoreError> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Real(_) => Err(StoreError::Database("fractions are not stored".to_owned())),
        ValueRef::Text(bytes) => String::from_utf8(bytes.to_vec())
            .map(Value::Text)
            .map_err(|_| StoreError::Corrupt("text is not UTF-8".to_owned())),
        ValueRef::Blob(bytes) => Ok(Value::Blob(bytes.to_vec())),
    }
}
