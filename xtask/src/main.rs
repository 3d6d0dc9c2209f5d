//! `cargo xtask demo | test | assets | bench | tidy`: the commands of the house.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use xtask::{
    Failure, assets, bench,
    demo::{self, world::Engine},
    progress::say,
    stages, walk,
};

/// Commands of the house.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Builds what is missing and runs the whole portal with simulators of the outside world.
    Demo {
        /// Where the data lie.
        #[arg(long, default_value = "sqlite")]
        engine: Engine,
        /// Performs the main job without hands, in a fresh folder on free ports, and ends.
        #[arg(long)]
        walk: bool,
        /// Writes what the walk found to this file.
        #[arg(long, requires = "walk")]
        json: Option<PathBuf>,
        /// Puts the parts on ports from this one on instead of the usual ones.
        #[arg(long, conflicts_with = "walk")]
        port_base: Option<u16>,
        /// Forgets the demo's data and begins anew.
        #[arg(long, conflicts_with = "walk")]
        fresh: bool,
    },
    /// Runs everything that must hold before a change goes in.
    Test,
    /// Builds style and scripts of the pages.
    Assets,
    /// Measures, with the limits of this machine beside each figure.
    Bench {
        /// What to measure.
        #[arg(default_value = "journey")]
        what: bench::What,
    },
    /// Checks the house rules and prints which test proves which requirement.
    Tidy,
}

fn main() -> ExitCode {
    match run(Xtask::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&format!("xtask: {failure}"));
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<(), Failure> {
    match task {
        Task::Demo { engine, walk: true, json, .. } => walk::run(engine, json.as_deref()),
        Task::Demo { engine, port_base, fresh, .. } => demo::run(engine, port_base, fresh),
        Task::Test => stages::run(),
        Task::Assets => {
            assets::build().map(|built| say(if built { "assets built" } else { "assets are up to date" }))
        }
        Task::Bench { what } => bench::run(what),
        Task::Tidy => stages::tidy(&[]),
    }
}
