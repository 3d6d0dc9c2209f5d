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
