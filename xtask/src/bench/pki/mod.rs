//! `cargo xtask bench pki`: the speed of what an authority issues and publishes, one file for each line of figures.

mod crl;
mod durable;
mod issue;
mod ocsp;
mod openssl;
mod tsp;

use crate::{Failure, cargo, shell};

/// Prints the signing speed of OpenSSL on this machine, then each figure of ours.
pub(super) fn run() -> Result<(), Failure> {
    openssl::print()?;
    issue::print()?;
    durable::print()?;
    crl::print()?;
    ocsp::print()?;
    tsp::print()?;
    cargo(&["build", "--release", "--quiet", "-p", "qyzmet", "--no-default-features"])?;
    super::load("pki")
}

fn cargo(arguments: &[&str]) -> Result<(), Failure> {
    shell::run(&mut cargo::cargo(arguments))
}

/// Runs a measurement of `qyzmet-pki` in a process of its own, so that its memory is its own too.
fn example(name: &str, arguments: &[&str]) -> Result<(), Failure> {
    let run = ["run", "--release", "--quiet", "-p", "qyzmet-pki", "--example", name, "--"];
    shell::run(&mut cargo::cargo(&[&run, arguments].concat()))
}
