//! The services that this portal offers: published versions, held in memory, the same on all nodes.

mod list;
mod publish;
mod reasons;
mod refresh;
mod regulation;
mod renderings;
mod show;
mod versions;

use std::{collections::BTreeMap, sync::Arc};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use qyzmet_domain::ServiceId;
use qyzmet_engine::Regulation;

pub(crate) use list::service_cards;
pub use list::{ListServices, ServiceCard};
pub use publish::{PublishError, PublishService};
pub use reasons::{Reason, Reasons};
pub use refresh::RefreshCatalogue;
pub use regulation::{DownloadRegulation, RegulationPage, RegulationPart, ShowRegulation};
pub use renderings::Renderings;
pub use show::{ClassView, PointView, ServicePage, ShowService};
pub use versions::{RejectedView, ServiceVersions, ShowVersions, VersionView, VersionsView};

/// All published versions, and which of them is current.
#[derive(Default)]
pub struct Catalogue(ArcSwap<Shelf>);

/// One state of the catalogue; it is replaced as a whole.
#[derive(Default)]
pub(crate) struct Shelf {
    /// Changes when something is published.
    pub(crate) mark: (i64, i64),
    /// By service: the version that new cases take.
    pub(crate) current: BTreeMap<ServiceId, Arc<Regulation>>,
    /// By service and version: running cases keep theirs.
    pub(crate) versions: BTreeMap<(ServiceId, String), Arc<Regulation>>,
    /// What was published and cannot be read.
    pub(crate) broken: Vec<Broken>,
}

/// A published version that this program cannot read: damaged in the store, or refused by a newer checker.
#[derive(Clone)]
pub(crate) struct Broken {
    pub(crate) service: ServiceId,
    pub(crate) version: String,
    pub(crate) found_at: Timestamp,
    pub(crate) reasons: Reasons,
}

impl Catalogue {
    /// The version that a new case takes.
    #[must_use]
    pub fn current(&self, service: &ServiceId) -> Option<Arc<Regulation>> {
        self.0.load().current.get(service).cloned()
    }

    /// The version with which a case began.
    #[must_use]
    pub fn version(&self, service: &ServiceId, version: &str) -> Option<Arc<Regulation>> {
        self.0.load().versions.get(&(service.clone(), version.to_owned())).cloned()
    }

    /// The current versions of all services.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Regulation>> {
        self.0.load().current.values().cloned().collect()
    }

    /// What was published and cannot be read; the versions before it serve on.
    pub(crate) fn broken(&self) -> Vec<Broken> {
        self.0.load().broken.clone()
    }

    pub(crate) fn mark(&self) -> (i64, i64) {
        self.0.load().mark
    }

    pub(crate) fn replace(&self, shelf: Shelf) {
        self.0.store(Arc::new(shelf));
    }
}
