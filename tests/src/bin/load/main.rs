//! The load generator of `cargo xtask bench journey`: many people go through the main job at once, over real HTTP and SMPP.
//!
//! Generator, portal, worker, register and message centre share the two cores of one machine; the limits of that machine
//! are measured in the same run, so that the figures can be judged.

mod http;
mod journey;
mod limits;
mod person;
mod tally;

use std::{process::ExitCode, time::Duration};

use xtask::{
    Failure,
    demo::{
        ports::Ports,
        world::{Engine, World},
    },
    progress::say,
    repository,
};

use crate::person::Person;

/// People who are at it at the same time.
const PEOPLE: usize = 64;
/// How long each thing is measured.
const SPAN: Duration = Duration::from_secs(20);

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
    let folder = std::env::temp_dir().join(format!("qyzmet-bench-{}", std::process::id()));
    let mut world = World::new(Engine::Sqlite, Ports::free()?, &folder, &repository::binary("release"))?;
    for (name, value) in unlimited() {
        world.set(name, value);
    }
    limits::disk(&folder)?;
    limits::keys()?;
    world.run(&["migrate"])?;
    let out = folder.display().to_string();
    world.run(&["demo-seed", "--accounts", &PEOPLE.to_string(), "--out", &out])?;
    world.start()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|fault| Failure::unexpected(fault.to_string()))?;
    runtime.block_on(measure(&world))?;
    say(world.run(&["journal", "verify"])?.trim());
    if !world.stop() {
        return Err(Failure::unexpected("the portal did not end well"));
    }
    std::fs::remove_dir_all(&folder).map_err(Failure::file(&folder))
}

/// One address asks for everything, so what protects against that is lifted; everything else is as delivered.
fn unlimited() -> [(&'static str, &'static str); 4] {
    [
        ("QYZMET_LIMITS__REQUESTS_PER_SECOND", "0"),
        ("QYZMET_SMS__PER_SECOND", "100000"),
        ("QYZMET_LOG__LEVEL", "warn"),
        ("QYZMET_WORKER__SLOTS", "64"),
    ]
}

async fn measure(world: &World) -> Result<(), Failure> {
    limits::bare_server(PEOPLE, Duration::from_secs(5)).await?;
    let mut people = Vec::with_capacity(PEOPLE);
    for person in world.people()?.into_iter().filter(|person| person.story == "bench") {
        people.push(Person::sign_in(world, &person).await?);
    }
    say(&format!("{} people are signed in by EDS", people.len()));
    let (people, pages) = journey::pages(people, SPAN).await?;
    pages.print("page views with a session (profile)", "pages");
    let requests = journey::requests(people, world.ports.messages, SPAN).await?;
    requests.print(
        "whole requests: start, form, code by SMPP, signature, register by SOAP, signed result",
        "requests",
    );
    Ok(())
}
