//! The key files of invented people, opened when first needed and kept open.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use qyzmet_pki::{Certificate, Identity, pkcs12};
use secrecy::{ExposeSecret, SecretString};

/// What a page asks of the signer's certificate, together with the person chosen on the simulator's page.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// All of these must be in the certificate.
    pub(super) ekus: Vec<String>,
    /// Every one of these must be the certificate's IIN.
    pub(super) iins: Vec<String>,
    /// The certificate's BIN.
    pub(super) bin: Option<String>,
}

impl Wanted {
    fn fits(&self, certificate: &Certificate) -> bool {
        let subject = certificate.subject();
        let has = certificate.ekus();
        self.ekus.iter().all(|eku| has.contains(eku))
            && self.iins.iter().all(|iin| subject.iin.as_ref() == Some(iin))
            && self.bin.as_ref().is_none_or(|bin| subject.bin.as_ref() == Some(bin))
    }
}

/// The folder of key files.
pub(super) struct Keys {
    folder: PathBuf,
    password: SecretString,
    open: Mutex<BTreeMap<PathBuf, Arc<Identity>>>,
}

impl Keys {
    pub(super) fn new(folder: PathBuf, password: SecretString) -> Self {
        Self { folder, password, open: Mutex::default() }
    }

    /// The first key, by file name, that fits. Opening a file takes tens of milliseconds: not for async threads.
    pub(super) fn find(&self, wanted: &Wanted) -> Option<Arc<Identity>> {
        let fits = |identity: &Arc<Identity>| {
            identity.certificate().is_ok_and(|certificate| wanted.fits(certificate))
        };
        self.all().into_iter().find(fits)
    }

    /// Every key of the folder in the order of the file names; files that do not open are left out.
    pub(super) fn all(&self) -> Vec<Arc<Identity>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        for path in self.files() {
            if open.contains_key(&path) {
                continue;
            }
            if let Some(identity) = self.open(&path) {
                open.insert(path, Arc::new(identity));
            }
        }
        open.values().cloned().collect()
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        paths.filter(|path| path.extension().is_some_and(|end| end == "p12")).collect()
    }

    fn open(&self, path: &Path) -> Option<Identity> {
        let bytes = fs::read(path).ok()?;
        match pkcs12::read(&bytes, self.password.expose_secret()) {
            Ok(identity) => Some(identity),
            Err(error) => {
                tracing::warn!(%error, "a key file does not open");
                None
            }
        }
    }
}
