//! The journal on both engines: writing, proving, and finding whatever was changed behind its back.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use serde_json::json;

use super::{account, at, case, entry};
use crate::journal::merkle::{Head, verify_consistency};
use crate::journal::{self, Finding, NewEntry, NoteKey, ProofError};
use crate::{Store, StoreError, Value, on_both_engines, sql};

sql! {
    TOUCH_ACTOR = "UPDATE journal SET actor = $2 WHERE id = $1";
    TOUCH_AT = "UPDATE journal SET at = at + 1 WHERE id = $1";
    TOUCH_PAYLOAD = "UPDATE journal SET payload = $2 WHERE id = $1";
    TAKE_PAYLOAD = "UPDATE journal SET payload = NULL, salt = NULL WHERE id = $1";
    TOUCH_HASH = "UPDATE journal SET leaf_hash = $2 WHERE id = $1";
    FORGET = "DELETE FROM journal_waiting WHERE id = $1";
    TOUCH_WAITING = "UPDATE journal_waiting SET leaf_hash = $2 WHERE id = $1";
    STRAY = "UPDATE journal_place SET subject = '' WHERE id = $1";
    REMOVE = "DELETE FROM journal WHERE id = $1";
    TILE = "SELECT hashes FROM journal_tile WHERE level = 0 AND position = 0";
    TOUCH_TILE = "UPDATE journal_tile SET hashes = $1 WHERE level = 0 AND position = 0";
    TOUCH_NOTE = "UPDATE journal_checkpoint SET note = $1";
    COPY = "SELECT marks, leaf_hash FROM journal WHERE id = $1";
    REPLACE = "UPDATE journal SET actor = 'system', marks = $2, leaf_hash = $3 WHERE id = $1";
}

fn pair() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap()
}

fn key() -> NoteKey {
    let public = pair().public_key().as_ref().try_into().unwrap();
    NoteKey { name: "journal.test/1".to_owned(), public }
}

/// `of_case`: which case, and which of its entries.
fn new(number: u64, of_case: Option<(u64, u64)>) -> NewEntry {
    NewEntry {
        id: entry(number),
        at: at(number as i64),
        actor: format!("person:{}", account(1)),
        clause: Some("58-2016:A.9.1".parse().unwrap()),
        what: "case.filled".to_owned(),
        subject: Some(account(1 + number % 2)),
        case: of_case.map(|(number, sequence)| (case(number), sequence)),
        payload: json!({ "number": number }).to_string(),
        salt: [number as u8; 16],
    }
}

async fn append(store: &Store, numbers: std::ops::Range<u64>) {
    store
        .write(move |tx| {
            numbers.clone().try_for_each(|n| journal::append(tx, &new(n, Some((n % 3, n / 3 + 1)))))
        })
        .await
        .unwrap();
}

async fn seal(store: &Store) -> u64 {
    let sealed = store.write(|tx| {
        let sealed = journal::seal(tx, at(1000), 1000)?;
        journal::checkpoint(tx, at(1000), &key(), |text| {
            Ok::<_, StoreError>(pair().sign(text).as_ref().to_vec())
        })?;
        Ok::<_, StoreError>(sealed)
    });
    sealed.await.unwrap().size
}

async fn change(store: &Store, statement: &'static crate::Statement, values: Vec<Value>) {
    assert_eq!(store.write(move |tx| tx.execute(statement, &values)).await, Ok(1));
}

async fn findings(store: &Store) -> Vec<Finding> {
    store.read(|tx| journal::verify(tx, &key())).await.unwrap().findings
}

fn changed(number: u64, leaf: Option<u64>, field: &'static str) -> Vec<Finding> {
    vec![Finding::Changed { entry: entry(number).to_string(), leaf, field }]
}

on_both_engines! {
    async fn entries_of_a_case_are_numbered_and_read_in_order(store: Store) {
        append(&store, 0..9).await;
        let entries = store.read(|tx| journal::of_case(tx, case(1))).await.unwrap();
        let read: Vec<_> = entries.iter().map(|entry| (entry.id, entry.case_sequence)).collect();
        assert_eq!(read, [(entry(1), Some(1)), (entry(4), Some(2)), (entry(7), Some(3))]);
        assert_eq!(entries[0].payload, Some(json!({ "number": 1 })));
        assert_eq!(entries[0].clause, new(1, None).clause);
        assert_eq!(store.read(|tx| journal::case_length(tx, case(1))).await, Ok(3));
        assert_eq!(store.read(|tx| journal::cases(tx, Some(case(0)), 9)).await, Ok(vec![case(1), case(2)]));
    }

    async fn a_number_among_the_entries_of_a_case_is_given_once(store: Store) {
        append(&store, 0..9).await;
        let again = store.write(|tx| journal::append(tx, &new(9, Some((1, 3))))).await;
        assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
        assert_eq!(store.read(|tx| journal::case_length(tx, case(1))).await, Ok(3));
    }

    async fn a_person_reads_the_uses_of_their_data_newest_first(store: Store) {
        append(&store, 0..4).await;
        seal(&store).await;
        append(&store, 4..6).await;
        let page = store.read(|tx| journal::of_subject(tx, account(2), None, 2)).await.unwrap();
        assert_eq!(page.iter().map(|entry| entry.id).collect::<Vec<_>>(), [entry(5), entry(3)]);
        let next = store.read(|tx| journal::of_subject(tx, account(2), Some(entry(3)), 2)).await.unwrap();
        assert_eq!(next.iter().map(|entry| entry.id).collect::<Vec<_>>(), [entry(1)]);
    }

    async fn a_sealed_journal_holds_over_many_tiles_and_checkpoints(store: Store) {
        for start in [0, 300, 600] {
            append(&store, start..start + 300).await;
            seal(&store).await;
        }
        append(&store, 900..903).await;
        let report = store.read(|tx| journal::verify(tx, &key())).await.unwrap();
        assert_eq!(report.findings, []);
        assert_eq!((report.entries, report.sealed, report.signed, report.checkpoints, report.cases), (903, 900, 900, 3, 3));
    }

    async fn a_stranger_checks_that_an_entry_belongs_to_the_journal(store: Store) {
        append(&store, 0..300).await;
        assert_eq!(store.read(|tx| journal::inclusion_proof(tx, entry(7))).await, Ok(None));
        seal(&store).await;
        append(&store, 300..310).await;
        seal(&store).await;
        for number in [0, 7, 255, 256, 299, 305] {
            let proof = store.read(move |tx| journal::inclusion_proof(tx, entry(number))).await.unwrap().unwrap();
            assert_eq!(proof.verify(&key()), Ok(()));
            assert!(proof.entry.contains(&entry(number).to_string()));
            let mut forged = proof.clone();
            forged.entry = forged.entry.replace("case.filled", "case.closed");
            assert_eq!(forged.verify(&key()), Err(ProofError::NotIncluded));
            let stranger = NoteKey { public: [1; 32], ..key() };
            assert!(matches!(proof.verify(&stranger), Err(ProofError::Checkpoint(_))));
        }
    }

    async fn checkpoints_prove_that_the_journal_only_grew(store: Store) {
        let mut heads: Vec<Head> = Vec::new();
        for start in [0, 300, 310] {
            append(&store, start..start + 10).await;
            seal(&store).await;
            let last = store.read(journal::last_checkpoint).await.unwrap().unwrap();
            heads.push(key().open(&last.note).unwrap());
        }
        let path = store.read(|tx| journal::consistency_proof(tx, 10, 30)).await.unwrap();
        assert!(verify_consistency(&heads[0], &heads[2], &path));
        assert!(!verify_consistency(&heads[1], &heads[2], &path));
    }

    async fn nothing_is_signed_twice(store: Store) {
        append(&store, 0..3).await;
        seal(&store).await;
        let again = store.write(|tx| journal::checkpoint(tx, at(1), &key(), |_| Ok::<_, StoreError>(Vec::new())));
        assert_eq!(again.await, Ok(None));
    }

    async fn an_erased_payload_leaves_the_journal_whole(store: Store) {
        append(&store, 0..5).await;
        seal(&store).await;
        let erased = store.write(|tx| journal::erase(tx, entry(2), &new(5, None))).await;
        assert_eq!(erased, Ok(true));
        assert_eq!(store.write(|tx| journal::erase(tx, entry(2), &new(6, None))).await, Ok(false));
        let read = store.read(|tx| journal::entry(tx, entry(2))).await.unwrap().unwrap();
        assert_eq!(read.payload, None);
        let report = store.read(|tx| journal::verify(tx, &key())).await.unwrap();
        assert_eq!((report.findings, report.erased, report.entries), (vec![], 1, 6));
    }

    /// [R74-3.1]
    async fn a_payload_that_is_gone_without_a_reason_is_found_and_named(store: Store) {
        append(&store, 0..5).await;
        seal(&store).await;
        store.write(|tx| journal::erase(tx, entry(1), &new(5, None))).await.unwrap();
        change(&store, &TAKE_PAYLOAD, vec![Value::text(&entry(2))]).await;
        assert_eq!(findings(&store).await, [Finding::Unexplained { entry: entry(2).to_string() }]);
    }

    async fn the_reason_of_an_erasure_cannot_be_erased(store: Store) {
        append(&store, 0..3).await;
        store.write(|tx| journal::erase(tx, entry(1), &new(5, None))).await.unwrap();
        assert_eq!(store.write(|tx| journal::erase(tx, entry(5), &new(6, None))).await, Ok(false));
        change(&store, &TAKE_PAYLOAD, vec![Value::text(&entry(5))]).await;
        let found = [1, 5].map(|number| Finding::Unexplained { entry: entry(number).to_string() });
        assert_eq!(findings(&store).await, found);
    }

    /// [R74-3.1]
    async fn a_changed_field_is_found_and_named(store: Store) {
        append(&store, 0..9).await;
        seal(&store).await;
        change(&store, &TOUCH_ACTOR, vec![Value::text(&entry(3)), "person:x".into()]).await;
        assert_eq!(findings(&store).await, changed(3, Some(3), "actor"));
    }

    async fn a_changed_time_is_found_and_named(store: Store) {
        append(&store, 0..9).await;
        seal(&store).await;
        change(&store, &TOUCH_AT, vec![Value::text(&entry(8))]).await;
        assert_eq!(findings(&store).await, changed(8, Some(8), "at"));
    }

    /// [R74-3.1]
    async fn a_changed_payload_is_found_and_named_even_before_it_is_sealed(store: Store) {
        append(&store, 0..9).await;
        change(&store, &TOUCH_PAYLOAD, vec![Value::text(&entry(5)), "{\"number\":6}".into()]).await;
        assert_eq!(findings(&store).await, changed(5, None, "payload"));
        seal(&store).await;
        assert_eq!(findings(&store).await, changed(5, Some(5), "payload"));
    }

    async fn a_changed_hash_beside_the_entry_is_found_and_named(store: Store) {
        append(&store, 0..9).await;
        seal(&store).await;
        change(&store, &TOUCH_HASH, vec![Value::text(&entry(5)), vec![0; 32].into()]).await;
        assert_eq!(findings(&store).await, changed(5, Some(5), "leaf_hash"));
    }

    /// [R74-3.1]
    async fn an_entry_forged_with_all_its_own_hashes_is_still_found(store: Store) {
        append(&store, 0..9).await;
        store.write(|tx| journal::append(tx, &NewEntry { actor: "system".into(), id: entry(90), ..new(4, None) }))
            .await.unwrap();
        seal(&store).await;
        // Marks and hash of another valid entry: they agree with themselves, not with this entry's number.
        let row = store.read(|tx| tx.one(&COPY, &[Value::text(&entry(90))])).await.unwrap().unwrap();
        let values = vec![Value::text(&entry(4)), row.value(0).unwrap().clone(), row.value(1).unwrap().clone()];
        change(&store, &REPLACE, values).await;
        assert!(matches!(&findings(&store).await[..],
            [Finding::Changed { entry: named, leaf: Some(4), .. }] if *named == entry(4).to_string()));
    }

    /// [R74-3.1]
    async fn a_missing_entry_is_found_in_the_tree_and_in_its_case(store: Store) {
        append(&store, 0..9).await;
        seal(&store).await;
        change(&store, &REMOVE, vec![Value::text(&entry(4))]).await;
        let gap = Finding::Gap { case: case(1).to_string(), expected: 2 };
        assert_eq!(findings(&store).await, [Finding::Missing { leaf: 4 }, gap]);
    }

    async fn the_last_entry_missing_is_found(store: Store) {
        append(&store, 0..9).await;
        seal(&store).await;
        change(&store, &REMOVE, vec![Value::text(&entry(8))]).await;
        assert_eq!(findings(&store).await, [Finding::Missing { leaf: 8 }]);
    }

    async fn an_entry_that_nobody_has_left_to_the_sealer_is_found(store: Store) {
        append(&store, 0..9).await;
        seal(&store).await;
        append(&store, 9..11).await;
        change(&store, &FORGET, vec![Value::text(&entry(9))]).await;
        let inserted = [Finding::Inserted { entry: entry(9).to_string() }];
        assert_eq!(findings(&store).await, inserted);
        assert_eq!(seal(&store).await, 10);
        assert_eq!(findings(&store).await, inserted);
    }

    async fn another_hash_left_to_the_sealer_is_found_before_and_after_it_is_sealed(store: Store) {
        append(&store, 0..9).await;
        change(&store, &TOUCH_WAITING, vec![Value::text(&entry(4)), vec![7; 32].into()]).await;
        assert_eq!(findings(&store).await, changed(4, None, "leaf_hash"));
        seal(&store).await;
        assert_eq!(findings(&store).await, changed(4, Some(4), "the whole entry"));
    }

    async fn an_entry_that_its_person_no_longer_finds_is_found(store: Store) {
        append(&store, 0..9).await;
        seal(&store).await;
        change(&store, &STRAY, vec![Value::text(&entry(4))]).await;
        let found = findings(&store).await;
        assert!(found.contains(&changed(4, Some(4), "place")[0]), "{found:?}");
    }

    async fn a_changed_hash_in_the_tree_is_found_and_named(store: Store) {
        append(&store, 0..9).await;
        seal(&store).await;
        let mut tile = store.read(|tx| tx.one(&TILE, &[])).await.unwrap().unwrap().blob(0).unwrap();
        tile[32 * 6] ^= 1;
        change(&store, &TOUCH_TILE, vec![tile.into()]).await;
        assert_eq!(findings(&store).await, [Finding::Tree { leaf: 6 }]);
    }

    async fn a_forged_checkpoint_is_found_and_named(store: Store) {
        append(&store, 0..9).await;
        seal(&store).await;
        let note = store.read(journal::last_checkpoint).await.unwrap().unwrap().note;
        change(&store, &TOUCH_NOTE, vec![note.replace("\n9\n", "\n8\n").into()]).await;
        assert!(matches!(&findings(&store).await[..], [Finding::Checkpoint { size: 9, .. }]));
    }

    async fn a_time_stamp_is_kept_once(store: Store) {
        append(&store, 0..2).await;
        seal(&store).await;
        assert_eq!(store.write(|tx| journal::stamp(tx, 2, vec![1])).await, Ok(true));
        assert_eq!(store.write(|tx| journal::stamp(tx, 2, vec![2])).await, Ok(false));
        assert_eq!(store.read(journal::last_checkpoint).await.unwrap().unwrap().stamp, Some(vec![1]));
    }

    async fn sealing_while_others_write_loses_nothing(store: Store) {
        let writers = [0, 100, 200].map(|start| {
            let store = store.clone();
            tokio::spawn(async move {
                for number in start..start + 20 {
                    store.write(move |tx| journal::append(tx, &new(number, Some((number, 1))))).await.unwrap();
                }
            })
        });
        let mut size = 0;
        while size < 60 {
            size = seal(&store).await;
            tokio::task::yield_now().await;
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let report = store.read(|tx| journal::verify(tx, &key())).await.unwrap();
        assert_eq!((report.findings, report.signed), (vec![], 60));
    }
}
