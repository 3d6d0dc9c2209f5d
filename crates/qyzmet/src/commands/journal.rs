//! `qyzmet journal`: is everything as it was written?

use clap::Subcommand;
use qyzmet_app::{RefreshCatalogue, SealJournal, VerifyJournal, run};
use qyzmet_domain::Caller;

use super::{At, Failure, say};
use crate::wire::wire;

/// The journal.
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// Recomputes every hash, every checkpoint, every case and every linked number, and names what differs.
    Verify {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        /// Configuration.
        #[command(flatten)]
        at: At,
    },
    /// Seals what has not been sealed yet.
    Seal(At),
}

impl Journal {
    /// Does it; a difference makes the exit code 1.
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Verify { json, at } => verify(json, &at).await,
            Self::Seal(at) => {
                let wired = wire(&at.load()?).await?;
                let sealed = run(&wired.app, &Caller::System, SealJournal).await?;
                say(&format!("{sealed} entries sealed"));
                wired.app.store.clone().close().await;
                Ok(())
            }
        }
    }
}

async fn verify(json: bool, at: &At) -> Result<(), Failure> {
    let wired = wire(&at.load()?).await?;
    run(&wired.app, &Caller::System, RefreshCatalogue).await?;
    let report = run(&wired.app, &Caller::System, VerifyJournal).await?;
    wired.app.store.clone().close().await;
    if json {
        say(&serde_json::to_string(&report)?);
    } else {
        for fault in &report.faults {
            say(fault);
        }
        say(&format!(
            "{} entries, {} sealed, {} checkpoints, {} cases, {} numbers: {} faults, {} cases frozen",
            report.entries,
            report.sealed,
            report.checkpoints,
            report.cases,
            report.numbers,
            report.faults.len(),
            report.frozen
        ));
    }
    if report.faults.is_empty() { Ok(()) } else { Err("the journal does not verify".into()) }
}
