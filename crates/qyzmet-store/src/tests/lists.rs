//! Published revocation lists, on both engines.

use qyzmet_domain::DocumentId;

use super::at;
use crate::on_both_engines;
use crate::repositories::lists::{self, ListRow, Series};

fn list(series: Series, number: u64) -> ListRow {
    let made = i64::try_from(number).unwrap() * 10;
    ListRow {
        issuer: "ca".to_owned(),
        series,
        number,
        seen: number + 5,
        entries: 3,
        document: DocumentId::of(&number.to_be_bytes()),
        this_update: at(made),
        next_update: at(made + 25),
    }
}

on_both_engines! {
    async fn a_number_is_given_to_one_list_of_a_series_only(store: Store) {
        for (series, number) in [(Series::Full, 1), (Series::Full, 2), (Series::Delta, 2), (Series::Part(3), 1)] {
            assert_eq!(store.write(move |tx| lists::insert(tx, &list(series, number))).await, Ok(true));
            assert_eq!(store.write(move |tx| lists::insert(tx, &list(series, number))).await, Ok(false));
        }
        for (series, latest) in [(Series::Full, Some(2)), (Series::Delta, Some(2)), (Series::Part(3), Some(1)), (Series::Part(4), None)] {
            let found = store.read(move |tx| lists::latest(tx, "ca", series)).await.unwrap();
            assert_eq!(found, latest.map(|number| list(series, number)));
        }
        assert_eq!(store.read(|tx| lists::latest(tx, "another", Series::Full)).await, Ok(None));
        assert_eq!(store.read(|tx| lists::parts(tx, "ca")).await, Ok(vec![3]));
    }

    async fn numbers_grow_from_that_of_the_ceremony_and_full_and_delta_share_them(store: Store) {
        for (series, at_least, number) in [
            (Series::Full, 1, 2),
            (Series::Delta, 1, 3),
            (Series::Full, 1, 4),
            (Series::Part(0), 0, 1),
            (Series::Part(1), 0, 1),
            (Series::Part(0), 0, 2),
        ] {
            let next = store.write(move |tx| lists::next_number(tx, "ca", series, at_least)).await;
            assert_eq!(next, Ok(number), "{series}");
        }
    }

    async fn the_oldest_list_in_use_is_the_first_that_has_not_ended(store: Store) {
        for number in 1..=4 {
            store.write(move |tx| lists::insert(tx, &list(Series::Full, number))).await.unwrap();
        }
        let oldest = |second| move |tx: &mut crate::Tx<'_>| Ok::<_, crate::StoreError>(lists::oldest_in_use(tx, "ca", at(second))?.map(|list| list.number));
        for (second, number) in [(0, Some(1)), (35, Some(2)), (64, Some(4)), (65, None)] {
            assert_eq!(store.read(oldest(second)).await, Ok(number), "{second}");
        }
    }
}

#[test]
fn a_series_reads_back_as_it_is_written() {
    for series in [Series::Full, Series::Delta, Series::Part(0), Series::Part(77)] {
        assert_eq!(series.to_string().parse(), Ok(series));
    }
    assert!("x".parse::<Series>().is_err());
}

on_both_engines! {
    async fn ended_lists_are_of_no_use_but_the_latest_of_a_series_and_those_that_a_kept_delta_begins_with(store: Store) {
        for number in 1..=5 {
            store.write(move |tx| lists::insert(tx, &list(Series::Full, number))).await.unwrap();
        }
        for (series, number) in [
            (Series::Delta, 3),
            (Series::Delta, 4),
            (Series::Part(0), 1),
            (Series::Part(0), 2),
            (Series::Part(1), 1),
        ] {
            store.write(move |tx| lists::insert(tx, &list(series, number))).await.unwrap();
        }
        let ended = |until, most| {
            let store = store.clone();
            async move { store.read(move |tx| lists::ended(tx, "ca", at(until), most)).await.unwrap() }
        };
        // Number n holds from 10n until 10n + 25. The delta 3 was made at 30, while full lists 1, 2 and 3 were in force; 4 at 40, with 2 to 4.
        let names =
            |found: Vec<ListRow>| found.iter().map(|list| (list.series, list.number)).collect::<Vec<_>>();
        assert_eq!(names(ended(34, 9).await), []);
        assert_eq!(
            names(ended(35, 9).await),
            [(Series::Part(0), 1)],
            "the delta 3 is kept and may begin with full list 1"
        );
        // Both deltas have ended: the latest is kept, and with it what it may begin with.
        let gone = [(Series::Full, 1), (Series::Part(0), 1), (Series::Delta, 3)];
        assert_eq!(names(ended(1_000, 9).await), gone);
        assert_eq!(names(ended(1_000, 2).await), gone[..2], "no more than asked for");
        for list in ended(1_000, 9).await {
            let again = list.clone();
            assert_eq!(store.write(move |tx| lists::remove(tx, &list)).await, Ok(true));
            assert_eq!(store.write(move |tx| lists::remove(tx, &again)).await, Ok(false));
        }
        assert_eq!(names(ended(1_000, 9).await), []);
        assert_eq!(
            store.read(|tx| lists::naming(tx, list(Series::Delta, 4).document)).await,
            Ok(2),
            "the full list 4 is it too"
        );
    }
}
