//! `qyzmet worker`: jobs and timers in a process of their own, for PostgreSQL.

use qyzmet_app::{RefreshCatalogue, TryForms, run};
use qyzmet_domain::Caller;
use tokio::sync::watch;

use super::{
    Failure,
    serve::{asked_to_stop, behind},
};
use crate::{
    authority,
    config::Config,
    observe,
    wire::{Wired, wire},
};

/// Works until told to stop, and ends what it has begun.
pub(super) async fn worker(mut config: Config) -> Result<(), Failure> {
    observe::log(&config.log);
    config.worker.embedded = true;
    let Wired { app, receipts, founded } = wire(&config).await?;
    authority::take_in(&app, founded).await?;
    run(&app, &Caller::System, RefreshCatalogue).await?;
    run(&app, &Caller::System, TryForms).await?;
    let (stopper, stop) = watch::channel(false);
    let behind = tokio::spawn(behind(app.clone(), config, receipts, stop));
    asked_to_stop().await;
    stopper.send_replace(true);
    behind.await?;
    app.store.clone().close().await;
    Ok(())
}
