//! `cargo xtask bench`: builds the product as it would be deployed and lets the load generator of `tests/` speak to it.

use crate::{Failure, cargo, shell};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// The whole main job, page views, and the limits of this machine.
    Journey,
}

/// Measures and prints the figures.
///
/// # Errors
/// When something does not build, or the load meets an error.
pub fn run(what: What) -> Result<(), Failure> {
    match what {
        What::Journey => {
            shell::run(&mut cargo::cargo(&[
                "build",
                "--release",
                "--quiet",
                "-p",
                "qyzmet",
                "--no-default-features",
            ]))?;
            shell::run(&mut cargo::cargo(&[
                "run",
                "--release",
                "--quiet",
                "-p",
                "qyzmet-tests",
                "--features",
                "load",
                "--bin",
                "load",
            ]))
        }
    }
}
