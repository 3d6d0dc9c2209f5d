//! What became of jobs: dead letters, counts for metrics, tidying.

use jiff::Timestamp;
use qyzmet_domain::{CaseId, JobId};

use crate::{Row, StoreError, Tx, sql};

sql! {
    IS_DELAYED = "SELECT count(*) FROM job WHERE case_id = $1 AND open AND attempts > 1";
    DEAD = "SELECT id, kind, case_id, attempts, due_at, error FROM job
        WHERE NOT open AND dead AND id > $1 ORDER BY id LIMIT $2";
    REVIVE = "UPDATE job SET open = TRUE, dead = FALSE, attempts = 0, due_at = $2, error = NULL
        WHERE id = $1 AND NOT open AND dead";
    COUNTS = "SELECT kind, open, dead, worker IS NOT NULL, count(*), min(due_at) FROM job
        GROUP BY kind, open, dead, worker IS NOT NULL ORDER BY kind, open, dead";
    NEXT_DUE = "SELECT min(due_at) FROM job WHERE open";
    PURGE = "DELETE FROM job WHERE NOT open AND NOT dead AND due_at < $2 AND kind = $1";
}

/// A job that was given up; somebody has to look at it.
#[derive(Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// Its number.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// The case that waits for it.
    pub case: Option<CaseId>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was given up.
    pub since: Timestamp,
    /// What went wrong the last time.
    pub error: String,
}

/// Where a job is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Waits for its time or for a worker.
    Ready,
    /// In the hands of a worker, or its worker died and the lease runs out.
    Leased,
    /// Done, kept for its key.
    Done,
    /// Given up.
    Dead,
}

/// How many jobs of a kind are in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The kind.
    pub kind: String,
    /// The state.
    pub state: State,
    /// How many.
    pub jobs: u64,
    /// The earliest time of theirs: when the oldest ready job was due, for one.
    pub oldest: Timestamp,
}

/// Dead letters in the order of their birth, at most `most`, after the one named.
pub fn dead(tx: &mut Tx, after: Option<JobId>, most: u32) -> Result<Vec<DeadJob>, StoreError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.rows(&DEAD, &[after.into(), most.into()])?.iter().map(dead_job).collect()
}

/// Lets a dead job be tried again, with fresh attempts; `false` when it is not among the dead.
pub fn revive(tx: &mut Tx, job: JobId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(&REVIVE, &[job.into(), now.into()])? == 1)
}

/// Jobs by kind and state.
pub fn counts(tx: &mut Tx) -> Result<Vec<Count>, StoreError> {
    tx.rows(&COUNTS, &[])?.iter().map(count).collect()
}

/// When the next job is due or the next lease runs out: until then a worker may rest.
pub fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>, StoreError> {
    tx.one(&NEXT_DUE, &[])?.map_or(Ok(None), |row| row.opt_time(0))
}

/// Forgets jobs of a kind that were done before a moment, where nothing asks for their keys again after so long; the number of them.
pub fn purge(tx: &mut Tx, kind: &str, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&PURGE, &[kind.into(), before.into()])
}

fn dead_job(row: &Row) -> Result<DeadJob, StoreError> {
    Ok(DeadJob {
        id: row.parsed(0)?,
        kind: row.text(1)?,
        case: row.opt_parsed(2)?,
        attempts: u32::try_from(row.count(3)?).unwrap_or(u32::MAX),
        since: row.time(4)?,
        error: row.opt_text(5)?.unwrap_or_default(),
    })
}

fn count(row: &Row) -> Result<Count, StoreError> {
    let state = match (row.flag(1)?, row.flag(2)?, row.flag(3)?) {
        (true, _, true) => State::Leased,
        (true, _, false) => State::Ready,
        (false, true, _) => State::Dead,
        (false, false, _) => State::Done,
    };
    Ok(Count { kind: row.text(0)?, state, jobs: row.count(4)?, oldest: row.time(5)? })
}

/// Whether something that a case waits for has failed and is being tried again.
pub fn is_delayed(tx: &mut Tx, case: CaseId) -> Result<bool, StoreError> {
    Ok(tx.one(&IS_DELAYED, &[case.into()])?.map_or(Ok(0), |row| row.int(0))? > 0)
}
