//! The printed forms of stored versions, tried once by a program that has just started and is about to print.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};
use qyzmet_domain::ServiceId;
use qyzmet_engine::Regulation;
use qyzmet_store::repositories::cases;

use super::{Broken, Reasons, Shelf, in_force, refresh::tell};
use crate::{Access, Cx, Error, UseCase, check_template, numbering};

/// A version by service and version.
type Key = (ServiceId, String);

/// Tries the printed forms of the versions that may still print: those that new cases take on this day or later, and those under
/// which cases run. Whoever publishes tries the form first; a program that has just started may print otherwise than the one
/// that did. What it cannot print is left out and told, until it can.
pub struct TryForms;

impl UseCase for TryForms {
    /// How many versions were left out.
    type Output = usize;
    const NAME: &'static str = "try-forms";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<usize, Error> {
        let running = cx.read(|tx| Ok(cases::running(tx)?)).await?;
        let running = running.into_iter().map(|(service, version, _)| (service, version)).collect();
        let (shelf, now) = (cx.app.catalogue.shelf(), cx.now);
        // It takes a thread for some seconds.
        let tried = tokio::task::spawn_blocking(move || unprintable(&shelf, &running, now));
        let broken = tried.await.map_err(Error::fault)?;
        if !broken.is_empty() {
            cx.app.catalogue.replace(cx.app.catalogue.shelf().without(&broken));
        }
        let left_out = broken.len();
        for version in broken {
            tell(&cx, version).await;
        }
        Ok(left_out)
    }
}

/// The versions that cannot be printed. Where the wording of the day is among them, an earlier one takes its place and is tried
/// too.
fn unprintable(shelf: &Shelf, running: &BTreeSet<(String, String)>, now: Timestamp) -> Vec<Broken> {
    let (mut broken, mut tried) = (Vec::new(), BTreeSet::<Key>::new());
    for versions in shelf.published.values() {
        let mut left = versions.clone();
        while let Some(regulation) = next(&left, running, (numbering::day(now), &tried)) {
            let key = key(&regulation);
            let findings = check_template(&regulation);
            if !findings.is_empty() {
                left.retain(|other| other.version != regulation.version);
                let (service, version) = key.clone();
                broken.push(Broken { service, version, found_at: now, reasons: Reasons::of(&findings) });
            }
            tried.insert(key);
        }
    }
    broken
}

/// A version that may still print and was not tried.
fn next(
    versions: &[Arc<Regulation>],
    running: &BTreeSet<(String, String)>,
    (day, tried): (Date, &BTreeSet<Key>),
) -> Option<Arc<Regulation>> {
    let present = in_force(versions, day).map(|regulation| key(&regulation));
    let may_print = |regulation: &&Arc<Regulation>| {
        let key = key(regulation);
        let runs = running.contains(&(key.0.to_string(), key.1.clone()));
        let is_needed = regulation.service.valid_from > day || present.as_ref() == Some(&key) || runs;
        is_needed && !tried.contains(&key)
    };
    versions.iter().find(may_print).cloned()
}

fn key(regulation: &Regulation) -> Key {
    (regulation.id().clone(), regulation.version.to_string())
}

impl Shelf {
    /// The same without these versions, which are now known as broken.
    fn without(&self, broken: &[Broken]) -> Self {
        let out: BTreeSet<Key> =
            broken.iter().map(|broken| (broken.service.clone(), broken.version.clone())).collect();
        let kept = |versions: &Vec<Arc<Regulation>>| {
            versions.iter().filter(|version| !out.contains(&key(version))).cloned().collect::<Vec<_>>()
        };
        let published = self.published.iter().map(|(service, versions)| (service.clone(), kept(versions)));
        let mut versions = self.versions.clone();
        versions.retain(|key, _| !out.contains(key));
        Self {
            mark: self.mark,
            published: published.filter(|(_, versions)| !versions.is_empty()).collect::<BTreeMap<_, _>>(),
            versions,
            broken: self.broken.iter().chain(broken).cloned().collect(),
        }
    }
}
