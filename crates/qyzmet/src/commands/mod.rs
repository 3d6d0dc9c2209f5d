//! The commands of the binary, one file each.

mod card;
mod certificate;
mod check;
mod demo;
mod diff;
mod jobs;
mod journal;
mod migrate;
mod nca;
mod new_service;
mod publish;
mod serve;
mod signer;
mod simulate;
mod worker;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::config::{self, Config};

/// Any error on the way out of the binary: it is printed, and the exit code is 1.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Qyzmet: a portal of electronic services that runs regulations.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the configuration is.
#[derive(Debug, clap::Args)]
pub struct At {
    /// The configuration file; variables such as `QYZMET_PORTAL__LISTEN` lie over it.
    #[arg(long, env = "QYZMET_CONFIG", default_value = "qyzmet.toml")]
    pub config: PathBuf,
}

impl At {
    fn load(&self) -> Result<Config, config::ConfigError> {
        config::load(&self.config)
    }
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the portal, and carries out jobs unless told not to.
    Serve(At),
    /// Carries out jobs only.
    Worker(At),
    /// Signs certificates and revocation lists: the keys of issuing authorities in a process of their own.
    Signer(At),
    /// The card agent of an operator's workstation: keys and certificates on a recipient's ID card.
    Card(card::Card),
    /// Brings the database up to date.
    Migrate(At),
    /// Checks the folder of a service and says what is wrong in it.
    Check(check::Check),
    /// Begins the folder of a new service after a template of decree 1116.
    NewService(new_service::NewService),
    /// Shows what another version of a service folder changes, and which cases run under which version.
    Diff(diff::Diff),
    /// Publishes the folder of a service: checked, signed for its body, kept by its content.
    Publish(publish::Publish),
    /// The journal.
    #[command(subcommand)]
    Journal(journal::Journal),
    /// Jobs that were given up.
    #[command(subcommand)]
    Jobs(jobs::Jobs),
    /// The certification authority: key ceremony, moving to another machine.
    #[command(subcommand)]
    Nca(nca::Nca),
    /// The state of a certificate: hold, release, revocation at the console.
    #[command(subcommand)]
    Certificate(certificate::Certificate),
    /// Plays an outside system over its real protocol.
    Simulate(simulate::Simulate),
    /// Prepares a demonstration: keys, people, accounts, published services.
    DemoSeed(demo::Seed),
}

/// Runs a command.
///
/// # Errors
/// What the command says; it goes to standard error, and the exit code is 1.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Serve(at) => serve::serve(at.load()?).await,
        Command::Worker(at) => worker::worker(at.load()?).await,
        Command::Signer(at) => signer::signer(at.load()?).await,
        Command::Card(card) => card.run().await,
        Command::Migrate(at) => migrate::migrate(at.load()?).await,
        Command::Check(check) => check.run(),
        Command::NewService(new) => new.run(),
        Command::Diff(diff) => diff.run().await,
        Command::Publish(publish) => publish.run().await,
        Command::Journal(journal) => journal.run().await,
        Command::Jobs(jobs) => jobs.run().await,
        Command::Nca(nca) => nca.run(),
        Command::Certificate(certificate) => certificate.run().await,
        Command::Simulate(simulate) => simulate.run().await,
        Command::DemoSeed(seed) => seed.run().await,
    }
}

/// Prints a line for the person who called the command. Whoever reads only the beginning (`| head`) needs no more: the command
/// goes on with its work and is silent.
fn say(line: &str) {
    let _nobody_reads = writeln!(std::io::stdout().lock(), "{line}");
}
