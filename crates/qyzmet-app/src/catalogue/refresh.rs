//! A timer looks whether something was published, and takes it in.

use std::sync::Arc;

use qyzmet_domain::ServiceId;
use qyzmet_store::repositories::regulations::{self, Published};

use super::{Shelf, publish::unpack};
use crate::{Access, Cx, Error, UseCase};

/// Takes in what has been published since the last look.
pub struct RefreshCatalogue;

impl UseCase for RefreshCatalogue {
    /// Whether anything was new.
    type Output = bool;
    const NAME: &'static str = "refresh-catalogue";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<bool, Error> {
        let mark = cx.read(|tx| Ok(regulations::mark(tx)?)).await?;
        if mark == cx.app.catalogue.mark() {
            return Ok(false);
        }
        let published = cx.read(|tx| Ok(regulations::all(tx)?)).await?;
        let mut shelf = Shelf { mark, ..Shelf::default() };
        for version in published {
            put(&mut shelf, &cx, version);
        }
        cx.app.catalogue.replace(shelf);
        Ok(true)
    }
}

/// A version that cannot be read any more is left out and reported; the others serve on.
fn put(shelf: &mut Shelf, cx: &Cx, published: Published) {
    let key: (ServiceId, String) = (published.service.clone(), published.version.clone());
    let known = cx.app.catalogue.version(&key.0, &key.1);
    let read = known.map_or_else(|| read(&published).map(Arc::new), Ok);
    match read {
        Ok(regulation) => {
            shelf.published.entry(key.0.clone()).or_default().push(Arc::clone(&regulation));
            shelf.versions.insert(key, regulation);
        }
        Err(reason) => {
            tracing::error!(service = %published.service, version = published.version, reason, "a published service cannot be read");
        }
    }
}

fn read(published: &Published) -> Result<qyzmet_engine::Regulation, String> {
    let folder = unpack(&published.folder).map_err(|error| error.to_string())?;
    let version = folder.version().to_string();
    if version != published.version {
        return Err(format!("its files have the version {version}"));
    }
    qyzmet_engine::read(&folder).map_err(|findings| format!("{} findings", findings.len()))
}
