//! `cargo xtask bench`: builds the product as it would be deployed and lets the load generator of `tests/` speak to it.

mod pki;

use crate::{Failure, cargo, shell};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// The whole main job, page views, and the limits of this machine.
    Journey,
    /// The engine alone, without a store: steps and whole cases on one core.
    Engine,
    /// Certificates and their services alone, on one core, and OpenSSL's signing beside them.
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
            let load = ["-p", "qyzmet-tests", "--features", "load", "--bin", "load"];
            cargo(&[&["run", "--release", "--quiet"], &load[..]].concat())
        }
        What::Engine => cargo(&["run", "--release", "--quiet", "-p", "qyzmet-engine", "--example", "speed"]),
        What::Pki => pki::run(),
    }
}
