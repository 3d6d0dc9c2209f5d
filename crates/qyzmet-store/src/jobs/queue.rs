//! Writing, claiming and finishing jobs.

use jiff::{SignedDuration, Timestamp};

use super::{Job, Lease, NewJob};
use crate::{Row, StoreError, Tx, Value, sql};

sql! {
    ENQUEUE = "INSERT INTO job (id, kind, unique_key, payload, case_id, open, dead, due_at, worker, attempts)
        VALUES ($1, $2, $3, $4, $5, TRUE, FALSE, $6, $7, $8) ON CONFLICT DO NOTHING";
    // The common table keeps PostgreSQL from looking for due jobs anew for every row of the outer statement.
    CLAIM = "WITH due AS MATERIALIZED (
            SELECT id FROM job WHERE open AND due_at <= $1 AND $2 LIKE '%,' || kind || ',%'
            ORDER BY due_at, id LIMIT $3 /*skip locked*/)
        UPDATE job SET worker = $4, due_at = $5, attempts = attempts + 1 WHERE id IN (SELECT id FROM due)
        RETURNING id, kind, unique_key, payload, case_id, attempts";
    EXTEND = "UPDATE job SET due_at = $4 WHERE id = $1 AND worker = $2 AND attempts = $3 AND open";
    FORGET = "DELETE FROM job WHERE id = $1 AND worker = $2 AND attempts = $3 AND open";
    DONE = "UPDATE job SET open = FALSE, worker = NULL, error = NULL, due_at = $4
        WHERE id = $1 AND worker = $2 AND attempts = $3 AND open";
    RETRY = "UPDATE job SET worker = NULL, due_at = $4, error = $5
        WHERE id = $1 AND worker = $2 AND attempts = $3 AND open";
    HASTEN = "UPDATE job SET due_at = $2 WHERE open AND worker IS NULL AND kind = $1 AND due_at > $2";
    BURY = "UPDATE job SET open = FALSE, dead = TRUE, worker = NULL, due_at = $4, error = $5
        WHERE id = $1 AND worker = $2 AND attempts = $3 AND open";
}

/// Writes a job; `false` when a job with this number or key exists already, which is then left as it is.
pub fn enqueue(tx: &mut Tx, job: &NewJob) -> Result<bool, StoreError> {
    insert(tx, job, [job.due_at.into(), Value::Null, 0_u32.into()])
}

/// Writes a job as claimed at once, so that no second write has to claim it; `None` when it exists already, as for
/// [`enqueue`]. When the holder dies, another worker takes it after the end of the lease.
pub fn enqueue_leased(tx: &mut Tx, job: &NewJob, lease: &Lease) -> Result<Option<Job>, StoreError> {
    let written = insert(tx, job, [lease.until.into(), (&lease.worker).into(), 1_u32.into()])?;
    Ok(written.then(|| Job {
        id: job.id,
        kind: job.kind.clone(),
        key: job.key.clone(),
        payload: job.payload.clone(),
        case: job.case,
        attempts: 1,
        lease: lease.clone(),
    }))
}

/// `state`: when it is due or its lease ends, who holds it, the number of the attempt.
fn insert(tx: &mut Tx, job: &NewJob, state: [Value; 3]) -> Result<bool, StoreError> {
    check_kind(&job.kind)?;
    let [due_at, worker, attempts] = state;
    let values = [
        job.id.into(),
        (&job.kind).into(),
        job.key.clone().into(),
        (&job.payload).into(),
        job.case.into(),
        due_at,
        worker,
        attempts,
    ];
    Ok(tx.execute(&ENQUEUE, &values)? == 1)
}

/// Takes at most `most` due jobs of these kinds for `worker`, oldest first; a job whose lease ran out is due again.
pub fn claim(
    tx: &mut Tx,
    kinds: &[&str],
    worker: &str,
    now: Timestamp,
    lease_for: SignedDuration,
    most: u32,
) -> Result<Vec<Job>, StoreError> {
    kinds.iter().try_for_each(|kind| check_kind(kind))?;
    let wanted = format!(",{},", kinds.join(","));
    let until = now.saturating_add(lease_for).unwrap_or(Timestamp::MAX);
    let lease = Lease { worker: worker.to_owned(), until };
    let values = [now.into(), wanted.into(), most.into(), worker.into(), until.into()];
    let rows = tx.rows(&CLAIM, &values)?;
    let mut jobs = rows.iter().map(|row| job(row, &lease)).collect::<Result<Vec<_>, _>>()?;
    jobs.sort_by_key(|job| job.id);
    Ok(jobs)
}

/// Moves the end of the lease of a job that takes longer; `false` when the lease was lost.
pub fn extend(tx: &mut Tx, job: &Job, until: Timestamp) -> Result<bool, StoreError> {
    finish(tx, &EXTEND, job, [until.into()])
}

/// Marks a job as done. `false` when the lease was lost and another worker may have done it: answer an error from the
/// unit then, so that its effects are not kept twice. A job with a key stays known until [`purge`](super::purge).
pub fn complete(tx: &mut Tx, job: &Job, now: Timestamp) -> Result<bool, StoreError> {
    if job.key.is_some() { finish(tx, &DONE, job, [now.into()]) } else { finish(tx, &FORGET, job, []) }
}

/// Gives a job back to be tried at `due_at` (see [`back_off`](super::back_off)); `false` when the lease was lost.
pub fn retry(tx: &mut Tx, job: &Job, due_at: Timestamp, error: &str) -> Result<bool, StoreError> {
    finish(tx, &RETRY, job, [due_at.into(), error.into()])
}

/// Makes every waiting job of a kind due, since what they waited for is there again; the number of them.
pub fn hasten(tx: &mut Tx, kind: &str, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&HASTEN, &[kind.into(), now.into()])
}

/// Puts a job among the dead letters; `false` when the lease was lost.
pub fn bury(tx: &mut Tx, job: &Job, now: Timestamp, error: &str) -> Result<bool, StoreError> {
    finish(tx, &BURY, job, [now.into(), error.into()])
}

/// Only the very claim that the worker holds counts: its name and the number of the attempt.
fn finish<const N: usize>(
    tx: &mut Tx,
    statement: &'static crate::Statement,
    job: &Job,
    rest: [Value; N],
) -> Result<bool, StoreError> {
    let mut values = vec![job.id.into(), (&job.lease.worker).into(), job.attempts.into()];
    values.extend(rest);
    Ok(tx.execute(statement, &values)? == 1)
}

/// Kinds are looked for in a list with commas, where signs like `%` or `_` would match too much.
fn check_kind(kind: &str) -> Result<(), StoreError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !kind.is_empty() && kind.bytes().all(plain) {
        return Ok(());
    }
    Err(StoreError::Database("a kind of job is not made of a-z, 0-9 and hyphens".to_owned()))
}

fn job(row: &Row, lease: &Lease) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.parsed(0)?,
        kind: row.text(1)?,
        key: row.opt_text(2)?,
        payload: row.json(3)?,
        case: row.opt_parsed(4)?,
        attempts: u32::try_from(row.count(5)?).unwrap_or(u32::MAX),
        lease: lease.clone(),
    })
}
