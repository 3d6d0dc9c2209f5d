//! `qyzmet signer`: the keys of issuing authorities in a process of their own, asked over a Unix socket.

use std::{sync::Arc, time::Duration};

use qyzmet_app::Clock;
use qyzmet_store::{Store, StoreConfig};
use tokio::sync::watch;

use super::{Failure, serve::asked_to_stop};
use crate::{
    authority,
    config::Config,
    observe,
    signer::{InProcess, Limits, listen, serve, users},
    wire::store_config,
};

/// Answers until told to stop, and ends what it has begun.
pub(super) async fn signer(config: Config) -> Result<(), Failure> {
    observe::log(&config.log);
    if config.signer.socket.as_os_str().is_empty() {
        return Err("signer.socket is empty: the portal holds the keys itself".into());
    }
    let portal = Store::open_reading(store_config(&config.store)?).await?;
    let own = StoreConfig::Sqlite { path: config.signer.record.clone(), queue: config.store.queue };
    // Nobody else has this file, so its owner keeps it up to date.
    Store::migrate(own.clone()).await?;
    let record = Store::open(own).await?;
    let stores = (portal.clone(), record.clone());
    let role = authority::role(&config, &config.portal.origin, stores, Clock::default())?;
    let others = users::ids(&config.signer.users)?;
    let listener = listen(&config.signer.socket, &others).await?;
    tracing::info!(socket = %config.signer.socket.display(), "the signer answers");
    let limits = Limits {
        connections: config.signer.connections,
        patience: Duration::from_secs(config.signer.patience_s),
        others,
    };
    let (stopper, stop) = watch::channel(false);
    let answering = tokio::spawn(serve(listener, Arc::new(InProcess::new(role)), limits, stop));
    asked_to_stop().await;
    stopper.send_replace(true);
    answering.await?;
    record.close().await;
    portal.close().await;
    Ok(())
}
