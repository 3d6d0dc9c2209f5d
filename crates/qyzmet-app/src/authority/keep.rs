//! Keeping lists fresh by the clock, and the portal's own trust in what its authority publishes.

use qyzmet_domain::Caller;
use qyzmet_store::repositories::lists::{self, Series};

use super::publish::{PublishLists, due};
use crate::{Access, App, Cx, Error, UseCase, run};

/// Publishes what nobody has asked for: lists of which half of their time is over, and changes whose job was lost.
pub struct KeepLists;

impl UseCase for KeepLists {
    /// How many lists were published.
    type Output = usize;
    const NAME: &'static str = "keep-lists";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<usize, Error> {
        let Ok(authority) = cx.app.authority() else { return Ok(0) };
        let renew_before = cx.now.checked_add(authority.periods.list / 2).map_err(Error::fault)?;
        let mut published = 0;
        for issuer in authority.issuers.iter().filter(|issuer| issuer.publishes) {
            let (name, parts) = (issuer.name.clone(), issuer.parts);
            let due = cx.read(move |tx| due(tx, &name, parts, renew_before)).await?;
            if due.whole || !due.parts.is_empty() {
                let wish = PublishLists { issuer: issuer.name.clone(), job: None };
                published += run(&cx.app, &Caller::System, wish).await?;
            }
        }
        Ok(published)
    }
}

/// Takes a list of our own into the portal's trust; it is judged there like any other.
pub(super) fn trust(app: &App, list: &[u8]) {
    if let Err(error) = app.trust.load().add_crl(list) {
        tracing::error!(%error, "the portal does not trust its own list");
    }
}

/// Takes the latest lists of our own authorities into the portal's trust, also those that another node has published.
///
/// # Errors
/// Those of the store and of the documents.
pub(crate) async fn trust_own_lists(app: &App) -> Result<(), Error> {
    let Ok(authority) = app.authority() else { return Ok(()) };
    for issuer in &authority.issuers {
        let name = issuer.name.clone();
        let latest = app.store.read(move |tx| lists::latest(tx, &name, Series::Full)).await?;
        if let Some(list) = latest {
            trust(app, &app.documents.get(list.document).await?);
        }
    }
    Ok(())
}
