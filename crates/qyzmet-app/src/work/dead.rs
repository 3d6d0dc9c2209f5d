//! Dead letters: jobs that were given up, for operators to look at and to try again.

use jiff::Timestamp;
use qyzmet_domain::JobId;
use qyzmet_store::jobs;
use serde::Serialize;
use serde_json::json;

use crate::{Access, Cx, Error, UseCase, record::Record};

/// How many are shown.
const MOST: u32 = 200;

/// Lists the jobs that were given up.
pub struct ListDeadJobs;

/// A job that was given up.
#[derive(Clone, Debug, Serialize)]
pub struct DeadLetter {
    /// Its number.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was given up.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl UseCase for ListDeadJobs {
    type Output = Vec<DeadLetter>;
    const NAME: &'static str = "list-dead-jobs";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Vec<DeadLetter>, Error> {
        let dead = cx.read(|tx| Ok(jobs::dead(tx, None, MOST)?)).await?;
        let letter = |job: jobs::DeadJob| DeadLetter {
            id: job.id,
            kind: job.kind,
            attempts: job.attempts,
            at: job.since,
            reason: job.error,
        };
        Ok(dead.into_iter().map(letter).collect())
    }
}

/// Lets a job be tried again.
pub struct ReviveJob {
    /// Which.
    pub id: JobId,
}

impl UseCase for ReviveJob {
    type Output = ();
    const NAME: &'static str = "revive-job";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        cx.write(move |tx, draw| {
            if !jobs::revive(tx, self.id, draw.now())? {
                return Err(Error::NotFound);
            }
            Record::of("system".to_owned(), "job-revived")
                .payload(json!({ "job": self.id }))
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}
