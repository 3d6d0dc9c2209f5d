//! Documents by their content: uploads, requests, results, signatures; encrypted at rest, checked whenever they are read.
//!
//! A document is named by the SHA-256 of its plain bytes and written before the row that names it is committed, so a
//! crash leaves at worst a document that nothing names.

mod cipher;

use std::{fmt, path::PathBuf, sync::Arc};

use object_store::{
    Error as ObjectError, ObjectStore, ObjectStoreExt, aws::AmazonS3Builder, local::LocalFileSystem, path::Path,
};
use qyzmet_domain::DocumentId;

use crate::StoreError;
use cipher::Ciphers;

/// Where documents are kept.
#[derive(Clone, Debug)]
pub enum DocumentsConfig {
    /// A local folder.
    Folder(PathBuf),
    /// A bucket. Credentials come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
    S3(S3Config),
}

/// A bucket of S3 or of a storage that speaks its protocol.
#[derive(Clone, Debug)]
pub struct S3Config {
    /// Its name.
    pub bucket: String,
    /// Its region.
    pub region: String,
    /// Address of the storage, when it is not Amazon's.
    pub endpoint: Option<String>,
}

/// The documents; clones share them.
#[derive(Clone)]
pub struct Documents {
    objects: Arc<dyn ObjectStore>,
    ciphers: Arc<Ciphers>,
}

impl fmt::Debug for Documents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Documents({})", self.objects)
    }
}

impl Documents {
    /// Opens the storage. New documents are encrypted with the first key; the others open older ones.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the folder cannot be made or the bucket is not usable as configured;
    /// [`StoreError::Database`] when a key is not 32 bytes long.
    pub fn open(config: DocumentsConfig, keys: Vec<(String, Vec<u8>)>) -> Result<Self, StoreError> {
        let objects: Arc<dyn ObjectStore> = match config {
            DocumentsConfig::Folder(path) => {
                std::fs::create_dir_all(&path).map_err(|_| StoreError::Unavailable)?;
                Arc::new(LocalFileSystem::new_with_prefix(path).map_err(fault)?.with_fsync(true))
            }
            DocumentsConfig::S3(config) => Arc::new(bucket(config)?),
        };
        Ok(Self { objects, ciphers: Arc::new(Ciphers::new(keys)?) })
    }

    /// Keeps a document durably and answers its name; keeping it again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::Unavailable`].
    pub async fn put(&self, bytes: &[u8]) -> Result<DocumentId, StoreError> {
        let id = DocumentId::of(bytes);
        let sealed = self.ciphers.seal(&id, bytes)?;
        self.objects.put(&place(&id), sealed.into()).await.map_err(fault)?;
        Ok(id)
    }

    /// The bytes of a document.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is missing or not what was kept; [`StoreError::Unavailable`].
    pub async fn get(&self, id: DocumentId) -> Result<Vec<u8>, StoreError> {
        let found = self.objects.get(&place(&id)).await.map_err(fault)?;
        let sealed = found.bytes().await.map_err(fault)?;
        let bytes = self.ciphers.open(&id, &sealed)?;
        if DocumentId::of(&bytes) == id { Ok(bytes) } else { Err(StoreError::Corrupt(format!("document {id}"))) }
    }
}

fn bucket(config: S3Config) -> Result<object_store::aws::AmazonS3, StoreError> {
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(config.bucket).with_region(config.region);
    if let Some(endpoint) = config.endpoint {
        builder = builder.with_allow_http(endpoint.starts_with("http://")).with_endpoint(endpoint);
    }
    builder.build().map_err(fault)
}

/// Two levels of folders, so that no folder grows without bounds.
fn place(id: &DocumentId) -> Path {
    let name = id.to_string();
    let (first, rest) = name.split_at(2);
    let (second, _) = rest.split_at(2);
    Path::from(format!("{first}/{second}/{name}"))
}

fn fault(error: ObjectError) -> StoreError {
    let full = |error: &dyn std::error::Error| {
        let mut cause = Some(error);
        while let Some(error) = cause {
            let io = error.downcast_ref::<std::io::Error>();
            if io.is_some_and(|io| io.kind() == std::io::ErrorKind::StorageFull) {
                return true;
            }
            cause = error.source();
        }
        false
    };
    match error {
        ObjectError::NotFound { .. } => StoreError::Corrupt("a document is missing".to_owned()),
        error if full(&error) => StoreError::DiskFull,
        _ => StoreError::Unavailable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(folder: &std::path::Path, keys: &[u8]) -> Documents {
        let keys = keys.iter().map(|key| (format!("k{key}"), vec![*key; 32])).collect();
        Documents::open(DocumentsConfig::Folder(folder.to_owned()), keys).unwrap()
    }

    fn only_file(folder: &std::path::Path) -> PathBuf {
        let mut path = folder.to_owned();
        while path.is_dir() {
            path = std::fs::read_dir(&path).unwrap().next().unwrap().unwrap().path();
        }
        path
    }

    #[tokio::test]
    async fn a_document_is_found_by_its_content_and_unreadable_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let documents = documents(folder.path(), &[1]);
        let id = documents.put("сұрау салу".as_bytes()).await.unwrap();
        assert_eq!(documents.put("сұрау салу".as_bytes()).await.unwrap(), id);
        assert_eq!(documents.get(id).await.unwrap(), "сұрау салу".as_bytes());
        let kept = std::fs::read(only_file(folder.path())).unwrap();
        assert!(!kept.windows(6).any(|window| window == "сұр".as_bytes()));
    }

    #[tokio::test]
    async fn an_older_key_still_opens_what_it_closed() {
        let folder = tempfile::tempdir().unwrap();
        let id = documents(folder.path(), &[1]).put(b"old").await.unwrap();
        assert_eq!(documents(folder.path(), &[2, 1]).get(id).await.unwrap(), b"old");
        assert!(matches!(documents(folder.path(), &[2]).get(id).await, Err(StoreError::Corrupt(_))));
    }

    #[tokio::test]
    async fn a_changed_byte_is_found_and_the_document_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let documents = documents(folder.path(), &[1]);
        let id = documents.put(b"result").await.unwrap();
        let path = only_file(folder.path());
        let mut kept = std::fs::read(&path).unwrap();
        *kept.last_mut().unwrap() ^= 1;
        std::fs::write(&path, kept).unwrap();
        assert_eq!(documents.get(id).await, Err(StoreError::Corrupt(format!("document {id}"))));
        let other = DocumentId::of(b"never kept");
        assert!(matches!(documents.get(other).await, Err(StoreError::Corrupt(_))));
    }
}
