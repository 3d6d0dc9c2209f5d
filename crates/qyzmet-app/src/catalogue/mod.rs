//! The services that this portal offers: published versions, held in memory, the same on all nodes.

mod forms;
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
use jiff::{Timestamp, civil::Date};
use qyzmet_domain::ServiceId;
use qyzmet_engine::{Channel, Regulation};

use crate::{App, authority::lacks_authority};

pub use forms::TryForms;
pub(crate) use list::service_cards;
pub use list::{ListServices, ServiceCard};
pub use publish::{PublishError, PublishService};
pub use reasons::{Reason, Reasons};
pub use refresh::RefreshCatalogue;
pub use regulation::{DownloadRegulation, RegulationPage, RegulationPart, ShowRegulation};
pub use renderings::Renderings;
pub use show::{ClassView, PointView, ServicePage, ShowService};
pub use versions::{RejectedView, ServiceVersions, ShowVersions, VersionView, VersionsView};

/// All published versions; which of them a new case takes follows from the day.
#[derive(Default)]
pub struct Catalogue(ArcSwap<Shelf>);

/// Whether requests for a service are taken here.
pub(crate) fn is_offered(app: &App, regulation: &Regulation) -> bool {
    regulation.starts_on(Channel::Portal) && !lacks_authority(app, regulation)
}

/// The wording of a day: of those that are valid the one that became so last, and of several of one day the one that
/// was published last.
fn in_force(versions: &[Arc<Regulation>], day: Date) -> Option<Arc<Regulation>> {
    let valid = versions.iter().filter(|version| version.service.valid_from <= day);
    valid.max_by_key(|version| version.service.valid_from).cloned()
}

/// One state of the catalogue; it is replaced as a whole.
#[derive(Default)]
pub(crate) struct Shelf {
    /// Changes when something is published.
    pub(crate) mark: (i64, i64),
    /// By service: its versions in the order of their publication.
    pub(crate) published: BTreeMap<ServiceId, Vec<Arc<Regulation>>>,
    /// By service and version: running cases keep theirs.
    pub(crate) versions: BTreeMap<(ServiceId, String), Arc<Regulation>>,
    /// What was published and cannot be read or printed.
    pub(crate) broken: Vec<Broken>,
}

/// A published version that this program cannot use: damaged in the store, or refused by a newer checker or printer.
#[derive(Clone)]
pub(crate) struct Broken {
    pub(crate) service: ServiceId,
    pub(crate) version: String,
    pub(crate) found_at: Timestamp,
    pub(crate) reasons: Reasons,
}

impl Catalogue {
    /// The version that a new case takes on this day; nothing while no version is valid yet.
    #[must_use]
    pub fn current(&self, service: &ServiceId, day: Date) -> Option<Arc<Regulation>> {
        in_force(self.0.load().published.get(service)?, day)
    }

    /// The version that will take the place of the one of this day, when one is published already.
    #[must_use]
    pub fn coming(&self, service: &ServiceId, day: Date) -> Option<Arc<Regulation>> {
        let shelf = self.0.load();
        let versions = shelf.published.get(service)?;
        let next = versions.iter().map(|version| version.service.valid_from).filter(|from| *from > day).min();
        in_force(versions, next?)
    }

    /// The version with which a case began.
    #[must_use]
    pub fn version(&self, service: &ServiceId, version: &str) -> Option<Arc<Regulation>> {
        self.0.load().versions.get(&(service.clone(), version.to_owned())).cloned()
    }

    /// The versions of all services that new cases take on this day.
    #[must_use]
    pub fn all(&self, day: Date) -> Vec<Arc<Regulation>> {
        self.0.load().published.values().filter_map(|versions| in_force(versions, day)).collect()
    }

    /// What was published and cannot be read; the versions before it serve on.
    pub(crate) fn broken(&self) -> Vec<Broken> {
        self.0.load().broken.clone()
    }

    pub(crate) fn mark(&self) -> (i64, i64) {
        self.0.load().mark
    }

    /// The present state.
    pub(crate) fn shelf(&self) -> Arc<Shelf> {
        self.0.load_full()
    }

    pub(crate) fn replace(&self, shelf: Shelf) {
        self.0.store(Arc::new(shelf));
    }
}
