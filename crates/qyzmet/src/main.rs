//! The one binary: portal, worker and tools.

use std::process::ExitCode;

use clap::Parser;
use qyzmet::commands::{Cli, run};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&*error),
    }
}

#[expect(clippy::print_stderr, reason = "the reason of a failed command belongs on standard error")]
fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("qyzmet: {error}");
    ExitCode::FAILURE
}
