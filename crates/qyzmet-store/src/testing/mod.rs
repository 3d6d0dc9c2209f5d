//! Throw-away databases for tests, of both engines, and a macro that runs one test on both.

pub mod postgres;

use std::io;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::{Store, StoreConfig, StoreError};

/// Which engine a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of the shared test server.
    Postgres,
}

/// A migrated database that vanishes with this value; keep it longer than the store that uses it.
pub struct Database {
    config: StoreConfig,
    _folder: Option<TempDir>,
    _database: Option<postgres::Database>,
}

impl Database {
    /// Makes one. Blocks; must not be called on a thread of an async runtime.
    pub fn new(engine: Engine) -> io::Result<Self> {
        match engine {
            Engine::Sqlite => Self::sqlite(),
            Engine::Postgres => {
                let database = postgres::Database::new()?;
                let config = StoreConfig::Postgres { url: database.url().to_owned(), workers: 4 };
                Ok(Self { config, _folder: None, _database: Some(database) })
            }
        }
    }

    /// How to open it.
    #[must_use]
    pub fn config(&self) -> StoreConfig {
        self.config.clone()
    }

    fn sqlite() -> io::Result<Self> {
        let folder = TempDir::new()?;
        let path: PathBuf = folder.path().join("qyzmet.db");
        crate::sqlite::migrate(&path).map_err(io::Error::other)?;
        let config = StoreConfig::Sqlite { path, queue: 1024 };
        Ok(Self { config, _folder: Some(folder), _database: None })
    }
}

/// Opens a fresh store on the engine, runs the test, closes the store.
pub fn run<F: Future<Output = ()>>(engine: Engine, test: impl FnOnce(Store) -> F) -> io::Result<()> {
    let database = Database::new(engine)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime
        .block_on(async {
            let store = Store::open(database.config()).await?;
            test(store.clone()).await;
            store.close().await;
            Ok::<(), StoreError>(())
        })
        .map_err(io::Error::other)
}

/// Writes each test once and runs it on both engines.
/// ```ignore
/// on_both_engines! {
///     /// [R58-5.2a]
///     async fn a_number_is_linked_once(store: Store) { ... }
/// }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$doc:meta])* async fn $name:ident($store:ident: Store) $body:block)+) => {
        $($(#[$doc])* mod $name {
            use super::*;

            async fn test($store: $crate::Store) $body

            #[test]
            fn sqlite() -> ::std::io::Result<()> {
                $crate::testing::run($crate::testing::Engine::Sqlite, test)
            }

            #[test]
            fn postgres() -> ::std::io::Result<()> {
                $crate::testing::run($crate::testing::Engine::Postgres, test)
            }
        })+
    };
}
