//! The application: the parts that use cases work with, put together once by the binary.

use std::{collections::BTreeMap, ops::Deref, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use qyzmet_domain::{CaseId, Locale};
use qyzmet_pki::{Identity, Signer, Trust};
use qyzmet_store::{Store, documents::Documents};
use tokio::sync::{Notify, Semaphore};

use crate::{
    Authorities, Changes, Clock, Entropy, Error, Secrets, Settings,
    catalogue::{Catalogue, Renderings},
    ports::{ConsentService, MailRelay, MessageCentre, OrganisationRegister, PaymentGateway, PersonRegister},
    work::Hands,
};

/// The application, cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Whole>);

struct Whole {
    parts: Parts,
    hands: Hands,
}

/// Everything that the application is put together from.
pub struct Parts {
    /// Rows.
    pub store: Store,
    /// Documents by content.
    pub documents: Documents,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// Derived keys for tags, codes and waiting texts.
    pub secrets: Secrets,
    /// Keys with which results are signed and sealed.
    pub keys: Keys,
    /// Whom we trust; replaced when new revocation lists come.
    pub trust: ArcSwap<Trust>,
    /// The outside world.
    pub ports: Ports,
    /// What a deployment may set.
    pub settings: Settings,
    /// The published services.
    pub catalogue: Catalogue,
    /// What has been made of them.
    pub renderings: Renderings,
    /// What this deployment does as a certification authority; nothing when it is none.
    pub authorities: Option<Authorities>,
    /// Tells that a case has changed, to pages that watch it.
    pub changes: Changes,
    /// Tells the worker of this process that there may be work.
    pub work: Notify,
    /// How many passwords may be compared at once.
    pub password_slots: Semaphore,
}

/// The outside world, each system behind its port.
#[derive(Clone)]
pub struct Ports {
    /// State database of individuals.
    pub persons: Arc<dyn PersonRegister>,
    /// State database of legal entities.
    pub organisations: Arc<dyn OrganisationRegister>,
    /// Consents.
    pub consents: Arc<dyn ConsentService>,
    /// Text messages.
    pub messages: Arc<dyn MessageCentre>,
    /// Letters.
    pub mail: Arc<dyn MailRelay>,
    /// Fees.
    pub payments: Arc<dyn PaymentGateway>,
}

/// The keys of this deployment.
pub struct Keys {
    /// By body: the employee who is authorised to sign its results [R74-5.4].
    pub employees: BTreeMap<String, Employee>,
    /// The portal's seal.
    pub seal: Identity,
    /// Signs checkpoints of the journal.
    pub journal: Signer,
}

/// An authorised employee of a provider.
pub struct Employee {
    /// Key and certificates.
    pub identity: Identity,
    /// Position, as the result shows it.
    pub position: String,
    /// From when the signing right holds.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl Employee {
    /// Whether the signing right holds at a moment.
    #[must_use]
    pub fn may_sign(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

impl App {
    /// The day of the clock in Kazakhstan.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        crate::numbering::day(self.clock.now())
    }

    /// Puts the application together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Whole { parts, hands: Hands::default() }))
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Where people reach the portal, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.settings.origin
    }

    /// Tells watching pages that a case has changed; nobody may be watching.
    pub(crate) fn tell(&self, case: CaseId) {
        self.changes.tell(case);
    }

    /// The worker of this process, which takes jobs without claiming them.
    pub(crate) fn hands(&self) -> &Hands {
        &self.0.hands
    }

    /// Waits until a use case of this process may have left work that somebody has to claim.
    pub(crate) async fn work_came(&self) {
        self.work.notified().await;
    }

    /// The words of a planned outage, when one is announced [R74-3.2].
    #[must_use]
    pub fn notice(&self, locale: Locale) -> Option<&str> {
        let place = Locale::ALL.iter().position(|other| *other == locale)?;
        self.settings.notice.as_ref()?.get(place).map(String::as_str)
    }

    /// Takes the latest lists of our own authorities into the portal's trust, also those that another node has published.
    ///
    /// # Errors
    /// Those of the store and of the documents.
    pub async fn trust_own_lists(&self) -> Result<(), Error> {
        crate::authority::trust_own_lists(self).await
    }

    /// Waits until a case may have changed: told by this process, or after two seconds, as another process may have changed it.
    pub async fn changed(&self, case: CaseId) {
        let _either = tokio::time::timeout(Duration::from_secs(2), self.changes.wait(case)).await;
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}
