//! The administrator's view of all services: their versions, what hangs on each, what could not be taken into use, and fees
//! that the payment gateway refuses.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, civil::Date};
use qyzmet_domain::{Locale, ServiceId};
use qyzmet_store::repositories::{
    cases,
    regulations::{self, ListedVersion},
    rejected::{self, Rejected},
};

use super::{Broken, Reasons};
use crate::{
    Access, App, Cx, Error, UseCase,
    authority::lacks_authority,
    payments::{RejectedFee, rejected_fees},
};

/// Shows the versions of all services.
pub struct ShowVersions {
    /// In which language.
    pub locale: Locale,
}

/// All services.
pub struct VersionsView {
    /// Those with a version that is not in use, or that are not offered for a fault, first.
    pub services: Vec<ServiceVersions>,
    /// Fees that the payment gateway refuses for good, the newest first.
    pub fees: Vec<RejectedFee>,
}

/// One service.
#[derive(Default)]
pub struct ServiceVersions {
    /// Its id, or what the publisher called a folder whose passport cannot be read.
    pub id: String,
    /// Its name, when a version is in use.
    pub title: Option<String>,
    /// Published versions, the newest first.
    pub versions: Vec<VersionView>,
    /// What could not be taken into use, the newest first.
    pub rejected: Vec<RejectedView>,
    /// It makes certificates and no authority issues any here, so it is not offered.
    pub lacks_authority: bool,
}

/// A published version.
pub struct VersionView {
    /// The hash of its folder.
    pub version: String,
    /// First day of the wording; nothing when it cannot be read.
    pub valid_from: Option<Date>,
    /// When it was published last.
    pub published_at: Timestamp,
    /// Whether new requests take it.
    pub current: bool,
    /// How many cases that are not over began with it.
    pub running: u64,
}

/// A version that is not in use.
pub struct RejectedView {
    /// The hash of its folder.
    pub version: String,
    /// Whether it had been published and cannot be read any more; else it was refused when it was to be published.
    pub published: bool,
    /// Since when that is known.
    pub found_at: Timestamp,
    /// Why.
    pub reasons: Reasons,
}

impl ServiceVersions {
    /// The version that the portal serves.
    #[must_use]
    pub fn serving(&self) -> Option<&VersionView> {
        self.versions.iter().find(|version| version.current)
    }
}

impl UseCase for ShowVersions {
    type Output = VersionsView;
    const NAME: &'static str = "show-versions";
    const ACCESS: Access = Access::Administrator;

    async fn run(self, cx: Cx) -> Result<VersionsView, Error> {
        let (app, locale) = (cx.app.clone(), self.locale);
        let (listed, running, noted, fees) = cx
            .read(move |tx| {
                let fees = rejected_fees(tx, &app, locale)?;
                Ok((regulations::list(tx)?, cases::running(tx)?, rejected::all(tx)?, fees))
            })
            .await?;
        let running = running.into_iter().map(|(service, version, count)| ((service, version), count));
        let running: HashMap<(String, String), u64> = running.collect();
        let mut services = BTreeMap::<String, ServiceVersions>::new();
        for version in listed {
            let service = services.entry(version.service.to_string()).or_default();
            service.lacks_authority |= is_lacking(&cx.app, &version.service);
            service.title = service.title.take().or_else(|| title(&cx.app, &version.service, self.locale));
            service.versions.push(view(&cx.app, version, &running));
        }
        for (id, rejected) in rejections(cx.app.catalogue.broken(), &noted) {
            services.entry(id).or_default().rejected.push(rejected);
        }
        let mut services: Vec<_> =
            services.into_iter().map(|(id, service)| ServiceVersions { id, ..service }).collect();
        services.sort_by_key(|service| service.rejected.is_empty() && !service.lacks_authority);
        Ok(VersionsView { services, fees })
    }
}

fn is_lacking(app: &App, service: &ServiceId) -> bool {
    app.catalogue.current(service, app.today()).is_some_and(|current| lacks_authority(app, &current))
}

fn title(app: &App, service: &ServiceId, locale: Locale) -> Option<String> {
    Some(app.catalogue.current(service, app.today())?.title(locale).to_owned())
}

fn view(app: &App, listed: ListedVersion, running: &HashMap<(String, String), u64>) -> VersionView {
    let ListedVersion { service, version, published_at } = listed;
    let read = app.catalogue.version(&service, &version);
    let current = app.catalogue.current(&service, app.today());
    let key = (service.to_string(), version.clone());
    VersionView {
        valid_from: read.map(|regulation| regulation.service.valid_from),
        current: current.is_some_and(|current| current.version.as_str() == version),
        running: running.get(&key).copied().unwrap_or_default(),
        published_at,
        version,
    }
}

/// What was refused at publishing is what the notes say. What can be read is what this process could read, with the time
/// of the note when there is one: after an update one node may read what another cannot.
fn rejections(broken: Vec<Broken>, noted: &[Rejected]) -> Vec<(String, RejectedView)> {
    let since = |service: &str, version: &str| {
        let known = noted.iter().find(|noted| noted.service == service && noted.version == version);
        known.map(|noted| noted.found_at)
    };
    let unreadable = broken.into_iter().map(|Broken { service, version, found_at, reasons }| {
        let found_at = since(service.as_str(), &version).unwrap_or(found_at);
        (service.to_string(), RejectedView { version, published: true, found_at, reasons })
    });
    let refused = noted.iter().filter(|noted| !noted.published).map(|noted| {
        let reasons = serde_json::from_str(&noted.reasons).unwrap_or_default();
        let (version, found_at) = (noted.version.clone(), noted.found_at);
        (noted.service.clone(), RejectedView { version, published: false, found_at, reasons })
    });
    unreadable.chain(refused).collect()
}
