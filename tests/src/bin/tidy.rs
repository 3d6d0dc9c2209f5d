//! `cargo xtask tidy`: prints what breaks the house rules, and the matrix of requirements and tests.

use std::{path::PathBuf, process::ExitCode};

#[expect(clippy::print_stdout, reason = "the report is this program's product")]
fn main() -> ExitCode {
    let root = std::env::args().nth(1).map_or_else(qyzmet_tests::tidy::repository, PathBuf::from);
    match qyzmet_tests::tidy::inspect(&root) {
        Ok(report) => {
            print!("{report}");
            ExitCode::from(u8::from(!report.findings.is_empty()))
        }
        Err(fault) => {
            println!("tidy: {fault}");
            ExitCode::from(2)
        }
    }
}
