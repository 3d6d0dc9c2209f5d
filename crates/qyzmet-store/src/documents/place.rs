//! Where documents lie: a local folder, or a bucket of any S3 storage.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;

use super::DocumentError;

/// Where documents lie.
#[derive(Clone)]
pub enum Place {
    /// A local folder.
    Folder(PathBuf),
    /// A bucket.
    S3(S3),
}

/// A bucket of an S3 storage.
#[derive(Clone)]
pub struct S3 {
    /// Address of the storage, for example `https://s3.example.kz`.
    pub endpoint: String,
    /// Region; most storages of one's own take any.
    pub region: String,
    /// Name of the bucket.
    pub bucket: String,
    /// Put before every name; may be empty.
    pub prefix: String,
    /// Who asks.
    pub access_key: String,
    /// The secret that goes with it.
    pub secret_key: String,
    /// Whether the address may be without TLS: for tests and demonstrations only.
    pub allow_http: bool,
}

impl Place {
    pub(super) fn open(&self) -> Result<Arc<dyn ObjectStore>, DocumentError> {
        match self {
            Self::Folder(folder) => {
                fs::create_dir_all(folder).map_err(|error| config(&error))?;
                let local = LocalFileSystem::new_with_prefix(folder).map_err(|error| config(&error))?;
                // Off by default: a put would then be answered before the file and its folder are on the disk.
                Ok(Arc::new(local.with_fsync(true)))
            }
            Self::S3(s3) => s3.open(),
        }
    }
}

impl S3 {
    fn open(&self) -> Result<Arc<dyn ObjectStore>, DocumentError> {
        let bucket = AmazonS3Builder::new()
            .with_endpoint(&self.endpoint)
            .with_region(&self.region)
            .with_bucket_name(&self.bucket)
            .with_access_key_id(&self.access_key)
            .with_secret_access_key(&self.secret_key)
            .with_allow_http(self.allow_http)
            .build()
            .map_err(|error| config(&error))?;
        Ok(Arc::new(PrefixStore::new(bucket, self.prefix.as_str())))
    }
}

fn config(error: &dyn std::error::Error) -> DocumentError {
    DocumentError::Config(error.to_string())
}
