//! Overload, conflicts, lost connections, a full disk, a damaged schema.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

use tokio::runtime::Runtime;

use crate::testing::{Database, Engine, postgres};
use crate::{Store, StoreConfig, StoreError, counters, on_both_engines, sql};

sql! {
    CLIMB = "UPDATE counter SET value = value + 1 WHERE name = $1";
    SUM = "SELECT CAST(sum(value) AS BIGINT) FROM counter WHERE name IN ('a', 'b')";
    PUT = "INSERT INTO counter (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    GET = "SELECT value FROM counter WHERE name = $1";
    FILL = "INSERT INTO job (id, kind, payload, open, dead, attempts, due_at) VALUES ($1, 'x', $2, TRUE, FALSE, 0, 0)";
    FREE = "DELETE FROM job";
    LIMIT = "PRAGMA max_page_count = 200";
    BREAK = "DROP TABLE rate";
    FORGET = "DELETE FROM migration WHERE name = '0002_jobs'";
    FALSIFY = "UPDATE migration SET checksum = 'x' WHERE name = '0001_counters'";
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

on_both_engines! {
    // Write skew: each reads both and changes one. Only a serial order gives one of them the chance to see the other.
    async fn units_that_read_what_others_change_run_as_if_one_after_the_other(store: Store) {
        let runs = Arc::new(AtomicU32::new(0));
        for name in ["a", "b"] {
            store.write(move |tx| tx.execute(&PUT, &[name.into(), 0_i64.into()])).await.unwrap();
        }
        let units: Vec<_> = (0..20).map(|number| {
            let (store, runs) = (store.clone(), Arc::clone(&runs));
            tokio::spawn(async move {
                let name = if number % 2 == 0 { "a" } else { "b" };
                store.write(move |tx| {
                    runs.fetch_add(1, Ordering::Relaxed);
                    let sum = tx.one(&SUM, &[])?.map_or(Ok(0), |row| row.int(0))?;
                    tx.execute(&CLIMB, &[name.into()])?;
                    Ok::<_, StoreError>(sum)
                }).await
            })
        }).collect();
        let mut seen = Vec::new();
        for unit in units {
            seen.push(unit.await.unwrap().unwrap());
        }
        seen.sort_unstable();
        assert_eq!(seen, (0..20).collect::<Vec<_>>());
        assert!(runs.load(Ordering::Relaxed) >= 20);
    }
}

#[test]
fn two_units_that_collide_on_postgres_both_succeed_because_one_runs_again() {
    let database = Database::new(Engine::Postgres).unwrap();
    runtime().block_on(async {
        let store = Store::open(database.config()).await.unwrap();
        let runs = Arc::new(AtomicU32::new(0));
        let barrier = Arc::new(std::sync::Barrier::new(2));
        let units = [0, 1].map(|_| {
            let (store, runs, barrier) = (store.clone(), Arc::clone(&runs), Arc::clone(&barrier));
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        tx.one(&GET, &["x".into()])?;
                        // Both have looked before either changes anything, in their first runs.
                        if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                            barrier.wait();
                        }
                        counters::next(tx, "x")
                    })
                    .await
            })
        });
        let mut numbers = Vec::new();
        for unit in units {
            numbers.push(unit.await.unwrap().unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2]);
        assert!(runs.load(Ordering::SeqCst) > 2);
        store.close().await;
    });
}

#[test]
fn a_unit_whose_connection_is_cut_runs_again_and_is_done_exactly_once() {
    let database = Arc::new(postgres::Database::new().unwrap());
    let config = StoreConfig::Postgres { url: database.url().to_owned(), workers: 2 };
    runtime().block_on(async {
        let store = Store::open(config).await.unwrap();
        let runs = Arc::new(AtomicU32::new(0));
        let (counted, cutter) = (Arc::clone(&runs), Arc::clone(&database));
        let number = store.write(move |tx| {
            let number = counters::next(tx, "x")?;
            if counted.fetch_add(1, Ordering::SeqCst) == 0 {
                cutter.cut_connections().map_err(|error| StoreError::Database(error.to_string()))?;
            }
            Ok::<_, StoreError>(number)
        });
        assert_eq!(number.await, Ok(1));
        assert_eq!(runs.load(Ordering::SeqCst), 2);
        assert_eq!(store.write(|tx| counters::next(tx, "x")).await, Ok(2));
        store.close().await;
    });
}

#[test]
fn connections_cut_under_load_lose_and_repeat_nothing() {
    let database = Arc::new(postgres::Database::new().unwrap());
    let config = StoreConfig::Postgres { url: database.url().to_owned(), workers: 3 };
    runtime().block_on(async {
        let store = Store::open(config).await.unwrap();
        let clients = ["p", "q", "r"].map(|name| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut last = 0;
                for _ in 0..60 {
                    last = store.write(move |tx| counters::next(tx, name)).await.unwrap();
                }
                last
            })
        });
        for _ in 0..8 {
            let cutter = Arc::clone(&database);
            tokio::task::spawn_blocking(move || cutter.cut_connections()).await.unwrap().unwrap();
        }
        for client in clients {
            assert_eq!(client.await.unwrap(), 60);
        }
        store.close().await;
    });
}

/// Each commit makes all the others collide: without turns an unlucky unit could use up its attempts.
#[test]
fn many_units_that_want_the_same_row_all_get_it() {
    let database = postgres::Database::new().unwrap();
    let config = StoreConfig::Postgres { url: database.url().to_owned(), workers: 8 };
    runtime().block_on(async {
        let store = Store::open(config).await.unwrap();
        let units: Vec<_> = (0..200)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.write(|tx| counters::next(tx, "x")).await })
            })
            .collect();
        let mut numbers = Vec::new();
        for unit in units {
            numbers.push(unit.await.unwrap().unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=200).collect::<Vec<_>>());
        store.close().await;
    });
}

#[test]
fn an_unreachable_server_is_told_at_once() {
    let url = "host=/nonexistent user=postgres dbname=x".to_owned();
    let opened = runtime().block_on(Store::open(StoreConfig::Postgres { url, workers: 1 }));
    assert!(matches!(opened.map(drop), Err(StoreError::Unavailable)));
}

#[test]
fn a_full_queue_is_refused_at_once() {
    let database = Database::new(Engine::Sqlite).unwrap();
    let StoreConfig::Sqlite { path, .. } = database.config() else { panic!("asked for SQLite") };
    runtime().block_on(async {
        let store = Store::open(StoreConfig::Sqlite { path, queue: 2 }).await.unwrap();
        let (entered, has_entered) = mpsc::channel();
        let (release, released) = mpsc::channel::<()>();
        let released = std::sync::Mutex::new(released);
        let slow = store.clone();
        let slow = tokio::spawn(async move {
            slow.write(move |_| {
                entered.send(()).unwrap();
                released.lock().unwrap().recv().unwrap();
                Ok::<_, StoreError>(())
            })
            .await
        });
        has_entered.recv().unwrap();
        let next = || {
            let store = store.clone();
            async move { store.write(|tx| counters::next(tx, "x")).await }
        };
        let (first, second) = (tokio::spawn(next()), tokio::spawn(next()));
        while store.waiting() < 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(next().await, Err(StoreError::Overloaded));
        release.send(()).unwrap();
        assert_eq!(slow.await.unwrap(), Ok(()));
        let mut numbers = [first.await.unwrap().unwrap(), second.await.unwrap().unwrap()];
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2]);
        store.close().await;
    });
}

#[test]
fn closing_answers_everything_that_waits() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = Database::new(engine).unwrap();
        runtime().block_on(async {
            let store = Store::open(database.config()).await.unwrap();
            let units: Vec<_> = (0..30)
                .map(|_| {
                    let store = store.clone();
                    tokio::spawn(async move { store.write(|tx| counters::next(tx, "x")).await })
                })
                .collect();
            tokio::task::yield_now().await;
            store.close().await;
            let mut done = Vec::new();
            for unit in units {
                match unit.await.unwrap() {
                    Ok(number) => done.push(number),
                    Err(error) => assert_eq!(error, StoreError::Closed),
                }
            }
            let store = Store::open(database.config()).await.unwrap();
            let next = store.write(|tx| counters::next(tx, "x")).await.unwrap();
            assert_eq!(next, done.len() as u64 + 1);
            store.close().await;
        });
    }
}

#[test]
fn a_full_disk_fails_its_group_and_nothing_else() {
    let database = Database::new(Engine::Sqlite).unwrap();
    runtime().block_on(async {
        let store = Store::open(database.config()).await.unwrap();
        store.write(|tx| tx.rows(&LIMIT, &[])).await.map(drop).unwrap();
        let mut written = 0_i64;
        let failure = loop {
            let id = written.to_string();
            match store.write(move |tx| tx.execute(&FILL, &[(&id).into(), "x".repeat(5000).into()])).await {
                Ok(_) => written += 1,
                Err(error) => break error,
            }
        };
        assert_eq!(failure, StoreError::DiskFull);
        assert!(written > 10);
        assert_eq!(store.read(|tx| tx.one(&GET, &["x".into()])).await.map(drop), Ok(()));
        assert_eq!(store.write(|tx| tx.execute(&FREE, &[])).await, Ok(written.unsigned_abs()));
        assert_eq!(store.write(|tx| counters::next(tx, "x")).await, Ok(1));
        store.close().await;
    });
}

fn reopened(engine: Engine, statement: &'static crate::Statement) -> StoreError {
    let database = Database::new(engine).unwrap();
    runtime().block_on(async {
        let store = Store::open(database.config()).await.unwrap();
        store.write(move |tx| tx.execute(statement, &[])).await.unwrap();
        store.close().await;
        Store::open(database.config()).await.map(drop).unwrap_err()
    })
}

#[test]
fn a_schema_that_is_not_current_is_refused_with_the_reason() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for (statement, reason) in [(&FORGET, "0002_jobs"), (&FALSIFY, "changed"), (&BREAK, "limits")] {
            let error = reopened(engine, statement);
            assert!(matches!(&error, StoreError::Schema(text) if text.contains(reason)), "{error}");
        }
    }
}

#[test]
fn migrating_again_changes_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = Database::new(engine).unwrap();
        assert_eq!(runtime().block_on(Store::migrate(database.config())), Ok(Vec::new()));
    }
}

#[test]
fn a_store_that_is_opened_for_reading_sees_what_another_writes_and_changes_nothing() {
    let database = Database::new(Engine::Sqlite).unwrap();
    runtime().block_on(async {
        let writer = Store::open(database.config()).await.unwrap();
        let reader = Store::open_reading(database.config()).await.unwrap();
        writer.write(|tx| tx.execute(&PUT, &["a".into(), 7_i64.into()])).await.unwrap();
        let seen = reader.read(|tx| tx.one(&GET, &["a".into()])?.map(|row| row.int(0)).transpose()).await;
        assert_eq!(seen, Ok(Some(7)));
        let changed = reader.write(|tx| tx.execute(&CLIMB, &["a".into()])).await;
        assert_eq!(changed, Err(StoreError::Closed));
        reader.close().await;
        writer.close().await;
    });
}
