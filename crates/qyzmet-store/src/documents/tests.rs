//! Documents in a local folder.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

const CONTENT: &[u8] = "Қызмет көрсету нәтижесі".as_bytes();

fn key(name: &str) -> DocumentKey {
    DocumentKey { name: name.to_owned(), secret: [name.len() as u8; 32] }
}

fn open(folder: &TempDir, current: &str, older: &[&str]) -> Documents {
    let keys = Keys::new(key(current), older.iter().map(|name| key(name)).collect()).unwrap();
    Documents::open(&Place::Folder(folder.path().join("documents")), keys).unwrap()
}

fn file(folder: &TempDir, id: DocumentId) -> PathBuf {
    let name = id.to_string();
    folder.path().join("documents").join(&name[..2]).join(name)
}

#[tokio::test]
async fn a_document_is_read_as_it_was_put_and_putting_it_again_is_harmless() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder, "k1", &[]);
    let id = documents.put(CONTENT).await.unwrap();
    assert_eq!(id, DocumentId::of(CONTENT));
    let first = fs::read(file(&folder, id)).unwrap();
    assert_eq!(documents.put(CONTENT).await, Ok(id));
    assert_eq!(fs::read(file(&folder, id)).unwrap(), first);
    assert_eq!(documents.get(id).await.as_deref(), Ok(CONTENT));
    assert_eq!(documents.ping().await, Ok(()));
    assert_eq!(documents.put(b"").await, Ok(DocumentId::of(b"")));
    assert_eq!(documents.get(DocumentId::of(b"")).await, Ok(Vec::new()));
}

/// [R1116-16.1]
#[tokio::test]
async fn nothing_of_the_content_lies_in_the_folder() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder, "k1", &[]);
    let id = documents.put(CONTENT).await.unwrap();
    let lying = fs::read(file(&folder, id)).unwrap();
    assert!(!lying.windows(8).any(|part| CONTENT.windows(8).any(|original| original == part)));
}

/// [R74-3.1]
#[tokio::test]
async fn every_changed_byte_and_every_cut_is_damage_and_putting_again_heals() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder, "k1", &[]);
    let id = documents.put(CONTENT).await.unwrap();
    let path = file(&folder, id);
    let whole = fs::read(&path).unwrap();
    for place in 0..whole.len() {
        let mut changed = whole.clone();
        changed[place] ^= 0x20;
        fs::write(&path, changed).unwrap();
        let answer = documents.get(id).await;
        assert!(
            matches!(answer, Err(DocumentError::Damaged(_) | DocumentError::UnknownKey { .. })),
            "byte {place}"
        );
        fs::write(&path, &whole[..place]).unwrap();
        assert_eq!(documents.get(id).await, Err(DocumentError::Damaged(id)), "cut at {place}");
    }
    documents.put(CONTENT).await.unwrap();
    assert_eq!(documents.get(id).await.as_deref(), Ok(CONTENT));
}

#[tokio::test]
async fn a_document_cannot_pass_for_another() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder, "k1", &[]);
    let (one, other) = (documents.put(b"one").await.unwrap(), documents.put(b"other").await.unwrap());
    fs::copy(file(&folder, one), file(&folder, other)).unwrap();
    assert_eq!(documents.get(other).await, Err(DocumentError::Damaged(other)));
}

#[tokio::test]
async fn a_missing_document_is_told_apart_from_a_damaged_one() {
    let folder = TempDir::new().unwrap();
    let id = DocumentId::of(b"never put");
    assert_eq!(open(&folder, "k1", &[]).get(id).await, Err(DocumentError::Missing(id)));
}

#[tokio::test]
async fn keys_can_be_changed() {
    let folder = TempDir::new().unwrap();
    let id = open(&folder, "old", &[]).put(CONTENT).await.unwrap();
    let both = open(&folder, "newer", &["old"]);
    assert_eq!(both.get(id).await.as_deref(), Ok(CONTENT));
    let alone = open(&folder, "newer", &[]);
    let unknown = DocumentError::UnknownKey { document: id, key: "old".to_owned() };
    assert_eq!(alone.get(id).await, Err(unknown));
    assert_eq!(both.renew(id).await, Ok(true));
    assert_eq!(both.renew(id).await, Ok(false));
    assert_eq!(alone.get(id).await.as_deref(), Ok(CONTENT));
}

#[test]
fn keys_without_a_name_or_with_the_same_name_are_refused() {
    assert!(Keys::new(key(""), vec![]).is_err());
    assert!(Keys::new(key("k1"), vec![key("k1")]).is_err());
}
