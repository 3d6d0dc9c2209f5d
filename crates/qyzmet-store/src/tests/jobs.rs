//! Jobs on both engines.

use jiff::SignedDuration;
use serde_json::json;

use super::{at, case, job};
use crate::jobs::{self, Job, Lease, NewJob, State};
use crate::{Store, StoreError, on_both_engines};

const LEASE: SignedDuration = SignedDuration::from_secs(60);

fn new(number: u64, kind: &str, key: Option<&str>) -> NewJob {
    NewJob {
        id: job(number),
        kind: kind.to_owned(),
        key: key.map(str::to_owned),
        payload: json!({ "number": number }),
        case: Some(case(1)),
        due_at: at(0),
    }
}

async fn enqueue(store: &Store, job: NewJob) -> bool {
    store.write(move |tx| jobs::enqueue(tx, &job)).await.unwrap()
}

async fn claim(store: &Store, worker: &'static str, second: i64, most: u32) -> Vec<Job> {
    store
        .write(move |tx| jobs::claim(tx, &["send-sms", "ask"], worker, at(second), LEASE, most))
        .await
        .unwrap()
}

on_both_engines! {
    async fn a_job_is_claimed_once_and_forgotten_when_done(store: Store) {
        assert!(enqueue(&store, new(1, "send-sms", None)).await);
        let claimed = claim(&store, "a", 1, 10).await;
        assert_eq!(claimed.len(), 1);
        assert_eq!((claimed[0].attempts, &claimed[0].payload), (1, &json!({ "number": 1 })));
        assert!(claim(&store, "b", 1, 10).await.is_empty());
        let done = claimed[0].clone();
        assert_eq!(store.write(move |tx| jobs::complete(tx, &done, at(2))).await, Ok(true));
        assert_eq!(store.read(jobs::counts).await, Ok(Vec::new()));
    }

    async fn a_job_that_is_written_into_the_hands_of_a_worker_is_nobody_elses_until_its_lease_ends(store: Store) {
        let lease = Lease { worker: "a".to_owned(), until: at(60) };
        let write = async |number: u64| {
            let (job, lease) = (new(number, "ask", Some("case-1/6")), lease.clone());
            store.write(move |tx| jobs::enqueue_leased(tx, &job, &lease)).await.unwrap()
        };
        let held = write(1).await.unwrap();
        assert!(write(2).await.is_none(), "a job of its key exists");
        assert!(claim(&store, "b", 59, 10).await.is_empty());
        let done = held.clone();
        assert_eq!(store.write(move |tx| {
            let done = jobs::complete(tx, &done, at(59))?;
            Err::<(), _>(if done { StoreError::Conflict } else { StoreError::Closed })
        }).await, Err(StoreError::Conflict), "the holder may end it");
        let taken = claim(&store, "b", 60, 10).await.remove(0);
        assert_eq!((taken.id, taken.attempts, taken.payload), (held.id, 2, held.payload.clone()));
        assert_eq!(store.write(move |tx| jobs::complete(tx, &held, at(61))).await, Ok(false));
    }

    async fn only_due_jobs_of_the_kinds_asked_for_are_claimed_oldest_first(store: Store) {
        enqueue(&store, NewJob { due_at: at(100), ..new(1, "ask", None) }).await;
        enqueue(&store, NewJob { due_at: at(5), ..new(2, "ask", None) }).await;
        enqueue(&store, NewJob { due_at: at(4), ..new(3, "ask", None) }).await;
        enqueue(&store, new(4, "send-mail", None)).await;
        let claimed = claim(&store, "a", 10, 1).await;
        assert_eq!(claimed[0].id, job(3));
        assert_eq!(claim(&store, "a", 10, 9).await[0].id, job(2));
        assert!(claim(&store, "a", 10, 9).await.is_empty());
        assert_eq!(store.read(jobs::next_due).await, Ok(Some(at(0))));
    }

    async fn a_key_makes_writing_a_job_again_harmless_even_after_it_was_done(store: Store) {
        assert!(enqueue(&store, new(1, "ask", Some("case-1/6"))).await);
        assert!(!enqueue(&store, new(2, "ask", Some("case-1/6"))).await);
        let claimed = claim(&store, "a", 1, 10).await.remove(0);
        assert_eq!(store.write(move |tx| jobs::complete(tx, &claimed, at(2))).await, Ok(true));
        assert!(!enqueue(&store, new(3, "ask", Some("case-1/6"))).await);
        assert_eq!(store.write(|tx| jobs::purge(tx, "send-sms", at(3))).await, Ok(0), "another kind");
        assert_eq!(store.write(|tx| jobs::purge(tx, "ask", at(2))).await, Ok(0), "not so long ago");
        assert_eq!(store.write(|tx| jobs::purge(tx, "ask", at(3))).await, Ok(1));
        assert_eq!(store.write(|tx| jobs::purge(tx, "ask", at(3))).await, Ok(0), "nothing is left");
        assert!(enqueue(&store, new(4, "ask", Some("case-1/6"))).await);
    }

    async fn a_job_whose_worker_died_is_claimed_again_and_the_dead_worker_can_no_longer_finish_it(store: Store) {
        enqueue(&store, new(1, "ask", None)).await;
        let first = claim(&store, "a", 1, 10).await.remove(0);
        assert!(claim(&store, "b", 60, 10).await.is_empty());
        let second = claim(&store, "b", 61, 10).await.remove(0);
        assert_eq!(second.attempts, 2);
        assert_eq!(store.write(move |tx| jobs::complete(tx, &first, at(62))).await, Ok(false));
        assert_eq!(store.write(move |tx| jobs::complete(tx, &second, at(62))).await, Ok(true));
    }

    async fn a_lease_can_be_extended(store: Store) {
        enqueue(&store, new(1, "ask", None)).await;
        let job = claim(&store, "a", 1, 10).await.remove(0);
        assert_eq!(store.write(move |tx| jobs::extend(tx, &job, at(500))).await, Ok(true));
        assert!(claim(&store, "b", 499, 10).await.is_empty());
    }

    async fn jobs_that_wait_for_something_are_due_at_once_when_it_is_back_and_others_are_left(store: Store) {
        for (number, kind, due) in [(1, "ask", 100), (2, "ask", 5), (3, "send-sms", 100)] {
            enqueue(&store, NewJob { due_at: at(due), ..new(number, kind, None) }).await;
        }
        let held = claim(&store, "a", 5, 10).await.remove(0);
        assert_eq!(held.id, job(2));
        assert_eq!(store.write(|tx| jobs::hasten(tx, "ask", at(10))).await, Ok(1));
        let claimed = claim(&store, "b", 10, 10).await;
        assert_eq!(claimed.iter().map(|job| job.id).collect::<Vec<_>>(), [job(1)]);
        assert_eq!(store.write(move |tx| jobs::complete(tx, &held, at(10))).await, Ok(true), "its holder keeps it");
    }

    async fn a_failed_job_comes_back_when_told_and_is_buried_in_the_end(store: Store) {
        enqueue(&store, new(1, "ask", None)).await;
        let first = claim(&store, "a", 1, 10).await.remove(0);
        assert_eq!(store.write(move |tx| jobs::retry(tx, &first, at(30), "timeout")).await, Ok(true));
        assert!(claim(&store, "a", 29, 10).await.is_empty());
        let second = claim(&store, "a", 30, 10).await.remove(0);
        assert_eq!(store.write(move |tx| jobs::bury(tx, &second, at(31), "rejected")).await, Ok(true));
        assert!(claim(&store, "a", 1000, 10).await.is_empty());
        let dead = store.read(|tx| jobs::dead(tx, None, 10)).await.unwrap();
        assert_eq!((dead.len(), dead[0].attempts, dead[0].error.as_str()), (1, 2, "rejected"));
        let counts = store.read(jobs::counts).await.unwrap();
        assert_eq!((counts[0].state, counts[0].jobs), (State::Dead, 1));
        assert_eq!(store.write(|tx| jobs::revive(tx, job(1), at(2000))).await, Ok(true));
        assert_eq!(claim(&store, "a", 2000, 10).await[0].attempts, 1);
    }

    async fn a_job_of_a_refused_unit_does_not_exist(store: Store) {
        let refused: Result<(), StoreError> = store.write(|tx| {
            jobs::enqueue(tx, &new(1, "ask", None))?;
            Err(StoreError::Closed)
        }).await;
        assert_eq!(refused, Err(StoreError::Closed));
        assert!(claim(&store, "a", 1, 10).await.is_empty());
    }

    async fn workers_that_claim_at_once_never_get_the_same_job(store: Store) {
        store.write(|tx| (0..40).try_for_each(|number| jobs::enqueue(tx, &new(number, "ask", None)).map(drop)))
            .await.unwrap();
        let workers = ["a", "b", "c", "d"].map(|worker| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let claimed = claim(&store, worker, 1, 3).await;
                    if claimed.is_empty() {
                        return mine;
                    }
                    mine.extend(claimed.into_iter().map(|job| job.id));
                }
            })
        });
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.await.unwrap());
        }
        all.sort();
        assert_eq!(all, (0..40).map(job).collect::<Vec<_>>());
    }

    async fn kinds_that_would_match_too_much_are_refused(store: Store) {
        let answer = store.write(|tx| jobs::enqueue(tx, &new(1, "send_sms", None))).await;
        assert!(matches!(answer, Err(StoreError::Database(_))));
    }
}
