//! `cargo xtask demo --walk`: the main job without hands, by a client that knows the portal only from outside.

pub mod client;
pub mod html;
pub mod openssl;
pub mod report;
pub mod story;

use std::{fs, path::Path};

use crate::{
    Failure, debian, demo,
    demo::{
        ports::Ports,
        world::{Engine, World},
    },
    progress::{Progress, say, seconds},
};
use report::Report;

/// Walks on free ports in a fresh folder; succeeds only if everything holds.
///
/// # Errors
/// When a step fails, or the report cannot be written.
pub fn run(engine: Engine, json: Option<&Path>) -> Result<(), Failure> {
    let mut progress = Progress::new();
    progress.step("programs that the walk needs", || debian::ensure(&debian::WALK))?;
    let binary = demo::build(&mut progress)?;
    let folder = std::env::temp_dir().join(format!("qyzmet-walk-{}", std::process::id()));
    let mut report = Report { engine: engine.to_string(), ..Report::default() };
    let walked = in_world(engine, &folder, &binary, &mut progress, &mut report);
    report.fault = walked.err().map(|failure| failure.to_string());
    if let Some(file) = json {
        report.write(progress.steps(), file)?;
    }
    conclude(&report, &progress, &folder)
}

fn in_world(
    engine: Engine,
    folder: &Path,
    binary: &Path,
    progress: &mut Progress,
    report: &mut Report,
) -> Result<(), Failure> {
    let mut world = progress.step("data", || World::new(engine, Ports::free()?, folder, binary))?;
    progress.step("people, keys, services", || world.seed())?;
    progress.step("simulators and portal", || world.start())?;
    story::walk(&mut world, progress, report)
}

/// Says how it ended; a folder of a walk that failed stays for looking into.
fn conclude(report: &Report, progress: &Progress, folder: &Path) -> Result<(), Failure> {
    let number = report.result_number.as_deref().unwrap_or("none");
    say(&format!("\nresult number   {number}"));
    say(&format!(
        "verification    {} (offline by OpenSSL: {})",
        report.verification.outcome, report.verification.offline
    ));
    say(&format!("signed by       {}", report.verification.signer));
    say(&format!("journal         {}", if report.journal.0 { "verified" } else { "NOT verified" }));
    say(&format!("time            {}", seconds(progress.elapsed())));
    if report.holds() {
        return fs::remove_dir_all(folder).map_err(Failure::file(folder));
    }
    let fault = report.fault.as_deref().unwrap_or("not everything holds");
    Err(Failure::Failed(format!("{fault}\nlogs and data are in {}\nthe walk", folder.display())))
}
