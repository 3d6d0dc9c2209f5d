//! The vendors' libraries of this process: each is loaded and started once, when it is first needed, and then shared.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error, RvError},
};

use super::TokenError;

/// A library is one per process, so the loaded ones are kept for its whole life.
static LOADED: Mutex<BTreeMap<PathBuf, Pkcs11>> = Mutex::new(BTreeMap::new());

/// The started library. Starting is asked for each time: one that somebody stopped works again then.
pub(super) fn load(path: &Path) -> Result<Pkcs11, TokenError> {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let library = match loaded.get(path) {
        Some(library) => library.clone(),
        None => Pkcs11::new(path).map_err(|_| TokenError::Library)?,
    };
    match library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(_) => return Err(TokenError::Library),
    }
    loaded.insert(path.to_owned(), library.clone());
    Ok(library)
}
