//! Jobs that go from the unit that makes them necessary straight into the hands of the worker of this process.
//!
//! Such a job is written as claimed already, so that no second write has to claim it. When this process dies, the lease
//! runs out and another worker takes the job, as after any claim.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use qyzmet_store::{
    StoreError, Tx,
    jobs::{self, Job, Lease, NewJob},
};
use tokio::sync::{Semaphore, mpsc};

use super::{KINDS, LEASE};
use crate::{App, Error};

/// The worker of this process, while there is one.
#[derive(Default)]
pub(crate) struct Hands(Mutex<Option<Worker>>);

struct Worker {
    name: Arc<str>,
    slots: Arc<Semaphore>,
    jobs: mpsc::UnboundedSender<Job>,
}

impl Hands {
    /// A worker begins; the receiver gets the jobs that are given to it.
    pub(super) fn open(&self, name: &str, slots: Arc<Semaphore>) -> mpsc::UnboundedReceiver<Job> {
        let (jobs, given) = mpsc::unbounded_channel();
        *self.worker() = Some(Worker { name: name.into(), slots, jobs });
        given
    }

    /// The worker with these slots takes nothing more; what it was given before is still in its receiver.
    pub(super) fn close(&self, slots: &Arc<Semaphore>) {
        self.worker().take_if(|worker| Arc::ptr_eq(&worker.slots, slots));
    }

    /// The name of the worker, when it has a slot free.
    fn free(&self) -> Option<Arc<str>> {
        let worker = self.worker();
        worker
            .as_ref()
            .filter(|worker| worker.slots.available_permits() > 0)
            .map(|worker| worker.name.clone())
    }

    /// Gives a job to the worker; it comes back when the worker has ended.
    fn give(&self, job: Job) -> Option<Job> {
        match self.worker().as_ref() {
            Some(worker) => worker.jobs.send(job).err().map(|unsent| unsent.0),
            None => Some(job),
        }
    }

    /// Whatever happened to whoever held it, it is whole.
    fn worker(&self) -> MutexGuard<'_, Option<Worker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The jobs of one run of a unit of work.
#[derive(Clone, Default)]
pub(crate) struct Left {
    /// Who takes jobs at once.
    taker: Option<Arc<str>>,
    given: Vec<Job>,
    /// Whether there are others, for whichever worker claims them first.
    unclaimed: bool,
}

impl Left {
    /// Nothing yet, to be given to the worker of this process if it is free.
    pub(crate) fn for_worker(hands: &Hands) -> Self {
        Self { taker: hands.free(), ..Self::default() }
    }

    /// Writes a job, unless one of its key exists; as held by the taker if there is one and every worker does this kind.
    pub(crate) fn enqueue(&mut self, tx: &mut Tx<'_>, job: &NewJob) -> Result<(), Error> {
        let Some(taker) = self.taker.as_ref().filter(|_| KINDS.contains(&job.kind.as_str())) else {
            self.unclaimed |= jobs::enqueue(tx, job)?;
            return Ok(());
        };
        let until = job.due_at.saturating_add(LEASE).map_err(Error::fault)?;
        let lease = Lease { worker: taker.to_string(), until };
        self.given.extend(jobs::enqueue_leased(tx, job, &lease)?);
        Ok(())
    }

    /// Hands over what was written, once that is durable. Jobs of a worker that has ended meanwhile are given back, else they
    /// would wait for the end of their lease; so they do when that fails.
    pub(crate) async fn hand_over(self, app: &App) {
        if self.unclaimed {
            app.work.notify_one();
        }
        let back: Vec<Job> = self.given.into_iter().filter_map(|job| app.hands().give(job)).collect();
        if back.is_empty() {
            return;
        }
        let now = app.now();
        let give_back = move |tx: &mut Tx<'_>| {
            back.iter().try_for_each(|job| jobs::retry(tx, job, now, "its worker has ended").map(drop))
        };
        if let Err(error) = app.store.write::<_, StoreError>(give_back).await {
            tracing::warn!(%error, "jobs of a worker that has ended wait for the end of their lease");
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use qyzmet_domain::JobId;

    use super::*;

    fn job() -> Job {
        Job {
            id: JobId::from_parts(Timestamp::UNIX_EPOCH, [1; 10]),
            kind: "ask".to_owned(),
            key: None,
            payload: serde_json::Value::Null,
            case: None,
            attempts: 1,
            lease: Lease { worker: "first".to_owned(), until: Timestamp::UNIX_EPOCH },
        }
    }

    #[test]
    fn jobs_are_offered_to_the_worker_only_while_it_has_a_slot_free() {
        let (hands, slots) = (Hands::default(), Arc::new(Semaphore::new(1)));
        assert!(hands.free().is_none());
        let _given = hands.open("first", Arc::clone(&slots));
        assert_eq!(hands.free().as_deref(), Some("first"));
        let slot = slots.try_acquire().unwrap();
        assert!(hands.free().is_none());
        drop(slot);
        assert!(hands.free().is_some());
    }

    #[test]
    fn a_worker_that_ends_does_what_it_was_given_and_everything_else_comes_back() {
        let (hands, slots) = (Hands::default(), Arc::new(Semaphore::new(1)));
        let mut given = hands.open("first", Arc::clone(&slots));
        assert!(hands.give(job()).is_none());
        hands.close(&slots);
        assert!(hands.free().is_none());
        assert!(hands.give(job()).is_some_and(|back| back == job()));
        assert!(given.try_recv().is_ok_and(|taken| taken == job()));
        assert!(matches!(given.try_recv(), Err(mpsc::error::TryRecvError::Disconnected)));
    }

    #[test]
    fn a_worker_that_ends_leaves_the_one_that_came_after_it() {
        let (hands, old, new) = (Hands::default(), Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(1)));
        let _gone = hands.open("first", Arc::clone(&old));
        let _given = hands.open("second", Arc::clone(&new));
        hands.close(&old);
        assert_eq!(hands.free().as_deref(), Some("second"));
    }
}
