//! `cargo xtask tidy`: prints what breaks the house rules, and (unless `--brief`) the matrix of requirements and tests.

use std::process::ExitCode;

#[expect(clippy::print_stdout, reason = "the report is this program's product")]
fn main() -> ExitCode {
    let brief = std::env::args().any(|argument| argument == "--brief");
    match qyzmet_tests::tidy::inspect(&qyzmet_tests::tidy::repository()) {
        Ok(report) => {
            if !brief {
                print!("{}", report.matrix);
            }
            print!("{report}");
            ExitCode::from(u8::from(!report.findings.is_empty()))
        }
        Err(fault) => {
            println!("tidy: {fault}");
            ExitCode::from(2)
        }
    }
}
