//! `qyzmet serve`: the portal, with the worker inside unless told otherwise.

use std::time::Duration;

use qyzmet_app::{App, RecordReceipts, RefreshCatalogue, TryForms, WorkerOptions, ports::Receipt, run, work};
use qyzmet_domain::Caller;
use qyzmet_web::WebSettings;
use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
};

use super::Failure;
use crate::{
    authority,
    config::Config,
    files, observe,
    wire::{Wired, wire},
};

/// How often revocation lists are read again.
const TRUST_EVERY: Duration = Duration::from_secs(60);

/// Receipts that are written down in one unit of work.
const RECEIPTS: usize = 256;

/// Serves until told to stop; answers what has begun before it goes.
pub(super) async fn serve(config: Config) -> Result<(), Failure> {
    observe::log(&config.log);
    let metrics = observe::metrics();
    let Wired { app, receipts, founded } = wire(&config).await?;
    authority::take_in(&app, founded).await?;
    run(&app, &Caller::System, RefreshCatalogue).await?;
    run(&app, &Caller::System, TryForms).await?;
    let (stopper, stop) = watch::channel(false);
    let behind = tokio::spawn(behind(app.clone(), config.clone(), receipts, stop.clone()));
    let settings = WebSettings {
        secure_cookies: config.portal.secure_cookies,
        metrics,
        ncalayer_url: config.portal.ncalayer.clone(),
        card_agent_url: config.portal.card_agent.clone(),
        rate_per_second: config.limits.requests_per_second,
        pki_rate_per_second: config.limits.pki_requests_per_second,
        trust_forwarded: config.portal.trust_forwarded,
        demo: config.portal.demo,
        ..WebSettings::default()
    };
    let listener = TcpListener::bind(&config.portal.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "the portal is open");
    let router = qyzmet_web::router(app.clone(), settings);
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(asked_to_stop()).await?;
    tracing::info!("the portal is closed, the worker ends what it has begun");
    stopper.send_replace(true);
    behind.await?;
    app.store.clone().close().await;
    Ok(())
}

/// Everything that goes on behind the pages.
pub(super) async fn behind(
    app: App,
    config: Config,
    receipts: mpsc::Receiver<Receipt>,
    stop: watch::Receiver<bool>,
) {
    let options = WorkerOptions {
        name: format!("worker-{}", std::process::id()),
        slots: config.worker.slots,
        idle: Duration::from_millis(config.worker.idle_ms),
        seal_every: Duration::from_secs(config.worker.seal_every_s),
    };
    let working = async {
        if config.worker.embedded {
            work(app.clone(), options, stop.clone()).await;
        }
    };
    tokio::join!(
        working,
        take_receipts(app.clone(), receipts, stop.clone()),
        refresh(app.clone(), config.clone(), stop.clone())
    );
}

async fn take_receipts(app: App, mut receipts: mpsc::Receiver<Receipt>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let mut came = Vec::new();
        let count = tokio::select! {
            count = receipts.recv_many(&mut came, RECEIPTS) => count,
            _ = stop.changed() => 0,
        };
        if count == 0 {
            return;
        }
        if let Err(error) = run(&app, &Caller::System, RecordReceipts { receipts: came }).await {
            tracing::warn!(%error, "receipts are not written down");
        }
    }
}

/// Takes in newly published services and new revocation lists.
async fn refresh(app: App, config: Config, mut stop: watch::Receiver<bool>) {
    let mut services = tokio::time::interval(Duration::from_secs(5));
    let mut trust = tokio::time::interval(TRUST_EVERY);
    while !*stop.borrow() {
        tokio::select! {
            _ = services.tick() => {
                if let Err(error) = run(&app, &Caller::System, RefreshCatalogue).await {
                    tracing::warn!(%error, "the catalogue stays as it is");
                }
            }
            _ = trust.tick() => match files::trust(&config.trust) {
                Ok(fresh) => {
                    app.trust.store(fresh.into());
                    if let Err(error) = app.trust_own_lists().await {
                        tracing::warn!(%error, "our own lists are not trusted yet");
                    }
                }
                Err(error) => tracing::warn!(%error, "the trusted lists stay as they are"),
            },
            _ = stop.changed() => {}
        }
    }
}

/// Waits for SIGTERM or Ctrl-C.
pub(super) async fn asked_to_stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
