//! A timer looks whether something was published, and takes it in.

use std::sync::Arc;

use jiff::Timestamp;
use qyzmet_domain::ServiceId;
use qyzmet_engine::Regulation;
use qyzmet_store::repositories::regulations::{self, Published};

use super::{Broken, Reasons, Shelf, publish::unpack, reasons::note};
use crate::{Access, Cx, Error, UseCase, authority::lacks_authority, check_template, numbering};

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
        // Reading takes a thread for a moment.
        let (before, now) = (cx.app.catalogue.shelf(), cx.now);
        let shelved = tokio::task::spawn_blocking(move || shelve(&before, mark, published, now));
        let shelf = shelved.await.map_err(Error::fault)?;
        let broken = shelf.broken.clone();
        cx.app.catalogue.replace(shelf);
        tell_of_lacks(&cx);
        for version in broken {
            tell(&cx, version).await;
        }
        Ok(true)
    }
}

/// The next state of the catalogue.
fn shelve(before: &Shelf, mark: (i64, i64), published: Vec<Published>, now: Timestamp) -> Shelf {
    let mut shelf = Shelf { mark, ..Shelf::default() };
    for version in published {
        put(&mut shelf, before, &version, now);
    }
    shelf
}

/// A version that cannot be read or printed any more is left out and reported; the others serve on.
fn put(shelf: &mut Shelf, before: &Shelf, published: &Published, now: Timestamp) {
    let key: (ServiceId, String) = (published.service.clone(), published.version.clone());
    let known = before.versions.get(&key).cloned();
    match known.map_or_else(|| fresh(before, published), Ok) {
        Ok(regulation) => {
            shelf.published.entry(key.0.clone()).or_default().push(Arc::clone(&regulation));
            shelf.versions.insert(key, regulation);
        }
        Err(reasons) => {
            let (service, version) = key;
            shelf.broken.push(Broken { service, version, found_at: now, reasons });
        }
    }
}

/// A version that this process has not in use. What it could not print (see [`super::TryForms`]) stays out until it can.
fn fresh(before: &Shelf, published: &Published) -> Result<Arc<Regulation>, Reasons> {
    let regulation = read(published)?;
    let was_broken =
        |broken: &Broken| broken.service == published.service && broken.version == published.version;
    if before.broken.iter().any(was_broken) {
        let findings = check_template(&regulation);
        if !findings.is_empty() {
            return Err(Reasons::of(&findings));
        }
    }
    Ok(Arc::new(regulation))
}

fn read(published: &Published) -> Result<Regulation, Reasons> {
    let folder = unpack(&published.folder).map_err(|error| Reasons::whole(error.to_string()))?;
    let version = folder.version().to_string();
    if version != published.version {
        return Err(Reasons::whole(format!(
            "the files in the store are others than were published: {version}"
        )));
    }
    qyzmet_engine::read(&folder).map_err(|findings| Reasons::of(&findings))
}

/// Says in the log which services are not offered because they make certificates and no authority issues any here.
fn tell_of_lacks(cx: &Cx) {
    for regulation in cx.app.catalogue.all(numbering::day(cx.now)) {
        if lacks_authority(&cx.app, &regulation) {
            let service = regulation.id();
            tracing::error!(%service, "not offered: it makes certificates, and [authority] names no folder");
        }
    }
}

/// Says it in the log and notes it for the administrator. The portal serves on even when nothing can be noted.
pub(super) async fn tell(cx: &Cx, Broken { service, version, reasons, .. }: Broken) {
    let first = reasons.first.first().map(|reason| reason.message.clone()).unwrap_or_default();
    tracing::error!(%service, version, errors = reasons.total, first, "a published version cannot be read or printed");
    if let Err(error) = note(cx, (service.to_string(), version), true, &reasons).await {
        tracing::warn!(%error, "a version that cannot be read is not noted");
    }
}
