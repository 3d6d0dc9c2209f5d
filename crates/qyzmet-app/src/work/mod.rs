//! The worker: claims jobs, carries them out side by side, and keeps time for what must happen again and again.

mod dead;
mod gauges;
mod hands;
mod issue_result;
mod query_register;
mod send_message;
mod timers;

use std::{sync::Arc, time::Duration};

use jiff::SignedDuration;
use qyzmet_domain::Caller;
use qyzmet_store::jobs::{self, Job};
use tokio::{
    sync::{Semaphore, mpsc, watch},
    task::JoinSet,
};

use crate::{Access, App, Cx, Error, UseCase, run};

pub(crate) use hands::{Hands, Left};

pub use dead::{DeadLetter, ListDeadJobs, ReviveJob};
pub use timers::{RecordReceipts, Sweep};

/// Ask a register.
pub(crate) const QUERY_REGISTER: &str = "query-register";
/// Hand a message over.
pub(crate) const SEND_MESSAGE: &str = "send-message";
/// Sign a result.
pub(crate) const ISSUE_RESULT: &str = "issue-result";

/// Sign and publish revocation lists.
pub(crate) const PUBLISH_LISTS: &str = "publish-lists";

/// Have the certificates of an order signed.
pub(crate) const SIGN_CERTIFICATES: &str = "sign-certificates";

/// What every node can do.
const KINDS: [&str; 3] = [QUERY_REGISTER, SEND_MESSAGE, ISSUE_RESULT];
/// What only a node with the authority's folder can do; elsewhere such jobs wait for it.
pub(crate) const KINDS_OF_AUTHORITY: [&str; 2] = [PUBLISH_LISTS, SIGN_CERTIFICATES];

/// How long a worker may keep a job; a worker that dies gives it up after this time.
const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// Attempts to send a message before it is a dead letter: by then its code is long worthless. Everything else is tried
/// until it succeeds: a register that is down is a delay, however long.
const MOST_SENDS: u32 = 8;

/// The longest pause between two attempts, so that a case goes on soon after its register has come back.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(2);

/// How a worker works.
#[derive(Clone, Debug)]
pub struct WorkerOptions {
    /// Its name: leases carry it.
    pub name: String,
    /// Jobs carried out at once.
    pub slots: usize,
    /// Pause between looks at an empty queue.
    pub idle: Duration,
    /// Pause between sealings of the journal.
    pub seal_every: Duration,
}

/// Works until told to stop, and then until the jobs in hand are done.
pub async fn work(app: App, options: WorkerOptions, stop: watch::Receiver<bool>) {
    tokio::join!(
        carry_out(app.clone(), options.clone(), stop.clone()),
        timers::ask_gateway(app.clone(), stop.clone()),
        timers::watch_signer(app.clone(), stop.clone()),
        timers::keep(app, options.seal_every, stop)
    );
}

/// Carries out jobs that were given and jobs that it claims, together at most as many at once as there are slots.
async fn carry_out(app: App, options: WorkerOptions, stop: watch::Receiver<bool>) {
    let slots = Arc::new(Semaphore::new(options.slots));
    let given = app.hands().open(&options.name, Arc::clone(&slots));
    tokio::join!(carry_out_given(&app, &slots, given), carry_out_claimed(&app, &slots, &options, stop));
}

/// Ends when the worker takes nothing more and everything that was given to it is done.
async fn carry_out_given(app: &App, slots: &Arc<Semaphore>, mut given: mpsc::UnboundedReceiver<Job>) {
    let mut hands = JoinSet::new();
    while let Some(job) = given.recv().await {
        begin(app, slots, &mut hands, job).await;
        while hands.try_join_next().is_some() {}
    }
    while hands.join_next().await.is_some() {}
}

async fn carry_out_claimed(
    app: &App,
    slots: &Arc<Semaphore>,
    options: &WorkerOptions,
    mut stop: watch::Receiver<bool>,
) {
    let mut hands = JoinSet::new();
    while !*stop.borrow() {
        let free = slots.available_permits().max(1);
        let claim = ClaimJobs { worker: options.name.clone(), most: u32::try_from(free).unwrap_or(1) };
        let jobs = run(app, &Caller::System, claim).await.unwrap_or_default();
        if jobs.is_empty() {
            tokio::select! {
                () = app.work_came() => {}
                () = tokio::time::sleep(options.idle) => {}
                _ = stop.changed() => {}
            }
        }
        for job in jobs {
            begin(app, slots, &mut hands, job).await;
        }
        while hands.try_join_next().is_some() {}
    }
    app.hands().close(slots);
    while hands.join_next().await.is_some() {}
}

/// Begins a job as soon as a slot is free.
async fn begin(app: &App, slots: &Arc<Semaphore>, hands: &mut JoinSet<()>, job: Job) {
    // Nobody closes the slots.
    let Ok(slot) = Arc::clone(slots).acquire_owned().await else { return };
    let app = app.clone();
    hands.spawn(async move {
        one(&app, job).await;
        drop(slot);
    });
}

/// Carries out one job and says what becomes of it when it fails.
async fn one(app: &App, job: Job) {
    let outcome = match job.kind.as_str() {
        QUERY_REGISTER => query_register::query(app, &job).await,
        SEND_MESSAGE => send_message::send(app, &job).await,
        ISSUE_RESULT => issue_result::issue(app, &job).await,
        PUBLISH_LISTS => crate::authority::publish(app, &job).await,
        SIGN_CERTIFICATES => crate::authority::orders::sign(app, &job).await,
        _ => Err(Failure::for_good("unknown kind of job")),
    };
    let word = if outcome.is_ok() { "ok" } else { "failed" };
    metrics::counter!("qyzmet_jobs_total", "kind" => job.kind.clone(), "outcome" => word).increment(1);
    if let Err(failure) = outcome {
        tracing::warn!(kind = job.kind, attempts = job.attempts, reason = failure.reason, "a job failed");
        let given_up = run(app, &Caller::System, GiveUp { job, failure }).await;
        if let Err(error) = given_up {
            tracing::error!(%error, "a failed job waits for the end of its lease");
        }
    }
}

/// Why a job is not done.
pub(crate) struct Failure {
    /// In words for operators: nothing personal.
    pub(crate) reason: String,
    /// Whether trying again may help.
    pub(crate) passing: bool,
}

impl Failure {
    /// Trying again is useless.
    pub(crate) fn for_good(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), passing: false }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { reason: error.to_string(), passing: !matches!(error, Error::NotFound | Error::Late) }
    }
}

impl From<crate::ports::Fault> for Failure {
    fn from(fault: crate::ports::Fault) -> Self {
        Self { passing: fault.is_passing(), reason: fault.to_string() }
    }
}

/// Takes due jobs.
struct ClaimJobs {
    worker: String,
    most: u32,
}

impl UseCase for ClaimJobs {
    type Output = Vec<Job>;
    const NAME: &'static str = "claim-jobs";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Vec<Job>, Error> {
        let due = {
            let now = cx.now;
            cx.read(move |tx| Ok(jobs::next_due(tx)?.is_some_and(|due| due <= now))).await?
        };
        if !due {
            return Ok(Vec::new());
        }
        let mut kinds = KINDS.to_vec();
        if cx.app.authority().is_ok() {
            kinds.extend(KINDS_OF_AUTHORITY);
        }
        cx.write(move |tx, draw| Ok(jobs::claim(tx, &kinds, &self.worker, draw.now(), LEASE, self.most)?))
            .await
    }
}

/// Gives a failed job back to be tried later, or puts it among the dead letters.
struct GiveUp {
    job: Job,
    failure: Failure,
}

impl UseCase for GiveUp {
    type Output = ();
    const NAME: &'static str = "give-up-job";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        cx.write(move |tx, draw| {
            let [jitter] = draw.bytes::<1>();
            let pause = jobs::back_off(self.job.attempts, jitter).min(LONGEST_PAUSE);
            let hopeless = self.job.kind == SEND_MESSAGE && self.job.attempts >= MOST_SENDS;
            if self.failure.passing && !hopeless {
                let due = draw.now().checked_add(pause).map_err(Error::fault)?;
                jobs::retry(tx, &self.job, due, &self.failure.reason)?;
            } else {
                jobs::bury(tx, &self.job, draw.now(), &self.failure.reason)?;
            }
            Ok(())
        })
        .await
    }
}
