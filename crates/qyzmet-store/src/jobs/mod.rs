//! Work for later: written in the transaction that makes it necessary, claimed by workers under a lease.

mod letters;
mod queue;

use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::{CaseId, JobId};
use serde_json::Value;

use crate::Statement;
pub use letters::{Count, DeadJob, State, counts, dead, is_delayed, next_due, purge, revive};
pub use queue::{bury, claim, complete, enqueue, enqueue_leased, extend, hasten, retry};

pub(crate) static STATEMENTS: &[&[&Statement]] = &[queue::STATEMENTS, letters::STATEMENTS];

/// A job to be written. No `Debug`: the payload may be personal.
#[derive(Clone, PartialEq)]
pub struct NewJob {
    /// Its number.
    pub id: JobId,
    /// What kind of work, for example `send-sms`: lower-case letters, digits, hyphens.
    pub kind: String,
    /// A name that only one job may ever have (until [`purge`]): makes writing it again harmless.
    pub key: Option<String>,
    /// What the worker needs to know.
    pub payload: Value,
    /// The case for which it is done.
    pub case: Option<CaseId>,
    /// Not to be done before.
    pub due_at: Timestamp,
}

/// A job in the hands of a worker.
#[derive(Clone, PartialEq)]
pub struct Job {
    /// Its number.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// Its unique name, if it has one.
    pub key: Option<String>,
    /// What the worker needs to know.
    pub payload: Value,
    /// The case for which it is done.
    pub case: Option<CaseId>,
    /// How often it has been claimed, this time included.
    pub attempts: u32,
    /// The right to do it.
    pub lease: Lease,
}

/// The right to do a job until a moment; afterwards another worker may take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Who holds it.
    pub worker: String,
    /// Until when.
    pub until: Timestamp,
}

/// How long to wait before attempt `attempts + 1`: 1 s, 2 s, 4 s ... up to an hour, of which `jitter` (a random byte)
/// takes up to a half away so that jobs that failed together do not come back together.
#[must_use]
pub fn back_off(attempts: u32, jitter: u8) -> SignedDuration {
    let whole = 1000_i64 << attempts.saturating_sub(1).min(12);
    let whole = whole.min(3_600_000);
    SignedDuration::from_millis(whole - whole * i64::from(jitter) / 512)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_an_hour_and_jitter_halves_it_at_most() {
        assert_eq!(back_off(1, 0), SignedDuration::from_secs(1));
        assert_eq!(back_off(4, 0), SignedDuration::from_secs(8));
        assert_eq!(back_off(60, 0), SignedDuration::from_hours(1));
        assert!(back_off(1, 255) > SignedDuration::from_millis(500));
    }
}
