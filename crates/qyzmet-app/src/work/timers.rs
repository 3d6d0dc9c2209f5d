//! What happens again and again: sealing the journal, taking in new services, clearing away what is over.

use std::time::Duration;

use jiff::SignedDuration;
use qyzmet_domain::Caller;
use qyzmet_store::{
    jobs, limits,
    repositories::{challenges, codes, desk_sessions, messages, reminders, sessions},
};
use tokio::sync::watch;

use super::{KINDS_OF_AUTHORITY, gauges::ReportGauges};

use crate::{
    Access, App, Cx, Error, UseCase,
    authority::{ForgetLists, KeepLists, RemindOfEnds, WatchSigner},
    catalogue::RefreshCatalogue,
    conduct::RingDuties,
    desk::{RingAlarms, TellHeads},
    journal::SealJournal,
    numbering,
    payments::LookAtPayments,
    ports::Receipt,
    run,
};

/// How often new services are looked for, revocation lists and certificates that end soon are looked at, and old rows
/// cleared away.
const REFRESH_EVERY: Duration = Duration::from_secs(5);
const LISTS_EVERY: Duration = Duration::from_secs(20);
const REMIND_EVERY: Duration = Duration::from_secs(60);
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// Keeps time until told to stop.
pub(super) async fn keep(app: App, seal_every: Duration, mut stop: watch::Receiver<bool>) {
    let mut seal = tokio::time::interval(seal_every);
    let mut refresh = tokio::time::interval(REFRESH_EVERY);
    let mut gauges = tokio::time::interval(REFRESH_EVERY);
    let mut sweep = tokio::time::interval(SWEEP_EVERY);
    let mut clocks = tokio::time::interval(REFRESH_EVERY);
    let mut ends = tokio::time::interval(REMIND_EVERY);
    let mut lists = tokio::time::interval(LISTS_EVERY);
    while !*stop.borrow() {
        tokio::select! {
            _ = seal.tick() => report("seal-journal", run(&app, &Caller::System, SealJournal).await),
            _ = gauges.tick() => report("report-gauges", run(&app, &Caller::System, ReportGauges).await),
            _ = refresh.tick() => report("refresh-catalogue", run(&app, &Caller::System, RefreshCatalogue).await),
            _ = lists.tick() => report("keep-lists", run(&app, &Caller::System, KeepLists).await),
            _ = ends.tick() => report("remind-of-ends", run(&app, &Caller::System, RemindOfEnds).await),
            _ = sweep.tick() => {
                report("sweep", run(&app, &Caller::System, Sweep).await);
                report("forget-lists", run(&app, &Caller::System, ForgetLists).await);
            }
            _ = clocks.tick() => {
                report("ring-alarms", run(&app, &Caller::System, RingAlarms).await);
                report("tell-heads", run(&app, &Caller::System, TellHeads).await);
                report("ring-duties", run(&app, &Caller::System, RingDuties).await);
            }
            _ = stop.changed() => {}
        }
    }
}

/// Asks the payment gateway until told to stop, apart from all that needs nobody outside: however long the gateway takes,
/// the journal is sealed in time. An answer that comes after the end is asked for again by the next worker.
pub(super) async fn ask_gateway(app: App, mut stop: watch::Receiver<bool>) {
    let mut looks = tokio::time::interval(REFRESH_EVERY);
    let mut ask = async || {
        looks.tick().await;
        report("look-at-payments", run(&app, &Caller::System, LookAtPayments).await);
    };
    while !*stop.borrow() {
        tokio::select! {
            () = ask() => {}
            _ = stop.changed() => {}
        }
    }
}

/// Looks after the signing role until told to stop, apart from all that does not need it.
pub(super) async fn watch_signer(app: App, mut stop: watch::Receiver<bool>) {
    let mut looks = tokio::time::interval(REFRESH_EVERY);
    // At the start everything that waits is due soon anyway.
    let mut answered = true;
    while !*stop.borrow() {
        tokio::select! {
            _ = looks.tick() => match run(&app, &Caller::System, WatchSigner { answered }).await {
                Ok(Some(answers)) => answered = answers,
                Ok(None) => return,
                Err(error) => report("watch-signer", Err::<(), _>(error)),
            },
            _ = stop.changed() => {}
        }
    }
}

fn report<T>(what: &'static str, outcome: Result<T, Error>) {
    if let Err(error) = outcome {
        tracing::warn!(what, %error, "a timer failed and will try again");
    }
}

/// Clears away what is over: sessions, challenges, counters.
pub struct Sweep;

impl UseCase for Sweep {
    type Output = ();
    const NAME: &'static str = "sweep";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        cx.write(|tx, draw| {
            sessions::sweep(tx, draw.now())?;
            challenges::sweep(tx, draw.now())?;
            limits::sweep(tx, draw.now())?;
            let hour_ago = draw.now().checked_sub(SignedDuration::from_hours(1)).map_err(Error::fault)?;
            codes::sweep_sends(tx, hour_ago)?;
            messages::sweep_receipts(tx, hour_ago)?;
            // No session lives longer than a day; one that is forgotten too early could open a locked desk.
            let days_ago = draw.now().checked_sub(SignedDuration::from_hours(48)).map_err(Error::fault)?;
            desk_sessions::sweep(tx, days_ago)?;
            // An order is intended once and what a list has seen only grows: their jobs are never asked for by the same key again.
            let week_ago =
                draw.now().checked_sub(SignedDuration::from_hours(7 * 24)).map_err(Error::fault)?;
            for kind in KINDS_OF_AUTHORITY {
                jobs::purge(tx, kind, week_ago)?;
            }
            reminders::sweep(tx, numbering::day(draw.now()))?;
            Ok(())
        })
        .await
    }
}

/// Writes down receipts of the message centre, all that came while the last ones were being written in one unit.
pub struct RecordReceipts {
    /// The receipts.
    pub receipts: Vec<Receipt>,
}

impl UseCase for RecordReceipts {
    type Output = ();
    const NAME: &'static str = "record-receipts";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        cx.write(move |tx, draw| {
            for Receipt { centre_id, delivered, .. } in &self.receipts {
                messages::received(tx, centre_id, *delivered, draw.now())?;
            }
            Ok(())
        })
        .await
    }
}
