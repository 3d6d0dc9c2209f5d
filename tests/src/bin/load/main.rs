//! The load generator of `cargo xtask bench`: many people go through the main job at once, over real HTTP and SMPP
//! (`journey`), through a whole table inside this process (`cases`), or ask about certificates (`pki`).
//!
//! Generator, portal, worker, register and message centre share the two cores of one machine; the limits of that machine
//! are measured in the same run, so that the figures can be judged.

mod cases;
mod crowd;
mod http;
mod journey;
mod limits;
mod pki;
mod tally;

use std::{env, process::ExitCode, time::Duration};

use mimalloc::MiMalloc;
use xtask::{
    Failure,
    demo::{
        ports::Ports,
        world::{Engine, World},
    },
    progress::say,
    repository,
};

use crate::journey::Queue;

/// The allocator of the product, whose application runs in this process for `cases`.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Connections at the same time.
const CLIENTS: usize = 64;
/// Each links its own number once.
const PEOPLE: usize = 8_000;
/// Requests before the measuring, so that caches are warm.
const WARM: Duration = Duration::from_secs(2);
/// How long each thing is measured.
const SPAN: Duration = Duration::from_secs(10);
/// Results that a stranger verifies afterwards.
const VERIFIED: usize = 64;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&format!("bench: {failure}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let folder = env::temp_dir().join(format!("qyzmet-bench-{}", std::process::id()));
    let done = match env::args().nth(1).as_deref() {
        Some("cases") => cases::bench(&folder),
        Some("pki") => certificates(&folder),
        _ => bench(&folder),
    };
    match done {
        Ok(()) => std::fs::remove_dir_all(&folder).map_err(Failure::file(&folder)),
        Err(_) => done,
    }
}

fn bench(folder: &std::path::Path) -> Result<(), Failure> {
    let mut world = World::new(Engine::Sqlite, Ports::free()?, folder, &repository::binary("release"))?;
    for (name, value) in unlimited() {
        world.set(name, value);
    }
    say("limits of this machine");
    limits::disk(folder)?;
    limits::keys()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|fault| Failure::unexpected(fault.to_string()))?;
    runtime.block_on(limits::bare_server(CLIENTS, Duration::from_secs(3)))?;
    world.run(&["migrate"])?;
    let out = folder.display().to_string();
    world.run(&["demo-seed", "--accounts", &PEOPLE.to_string(), "--out", &out])?;
    world.start()?;
    say("the portal, with its worker, the register and the message centre on the same machine");
    runtime.block_on(measure(&world))?;
    say(world.run(&["journal", "verify"])?.trim());
    if world.stop() { Ok(()) } else { Err(Failure::unexpected("the portal did not end well")) }
}

/// The services of the authority alone.
fn certificates(folder: &std::path::Path) -> Result<(), Failure> {
    let mut world = World::new(Engine::Sqlite, Ports::free()?, folder, &repository::binary("release"))?;
    for (name, value) in unlimited() {
        world.set(name, value);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|fault| Failure::unexpected(fault.to_string()))?;
    runtime.block_on(limits::bare_server(CLIENTS, Duration::from_secs(3)))?;
    world.seed()?;
    world.start_portal()?;
    runtime.block_on(pki::measure(&world))?;
    if world.stop() { Ok(()) } else { Err(Failure::unexpected("the portal did not end well")) }
}

/// One address asks for everything, so what protects against that is lifted; everything else is as delivered.
fn unlimited() -> [(&'static str, &'static str); 5] {
    [
        ("QYZMET_LIMITS__REQUESTS_PER_SECOND", "0"),
        ("QYZMET_LIMITS__PKI_REQUESTS_PER_SECOND", "0"),
        ("QYZMET_SMS__PER_SECOND", "100000"),
        ("QYZMET_LOG__LEVEL", "warn"),
        ("QYZMET_WORKER__SLOTS", "64"),
    ]
}

async fn measure(world: &World) -> Result<(), Failure> {
    let Ports { portal, messages, .. } = world.ports;
    let people = journey::sign_in(crowd::everybody(&world.folder)?, CLIENTS, portal).await?;
    say(&format!("{} people are signed in by EDS", people.len()));
    let queue = Queue::new(people.clone());
    let (warm, _) = journey::requests(queue.clone(), CLIENTS, [portal, messages], WARM).await?;
    let (tally, results) = journey::requests(queue, CLIENTS, [portal, messages], SPAN).await?;
    tally.print(
        "whole requests: start, form, consent, code by SMPP, signature, register by SOAP, signed result",
        "requests",
    );
    let good = journey::verify(results.iter().take(VERIFIED), portal).await?;
    say(&format!(
        "{} results, no two alike, and {} before them; {good} of them verified by a stranger",
        results.len(),
        warm.count()
    ));
    // The last of the list came first, so these people have a request and a result to look at.
    let served: Vec<_> = people.into_iter().rev().take(CLIENTS).collect();
    for path in ["/cabinet", "/cabinet/profile"] {
        let pages = journey::pages(&served, CLIENTS, portal, (path, SPAN / 2)).await?;
        pages.print(&format!("page views with a session: {path}"), "pages");
    }
    Ok(())
}
