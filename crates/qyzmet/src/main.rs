//! The one binary: portal, worker and tools.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use qyzmet::commands::{Cli, run};

/// Pages and rows are many short-lived pieces; this allocator draws about a fifth more pages in a second than the system's.
/// SQLite and the cryptography use it too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

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
