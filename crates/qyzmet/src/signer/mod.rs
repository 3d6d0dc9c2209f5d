//! The signing role inside this process: the keys of issuing authorities, and what is signed with them.

mod list;

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use qyzmet_app::ports::{Fault, ListOrder, SignedList, Signing};
use qyzmet_pki::Identity;
use qyzmet_store::Store;
use tokio::runtime::Handle;

/// The signing role in the process that asks it: for small installations and the demonstration.
pub struct InProcess {
    store: Store,
    origin: String,
    issuers: BTreeMap<String, Arc<Identity>>,
}

impl InProcess {
    /// Without any key. `origin` is where the addresses in lists begin.
    #[must_use]
    pub fn new(store: Store, origin: &str) -> Self {
        Self { store, origin: origin.to_owned(), issuers: BTreeMap::new() }
    }

    /// Takes the key of an issuer.
    pub fn add(&mut self, name: &str, identity: Identity) {
        self.issuers.insert(name.to_owned(), Arc::new(identity));
    }

    fn identity(&self, issuer: &str) -> Result<Arc<Identity>, Fault> {
        let identity = self.issuers.get(issuer).cloned();
        identity.ok_or_else(|| Fault::Rejected(format!("the signer has no key of {issuer}")))
    }
}

#[async_trait]
impl Signing for InProcess {
    /// A long list takes seconds of a core, so it is written on a thread where that is allowed.
    async fn list(&self, order: ListOrder) -> Result<SignedList, Fault> {
        let identity = self.identity(&order.issuer)?;
        let (store, origin, runtime) = (self.store.clone(), self.origin.clone(), Handle::current());
        let order = Arc::new(order);
        let signed = tokio::task::spawn_blocking(move || {
            runtime.block_on(store.read(move |tx| list::sign(tx, &identity, &origin, &order)))
        });
        let signed = signed.await.map_err(|_| Fault::Unavailable("the signer has given up".to_owned()))?;
        signed.map_err(list::ListError::fault)
    }
}
