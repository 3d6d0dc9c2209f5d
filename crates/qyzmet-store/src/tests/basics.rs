//! Writing, reading, refusing, failing.

use crate::{StoreError, Tx, counters, on_both_engines, sql};

sql! {
    PUT = "INSERT INTO counter (name, value) VALUES ($1, $2)";
    GET = "SELECT value FROM counter WHERE name = $1";
    MIXED = "UPDATE counter SET value = $2 WHERE name = $1 AND value = $3";
    KINDS = "SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), $3 = value FROM counter WHERE name = 'a'";
    BAD = "INSERT INTO counter (name, value) VALUES ($1, NULL)";
}

/// What a unit of the app may answer.
#[derive(Debug, PartialEq)]
enum Refusal {
    Taken,
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn put(tx: &mut Tx<'_>, name: &str, value: i64) -> Result<(), StoreError> {
    tx.execute(&PUT, &[name.into(), value.into()]).map(drop)
}

fn get(tx: &mut Tx<'_>, name: &str) -> Result<Option<i64>, StoreError> {
    tx.one(&GET, &[name.into()])?.map(|row| row.int(0)).transpose()
}

on_both_engines! {
    async fn what_is_written_can_be_read(store: Store) {
        store.write(|tx| put(tx, "a", -7)).await.unwrap();
        assert_eq!(store.read(|tx| get(tx, "a")).await, Ok(Some(-7)));
    }

    async fn placeholders_mean_their_numbers_and_not_their_order(store: Store) {
        store.write(|tx| put(tx, "a", 1)).await.unwrap();
        let changed = store.write(|tx| tx.execute(&MIXED, &["a".into(), 2_i64.into(), 1_i64.into()])).await;
        assert_eq!(changed, Ok(1));
        assert_eq!(store.read(|tx| get(tx, "a")).await, Ok(Some(2)));
    }

    async fn values_of_every_kind_pass_through(store: Store) {
        store.write(|tx| put(tx, "a", i64::MIN)).await.unwrap();
        let row = store.read(|tx| tx.one(&KINDS, &[i64::MAX.into(), "Қызмет".into(), i64::MIN.into()]));
        let row = row.await.unwrap().unwrap();
        assert_eq!((row.int(0), row.text(1), row.flag(2)), (Ok(i64::MAX), Ok("Қызмет".to_owned()), Ok(true)));
    }

    async fn nothing_of_a_refused_unit_is_kept(store: Store) {
        let refused: Result<(), Refusal> = store.write(|tx| {
            put(tx, "a", 1)?;
            Err(Refusal::Taken)
        }).await;
        assert_eq!(refused, Err(Refusal::Taken));
        assert_eq!(store.read(|tx| get(tx, "a")).await, Ok(None));
    }

    async fn nothing_of_a_panicking_unit_is_kept_and_the_store_goes_on(store: Store) {
        let answer: Result<(), StoreError> = store.write(|tx| {
            put(tx, "a", 1)?;
            panic!("as a mistake in a use case would");
        }).await;
        assert!(matches!(answer, Err(StoreError::Database(_))));
        assert_eq!(store.read(|tx| get(tx, "a")).await, Ok(None));
        assert_eq!(store.write(|tx| put(tx, "b", 1)).await, Ok(()));
    }

    async fn a_failed_statement_dooms_the_unit_even_if_the_closure_goes_on(store: Store) {
        let answer = store.write(|tx| {
            put(tx, "a", 1)?;
            drop(tx.execute(&BAD, &["b".into()]));
            Ok::<_, StoreError>(())
        }).await;
        assert!(matches!(answer, Err(StoreError::Database(_))));
        assert_eq!(store.read(|tx| get(tx, "a")).await, Ok(None));
    }

    async fn a_second_row_with_the_same_key_is_a_duplicate_that_the_unit_may_name(store: Store) {
        store.write(|tx| put(tx, "a", 1)).await.unwrap();
        let answer = store.write(|tx| put(tx, "a", 2)).await;
        assert!(matches!(answer, Err(StoreError::Duplicate(_))));
        let named = store.write(|tx| put(tx, "a", 2).map_err(|error| match error {
            StoreError::Duplicate(_) => Refusal::Taken,
            other => other.into(),
        })).await;
        assert_eq!(named, Err(Refusal::Taken));
    }

    async fn reading_units_cannot_change_anything(store: Store) {
        let answer = store.read(|tx| put(tx, "a", 1)).await;
        assert!(matches!(answer, Err(StoreError::Database(_))));
        assert_eq!(store.read(|tx| get(tx, "a")).await, Ok(None));
    }

    async fn a_closed_store_says_so(store: Store) {
        store.clone().close().await;
        assert_eq!(store.write(|tx| put(tx, "a", 1)).await, Err(StoreError::Closed));
        assert_eq!(store.read(|tx| get(tx, "a")).await, Err(StoreError::Closed));
    }

    async fn counters_have_no_gaps_even_when_units_are_refused(store: Store) {
        let refused: Result<(), Refusal> = store.write(|tx| {
            counters::next(tx, "requests")?;
            Err(Refusal::Taken)
        }).await;
        assert_eq!(refused, Err(Refusal::Taken));
        for expected in 1..=3 {
            assert_eq!(store.write(|tx| counters::next(tx, "requests")).await, Ok(expected));
        }
        assert_eq!(store.write(|tx| counters::next(tx, "results")).await, Ok(1));
    }
}
