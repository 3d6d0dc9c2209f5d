//! The signing role: the keys of issuing authorities, and what is signed with them, in this process or in one of its own.

mod certificate;
mod client;
mod frame;
mod list;
mod server;
pub mod users;

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use qyzmet_app::{
    Clock,
    authority::{Issues, orders::Judge},
    ports::{CertificatesOrder, Fault, ListOrder, SignedList, Signing, Unsigned},
};
use qyzmet_domain::conduct::Rules;
use qyzmet_pki::{Certificate, Identity, request::KnownKeys};
use qyzmet_store::Store;
use tokio::runtime::Handle;

pub use self::{
    client::OverSocket,
    server::{Limits, SocketError, listen, serve},
};

/// The signing role in the process that asks it: for small installations and the demonstration; and what `qyzmet signer` is
/// made of.
pub struct InProcess {
    /// What the portal says of certificates; only read.
    portal: Store,
    /// What has been signed here.
    record: Store,
    origin: String,
    clock: Clock,
    judge: Arc<Judge>,
    rules: Rules,
    known_keys: Arc<KnownKeys>,
    issuers: Arc<BTreeMap<String, IssuerKey>>,
}

/// What the signing role works with.
pub struct Role {
    /// The portal's store, of which it reads how certificates stand.
    pub portal: Store,
    /// Where it records what it has signed: a store of its own, or the portal's.
    pub record: Store,
    /// Where the addresses in certificates and lists begin.
    pub origin: String,
    /// The time.
    pub clock: Clock,
    /// All authorities, by their names in rows.
    pub known: Vec<(String, Certificate)>,
    /// Terms of the conduct of operators.
    pub rules: Rules,
    /// Keys that are never certified.
    pub known_keys: Arc<KnownKeys>,
    /// The keys of those that issue.
    pub issuers: BTreeMap<String, IssuerKey>,
}

/// An issuing authority whose key the signing role holds.
pub struct IssuerKey {
    /// Its key and certificates.
    pub key: Identity,
    /// What it issues.
    pub issues: Issues,
}

impl InProcess {
    /// Takes the role up.
    #[must_use]
    pub fn new(role: Role) -> Self {
        let Role { portal, record, origin, clock, rules, known, known_keys, issuers } = role;
        let judge = Arc::new(Judge::new(known));
        Self { portal, record, origin, clock, judge, rules, known_keys, issuers: Arc::new(issuers) }
    }

    /// Whether it has the key of an issuer.
    fn check(&self, issuer: &str) -> Result<(), Fault> {
        let has = self.issuers.contains_key(issuer);
        if has { Ok(()) } else { Err(Fault::Rejected(format!("the signer has no key of {issuer}"))) }
    }
}

#[async_trait]
impl Signing for InProcess {
    async fn certificates(&self, order: CertificatesOrder) -> Result<Vec<Vec<u8>>, Unsigned> {
        self.certify(order).await
    }

    async fn ready(&self) -> Result<Vec<String>, Fault> {
        let down = |error: qyzmet_store::StoreError| Fault::Unavailable(error.to_string());
        self.portal.ping().await.map_err(down)?;
        self.record.ping().await.map_err(down)?;
        Ok(self.issuers.keys().cloned().collect())
    }

    /// A long list takes seconds of a core, so it is written on a thread where that is allowed.
    async fn list(&self, order: ListOrder) -> Result<SignedList, Fault> {
        self.check(&order.issuer)?;
        let (store, origin, runtime) = (self.portal.clone(), self.origin.clone(), Handle::current());
        let (order, issuers) = (Arc::new(order), Arc::clone(&self.issuers));
        let signed = tokio::task::spawn_blocking(move || {
            runtime.block_on(store.read(move |tx| match issuers.get(&order.issuer) {
                Some(issuer) => list::sign(tx, &issuer.key, &origin, &order),
                None => Err(list::ListError::NoKey),
            }))
        });
        let signed = signed.await.map_err(|_| Fault::Unavailable("the signer has given up".to_owned()))?;
        signed.map_err(list::ListError::fault)
    }
}
