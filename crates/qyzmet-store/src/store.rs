//! The store itself: opening, changing, reading, closing.

use std::path::PathBuf;
use std::sync::Arc;

use crate::unit::{Access, unit};
use crate::{StoreError, Tx, postgres, sql, sqlite};

sql! {
    PING = "SELECT CAST(1 AS BIGINT)";
}

/// Which database, and how much work may wait for it.
#[derive(Clone)]
pub enum StoreConfig {
    /// An embedded database in one file.
    Sqlite {
        /// The file; made by [`Store::migrate`].
        path: PathBuf,
        /// Units of work that may wait for the writer; more get [`StoreError::Overloaded`].
        queue: usize,
    },
    /// A PostgreSQL server.
    Postgres {
        /// Connection string, `postgres://user:password@host/database` or `key=value` pairs.
        url: String,
        /// Threads with one connection each; 64 units may wait for each of them.
        workers: usize,
    },
}

/// A handle to the database; clones share it.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
}

enum Engine {
    Sqlite(sqlite::Engine),
    Postgres(postgres::Engine),
}

impl Store {
    /// Opens the database. [`StoreError::Schema`] when migrations are missing or unknown.
    pub async fn open(config: StoreConfig) -> Result<Self, StoreError> {
        let engine = match config {
            StoreConfig::Sqlite { path, queue } => Engine::Sqlite(sqlite::Engine::open(&path, queue)?),
            StoreConfig::Postgres { url, workers } => {
                Engine::Postgres(blocking(move || postgres::Engine::open(&url, workers)).await?)
            }
        };
        Ok(Self { engine: Arc::new(engine) })
    }

    /// Opens the database for reading alone, as a process does that must not be able to change it. On SQLite a change answers
    /// [`StoreError::Closed`]; on PostgreSQL it is up to the role with which `url` signs in.
    pub async fn open_reading(config: StoreConfig) -> Result<Self, StoreError> {
        let StoreConfig::Sqlite { path, .. } = config else { return Self::open(config).await };
        Ok(Self { engine: Arc::new(Engine::Sqlite(sqlite::Engine::open_reading(&path)?)) })
    }

    /// Brings the schema up to date under a lock; the names of the migrations that were applied now.
    pub async fn migrate(config: StoreConfig) -> Result<Vec<String>, StoreError> {
        match config {
            StoreConfig::Sqlite { path, .. } => sqlite::migrate(&path),
            StoreConfig::Postgres { url, .. } => blocking(move || postgres::migrate(&url)).await,
        }
    }

    /// Runs `unit` in one transaction and answers when its change is durable. The unit may be run more than once, so
    /// it must have no effect but SQL; when it answers an error, nothing of it is kept.
    pub async fn write<T, E>(
        &self,
        unit: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (unit, answer) = self::unit(Access::Write, unit);
        match &*self.engine {
            Engine::Sqlite(engine) => engine.push(unit)?,
            Engine::Postgres(engine) => engine.push(unit)?,
        }
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Runs `unit` on one snapshot of the database; a statement that changes anything fails.
    pub async fn read<T, E>(
        &self,
        unit: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let engine = match &*self.engine {
            Engine::Sqlite(engine) => return engine.readers().read(unit),
            Engine::Postgres(engine) => engine,
        };
        let (unit, answer) = self::unit(Access::Read, unit);
        engine.push(unit)?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Whether the database answers: for readiness.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read(|tx| tx.one(&PING, &[]).map(drop)).await
    }

    /// Units that wait for a thread: for metrics, and to refuse work before it is begun.
    #[must_use]
    pub fn waiting(&self) -> usize {
        match &*self.engine {
            Engine::Sqlite(engine) => engine.waiting(),
            Engine::Postgres(engine) => engine.waiting(),
        }
    }

    /// Takes no more work, finishes what waits, and answers when everything is done and closed.
    pub async fn close(self) {
        let threads: Vec<_> = match &*self.engine {
            Engine::Sqlite(engine) => engine.close().into_iter().collect(),
            Engine::Postgres(engine) => engine.close(),
        };
        let joined = tokio::task::spawn_blocking(move || threads.into_iter().for_each(|t| drop(t.join())));
        drop(joined.await);
    }
}

/// Runs what waits for the network on a thread where that is allowed.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed))
}
