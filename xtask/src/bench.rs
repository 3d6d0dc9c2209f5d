//! `cargo xtask bench`: builds the product as it would be deployed and lets the load generator of `tests/` speak to it.

mod pki;

use crate::{Failure, cargo, shell};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// The whole main job, page views, and the limits of this machine.
    Journey,
    /// The engine alone, without a store, on one core; then whole cases through the application and its store.
    Engine,
    /// Certificates and their services, lists, answers and time-stamps, on one core, and OpenSSL's signing beside them.
    Pki,
}

/// Measures and prints the figures.
///
/// # Errors
/// When something does not build, or the load meets an error.
pub fn run(what: What) -> Result<(), Failure> {
    let cargo = |arguments: &[&str]| shell::run(&mut cargo::cargo(arguments));
    match what {
        What::Journey => {
            cargo(&["build", "--release", "--quiet", "-p", "qyzmet", "--no-default-features"])?;
            load("journey")
        }
        What::Engine => {
            cargo(&["run", "--release", "--quiet", "-p", "qyzmet-engine", "--example", "speed"])?;
            load("cases")
        }
        What::Pki => pki::run(),
    }
}

/// Runs the load generator.
fn load(what: &str) -> Result<(), Failure> {
    let generator = ["-p", "qyzmet-tests", "--features", "load", "--bin", "load", "--", what];
    shell::run(&mut cargo::cargo(&[&["run", "--release", "--quiet"], &generator[..]].concat()))
}
