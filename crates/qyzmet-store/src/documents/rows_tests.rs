//! Small documents as rows, large ones in the folder, on both engines.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::on_both_engines;

/// Sealing adds a header and a tag to these.
const SMALL: &[u8] = &[1; 100];
const LARGE: &[u8] = &[2; 5_000];
const LIMIT: usize = 1_000;

fn documents(folder: &TempDir, store: Store, up_to: usize) -> Documents {
    let key = DocumentKey { name: "k1".to_owned(), secret: [7; 32] };
    let place = Place::Folder(folder.path().to_owned());
    Documents::open(&place, Keys::new(key, Vec::new()).unwrap()).unwrap().with_rows(store, up_to)
}

fn files(folder: &TempDir) -> usize {
    fs::read_dir(folder.path()).unwrap().count()
}

on_both_engines! {
    async fn small_documents_are_rows_and_large_ones_files(store: Store) {
        let folder = TempDir::new().unwrap();
        let documents = documents(&folder, store, LIMIT);
        let (small, large) = (documents.put(SMALL).await.unwrap(), documents.put(LARGE).await.unwrap());
        assert_eq!(files(&folder), 1);
        assert_eq!(documents.get(small).await.as_deref(), Ok(SMALL));
        assert_eq!(documents.get(large).await.as_deref(), Ok(LARGE));
        assert_eq!(documents.put(SMALL).await, Ok(small));
    }

    async fn a_small_document_is_kept_with_the_unit_that_names_it_or_not_at_all(store: Store) {
        let folder = TempDir::new().unwrap();
        let documents = documents(&folder, store.clone(), LIMIT);
        let prepared = documents.prepare(SMALL).await.unwrap();
        let id = DocumentId::of(SMALL);
        assert_eq!(documents.get(id).await, Err(DocumentError::Missing(id)));
        let refusing = Arc::new(prepared);
        let naming = Arc::clone(&refusing);
        let refused = store.write(move |tx| refusing.write(tx).and(Err::<(), _>(StoreError::Conflict))).await;
        assert_eq!(refused, Err(StoreError::Conflict));
        assert_eq!(documents.get(id).await, Err(DocumentError::Missing(id)));
        assert_eq!(store.write(move |tx| naming.write(tx)).await, Ok(id));
        assert_eq!(documents.get(id).await.as_deref(), Ok(SMALL));
    }

    async fn the_limit_can_be_changed_and_everything_is_still_found(store: Store) {
        let folder = TempDir::new().unwrap();
        let small = documents(&folder, store.clone(), LIMIT).put(SMALL).await.unwrap();
        let none = documents(&folder, store.clone(), 0);
        let large = none.put(LARGE).await.unwrap();
        assert_eq!(none.get(small).await.as_deref(), Ok(SMALL));
        assert_eq!(documents(&folder, store, 10_000).get(large).await.as_deref(), Ok(LARGE));
    }

    async fn a_destroyed_document_is_gone_from_rows_and_files_and_can_be_put_again(store: Store) {
        let folder = TempDir::new().unwrap();
        let documents = documents(&folder, store.clone(), LIMIT);
        for bytes in [SMALL, LARGE] {
            let id = documents.put(bytes).await.unwrap();
            assert_eq!(documents.destroy(id).await, Ok(()));
            assert_eq!(documents.get(id).await, Err(DocumentError::Missing(id)));
            assert_eq!(documents.destroy(id).await, Ok(()), "as often as one likes");
            assert_eq!(documents.put(bytes).await, Ok(id));
            assert_eq!(documents.get(id).await.as_deref(), Ok(bytes));
        }
    }

    async fn a_damaged_row_is_told_and_putting_again_heals(store: Store) {
        let folder = TempDir::new().unwrap();
        let documents = documents(&folder, store.clone(), LIMIT);
        let id = documents.put(SMALL).await.unwrap();
        let rows = Rows::new(store, LIMIT);
        let mut sealed = rows.get(id).await.unwrap().unwrap();
        assert!(!sealed.windows(8).any(|part| SMALL.windows(8).any(|original| original == part)));
        sealed[50] ^= 1;
        rows.put(Prepared { id, row: Some(sealed) }).await.unwrap();
        assert_eq!(documents.get(id).await, Err(DocumentError::Damaged(id)));
        documents.put(SMALL).await.unwrap();
        assert_eq!(documents.get(id).await.as_deref(), Ok(SMALL));
        assert_eq!(documents.get(DocumentId::of(b"x")).await, Err(DocumentError::Missing(DocumentId::of(b"x"))));
    }
}
