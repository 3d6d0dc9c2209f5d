//! Units that are committed together on SQLite: one that is not kept takes nothing of its neighbours with it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use tokio::task::JoinHandle;

use crate::testing::{self, Engine};
use crate::{Store, StoreError, counters};

/// Holds the writer inside a unit until something is sent or the sender is dropped.
async fn hold(store: &Store) -> mpsc::Sender<()> {
    let (entered, has_entered) = mpsc::channel();
    let (release, released) = mpsc::channel();
    let released = Mutex::new(released);
    let store = store.clone();
    tokio::spawn(async move {
        let wait = move |_: &mut crate::Tx<'_>| {
            entered.send(()).unwrap();
            // Also over when the sender is dropped.
            let _over = released.lock().unwrap().recv();
            Ok::<_, StoreError>(())
        };
        store.write(wait).await
    });
    has_entered.recv().unwrap();
    release
}

/// A unit that takes a number and counts its runs; it is then kept, refused, or panics.
async fn number(store: &Store, name: &'static str, end: fn() -> Result<(), StoreError>) -> Counted {
    let (runs, waiting) = (Arc::new(AtomicU32::new(0)), store.waiting());
    let (counted, unit) = (Arc::clone(&runs), store.clone());
    let answer = tokio::spawn(async move {
        let take = move |tx: &mut crate::Tx<'_>| {
            counted.fetch_add(1, Ordering::SeqCst);
            let number = counters::next(tx, name)?;
            end().map(|()| number)
        };
        unit.write(take).await
    });
    while store.waiting() == waiting {
        tokio::task::yield_now().await;
    }
    Counted { runs, answer }
}

struct Counted {
    runs: Arc<AtomicU32>,
    answer: JoinHandle<Result<u64, StoreError>>,
}

impl Counted {
    async fn end(self) -> (Result<u64, StoreError>, u32) {
        (self.answer.await.unwrap(), self.runs.load(Ordering::SeqCst))
    }
}

async fn next(store: &Store, name: &'static str) -> u64 {
    store.write(move |tx| counters::next(tx, name)).await.unwrap()
}

#[test]
fn a_unit_that_is_refused_after_it_has_written_is_undone_and_its_neighbours_are_kept_once() {
    testing::run(Engine::Sqlite, |store: Store| async move {
        let release = hold(&store).await;
        let before = number(&store, "a", || Ok(())).await;
        let refused = number(&store, "a", || Err(StoreError::Conflict)).await;
        let panicked = number(&store, "a", || panic!("as a mistake in a use case would")).await;
        let after = number(&store, "a", || Ok(())).await;
        drop(release);
        assert_eq!(before.end().await, (Ok(1), 2), "it ran again when its neighbour had to be undone");
        assert_eq!(refused.end().await, (Err(StoreError::Conflict), 2));
        assert!(matches!(panicked.end().await, (Err(StoreError::Database(_)), 1)));
        assert_eq!(after.end().await, (Ok(2), 1));
        assert_eq!(next(&store, "a").await, 3);
    })
    .unwrap();
}

#[test]
fn a_unit_that_is_refused_before_it_has_written_disturbs_nobody() {
    testing::run(Engine::Sqlite, |store: Store| async move {
        let release = hold(&store).await;
        let before = number(&store, "a", || Ok(())).await;
        let refusing = store.clone();
        let refused =
            tokio::spawn(async move { refusing.write(|_| Err::<(), _>(StoreError::Conflict)).await });
        let after = number(&store, "a", || Ok(())).await;
        drop(release);
        assert_eq!(before.end().await, (Ok(1), 1));
        assert_eq!(refused.await.unwrap(), Err(StoreError::Conflict));
        assert_eq!(after.end().await, (Ok(2), 1));
    })
    .unwrap();
}
