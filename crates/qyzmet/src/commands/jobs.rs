//! `qyzmet jobs`: what was given up, and letting it be tried again.

use clap::Subcommand;
use qyzmet_app::{ListDeadJobs, ReviveJob, run};
use qyzmet_domain::{Caller, JobId};

use super::{At, Failure, say};
use crate::wire::wire;

/// Dead letters.
#[derive(Debug, Subcommand)]
pub enum Jobs {
    /// Lists jobs that were given up, one JSON object a line.
    Dead(At),
    /// Lets a job be tried again.
    Revive {
        /// Its number.
        id: JobId,
        /// Configuration.
        #[command(flatten)]
        at: At,
    },
}

impl Jobs {
    /// Does it.
    pub(super) async fn run(self) -> Result<(), Failure> {
        let (at, revived) = match self {
            Self::Dead(at) => (at, None),
            Self::Revive { id, at } => (at, Some(id)),
        };
        let wired = wire(&at.load()?).await?;
        match revived {
            Some(id) => run(&wired.app, &Caller::System, ReviveJob { id }).await?,
            None => {
                for letter in run(&wired.app, &Caller::System, ListDeadJobs).await? {
                    say(&serde_json::to_string(&letter)?);
                }
            }
        }
        wired.app.store.clone().close().await;
        Ok(())
    }
}
