//! Issued certificates and the changes of their state, on both engines.

use jiff::civil::date;

use super::{account, at};
use crate::repositories::{
    certificates::{self, CertificateRow, EndPlace, Listed, RevokedRow, Standing, State},
    reminders,
};
use crate::{Store, on_both_engines};

fn certificate(number: u8) -> CertificateRow {
    CertificateRow {
        issuer: "ca".to_owned(),
        serial: vec![number; 20],
        part: u32::from(number % 2),
        account: Some(account(number.into())),
        holder: Some("900101300017".to_owned()),
        profile: "individual-sign".to_owned(),
        order_number: Some("N-1".to_owned()),
        key_id: vec![number; 32],
        not_before: at(0),
        not_after: at(1_000 + i64::from(number)),
        der: vec![0x30, number],
        standing: Standing::GOOD,
    }
}

fn held(second: i64) -> Standing {
    Standing { state: State::Hold, reason: Some(6), revoked_at: Some(at(second)), invalid_since: None }
}

fn revoked(second: i64) -> Standing {
    let invalid_since = Some(at(second - 5));
    Standing { state: State::Revoked, reason: Some(1), revoked_at: Some(at(second)), invalid_since }
}

async fn keep(store: &Store, numbers: impl IntoIterator<Item = u8>) {
    for number in numbers {
        assert_eq!(store.write(move |tx| certificates::insert(tx, &certificate(number))).await, Ok(true));
    }
}

async fn change(store: &Store, number: u8, from: State, to: Standing) -> bool {
    store.write(move |tx| certificates::change(tx, ("ca", &[number; 20]), from, to, at(70))).await.unwrap()
}

async fn standing(store: &Store, number: u8) -> Option<Standing> {
    store.read(move |tx| certificates::standing(tx, "ca", &[number; 20])).await.unwrap()
}

on_both_engines! {
    async fn a_certificate_is_kept_once_and_found_in_every_way(store: Store) {
        keep(&store, [1, 2]).await;
        let same_key = CertificateRow { serial: vec![9; 20], ..certificate(1) };
        assert_eq!(store.write(move |tx| certificates::insert(tx, &same_key)).await, Ok(false));
        let same_serial = CertificateRow { key_id: vec![9; 32], ..certificate(1) };
        assert_eq!(store.write(move |tx| certificates::insert(tx, &same_serial)).await, Ok(false));
        store.read(|tx| {
            assert!(certificates::by_serial(tx, "ca", &[1; 20])? == Some(certificate(1)));
            assert!(certificates::by_serial(tx, "another", &[1; 20])?.is_none());
            assert!(certificates::by_key(tx, &[2; 32])? == Some(certificate(2)));
            assert!(certificates::of_account(tx, account(1), 9)? == [certificate(1)]);
            assert!(certificates::of_holder(tx, "900101300017", 9)? == [certificate(2), certificate(1)]);
            assert!(certificates::of_order(tx, "N-1", 1)? == [certificate(1)]);
            Ok::<_, crate::StoreError>(())
        }).await.unwrap();
    }

    async fn what_is_revoked_stays_revoked_and_a_state_is_left_only_from_itself(store: Store) {
        keep(&store, [1]).await;
        assert!(!change(&store, 1, State::Hold, Standing::GOOD).await, "it is not on hold");
        assert!(change(&store, 1, State::Good, held(5)).await);
        assert_eq!(standing(&store, 1).await, Some(held(5)));
        assert!(change(&store, 1, State::Hold, Standing::GOOD).await);
        assert!(change(&store, 1, State::Good, revoked(9)).await);
        for from in [State::Good, State::Hold, State::Revoked] {
            assert!(!change(&store, 1, from, Standing::GOOD).await, "{from}");
        }
        assert_eq!(standing(&store, 1).await, Some(revoked(9)));
        assert_eq!(standing(&store, 2).await, None);
        assert!(!change(&store, 2, State::Good, held(5)).await, "there is no such certificate");
    }

    async fn a_walk_meets_every_revoked_certificate_of_a_part_or_of_all_once(store: Store) {
        keep(&store, 1..=9).await;
        for number in [1, 2, 3, 5, 6, 7] {
            assert!(change(&store, number, State::Good, revoked(number.into())).await);
        }
        for (part, all) in [(Some(0), vec![2, 6]), (Some(1), vec![1, 3, 5, 7]), (None, vec![2, 6, 1, 3, 5, 7])] {
            let met = store.read(move |tx| {
                let mut met: Vec<RevokedRow> = Vec::new();
                while let page = certificates::revoked_after(tx, "ca", part, met.last(), 2)? && !page.is_empty() {
                    met.extend(page);
                }
                Ok::<_, crate::StoreError>(met)
            }).await.unwrap();
            assert_eq!(met.iter().map(|row| row.serial[0]).collect::<Vec<_>>(), all);
            assert_eq!((met[0].reason, met[0].at, met[0].invalid_since.is_some()), (1, at(met[0].serial[0].into()), true));
        }
    }

    async fn changes_are_met_once_each_in_their_order_also_a_release(store: Store) {
        keep(&store, 1..=3).await;
        assert_eq!(store.read(|tx| certificates::latest_change(tx, "ca")).await, Ok(0));
        for (number, from, to) in [
            (1, State::Good, held(1)),
            (2, State::Good, revoked(2)),
            (1, State::Hold, Standing::GOOD),
        ] {
            assert!(change(&store, number, from, to).await);
        }
        assert_eq!(store.read(|tx| certificates::latest_change(tx, "ca")).await, Ok(3));
        let changed = store.read(|tx| certificates::changed_after(tx, "ca", 0, 9)).await.unwrap();
        let revoked = Listed { change: 2, changed_at: at(70), part: 0, serial: vec![2; 20], revoked: Some((1, at(2))), invalid_since: Some(at(-3)) };
        let released = Listed { change: 3, changed_at: at(70), part: 1, serial: vec![1; 20], revoked: None, invalid_since: None };
        assert_eq!(changed, [revoked, released.clone()]);
        assert_eq!(store.read(|tx| certificates::changed_after(tx, "ca", 2, 9)).await, Ok(vec![released]));
        assert_eq!(store.read(|tx| certificates::latest_change(tx, "another")).await, Ok(0));
        assert_eq!(store.read(|tx| certificates::changed_parts(tx, "ca", 0)).await, Ok(vec![(0, 2), (1, 3)]));
        assert_eq!(store.read(|tx| certificates::changed_parts(tx, "ca", 2)).await, Ok(vec![(1, 3)]));
    }

    async fn the_page_for_people_has_the_latest_revocation_first(store: Store) {
        keep(&store, 1..=4).await;
        for (number, second) in [(1, 10), (2, 30), (3, 20), (4, 20)] {
            assert!(change(&store, number, State::Good, revoked(second)).await);
        }
        let first = store.read(|tx| certificates::revoked_page(tx, "ca", None, 2)).await.unwrap();
        assert_eq!(first.iter().map(|line| line.0[0]).collect::<Vec<_>>(), [2, 4]);
        let (serial, moment, _) = first[1].clone();
        let rest = store.read(move |tx| certificates::revoked_page(tx, "ca", Some((moment, &serial)), 9)).await.unwrap();
        assert_eq!(rest.iter().map(|line| line.0[0]).collect::<Vec<_>>(), [3, 1]);
    }

    async fn certificates_that_end_are_met_page_by_page_each_once(store: Store) {
        keep(&store, 1..=5).await;
        assert!(change(&store, 2, State::Good, revoked(3)).await);
        let place = EndPlace::before(at(1_001));
        let first = store.read(move |tx| certificates::ending(tx, &place, at(1_005), 2)).await.unwrap();
        assert_eq!(first.iter().map(|row| row.serial[0]).collect::<Vec<_>>(), [1, 2]);
        let place = EndPlace::after(&first[1]);
        let rest = store.read(move |tx| certificates::ending(tx, &place, at(1_005), 9)).await.unwrap();
        assert_eq!(rest.iter().map(|row| row.serial[0]).collect::<Vec<_>>(), [3, 4], "5 ends when the window does");
    }

    async fn what_ends_soon_in_an_account_is_what_is_good_and_ends_in_time(store: Store) {
        store.write(|tx| {
            for number in 1..=4 {
                certificates::insert(tx, &CertificateRow { account: Some(account(1)), ..certificate(number) })?;
            }
            certificates::insert(tx, &certificate(5))
        }).await.unwrap();
        assert!(change(&store, 2, State::Good, held(3)).await);
        let window = (at(1_001), at(1_004));
        let soon = store.read(move |tx| certificates::ending_of_account(tx, account(1), window, 9)).await.unwrap();
        assert_eq!(soon.iter().map(|row| row.serial[0]).collect::<Vec<_>>(), [1, 3]);
    }

    async fn a_certificate_is_followed_by_a_good_one_of_its_profile_and_holder_that_holds_longer(store: Store) {
        let of_one = |number| CertificateRow { account: Some(account(1)), ..certificate(number) };
        let others = [
            CertificateRow { profile: "person-auth".to_owned(), ..of_one(2) },
            CertificateRow { holder: Some("160440007161".to_owned()), ..of_one(3) },
            certificate(4),
        ];
        let followed = |row: CertificateRow| store.read(move |tx| certificates::is_followed(tx, &row));
        store.write(move |tx| others.iter().try_for_each(|row| certificates::insert(tx, row).map(drop))).await.unwrap();
        store.write(move |tx| certificates::insert(tx, &of_one(1))).await.unwrap();
        assert!(!followed(of_one(1)).await.unwrap(), "of another profile, holder, account");
        store.write(move |tx| certificates::insert(tx, &of_one(5))).await.unwrap();
        assert!(followed(of_one(1)).await.unwrap());
        assert!(!followed(of_one(5)).await.unwrap(), "the one before does not follow");
        assert!(change(&store, 5, State::Good, held(3)).await);
        assert!(!followed(of_one(1)).await.unwrap(), "on hold it stands in for nothing");
    }

    async fn the_place_of_a_walk_is_kept_for_each_reminder(store: Store) {
        let place = |step| store.read(move |tx| reminders::place(tx, step));
        assert_eq!(place(30).await, Ok(None));
        for number in [1, 2] {
            let reached = EndPlace::after(&certificate(number));
            store.write(move |tx| reminders::put_place(tx, 30, &reached)).await.unwrap();
            assert_eq!(place(30).await, Ok(Some(EndPlace::after(&certificate(number)))));
        }
        assert_eq!(place(14).await, Ok(None));
    }

    async fn an_account_is_told_once_of_a_day_by_each_reminder_until_the_day_is_over(store: Store) {
        let tell = |number, day, step| store.write(move |tx| reminders::tell(tx, account(number), day, step));
        let (day, next) = (date(2026, 12, 21), date(2026, 12, 22));
        assert_eq!(tell(1, day, 30).await, Ok(true));
        assert_eq!(tell(1, day, 30).await, Ok(false));
        for other in [(1, day, 14), (1, next, 30), (2, day, 30)] {
            assert_eq!(tell(other.0, other.1, other.2).await, Ok(true));
        }
        assert_eq!(store.write(move |tx| reminders::sweep(tx, day)).await, Ok(0));
        assert_eq!(store.write(move |tx| reminders::sweep(tx, next)).await, Ok(3));
        assert_eq!(tell(1, next, 30).await, Ok(false));
    }
}
