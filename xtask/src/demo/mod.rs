//! `cargo xtask demo`: from nothing to a portal with invented people, and quickly again the second time.

pub mod config;
pub mod people;
pub mod ports;
pub mod postgres;
pub mod world;

use std::{fs, sync::mpsc};

use crate::{
    Failure, assets, cargo, debian,
    progress::{Progress, say, seconds},
    repository,
};
use people::Person;
use ports::Ports;
use world::{Engine, SEEDED, World};

/// Runs the demo until Ctrl-C.
///
/// # Errors
/// When a part cannot be built or started.
pub fn run(engine: Engine, port_base: Option<u16>, fresh: bool) -> Result<(), Failure> {
    let (sender, stop) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Nobody waits any more when the channel is closed.
        let _ = sender.send(());
    })
    .map_err(|fault| Failure::unexpected(fault.to_string()))?;
    let ports = port_base.map_or_else(Ports::usual, Ports::from);
    if let Some(port) = ports.taken() {
        return Err(Failure::unexpected(format!(
            "port {port} is in use: stop what uses it, or say --port-base 9000"
        )));
    }
    let folder = repository::demo().join(engine.to_string());
    // A folder that was only half filled is of no use.
    if folder.exists() && (fresh || !folder.join(SEEDED).is_file()) {
        fs::remove_dir_all(&folder).map_err(Failure::file(&folder))?;
    }
    let mut progress = Progress::new();
    let binary = build(&mut progress)?;
    let mut world =
        progress.step(&format!("data on {engine}"), || World::new(engine, ports, &folder, &binary))?;
    progress.step("people, keys, services", || world.seed())?;
    progress.step("simulators and portal", || world.start())?;
    welcome(&world, &progress)?;
    // An error means that no signal can come any more, which is a reason to end as well.
    let _ = stop.recv();
    say("\nstopping");
    world.stop();
    Ok(())
}

/// Builds assets and product, or sees that they are built.
///
/// # Errors
/// When something is missing or does not build.
pub fn build(progress: &mut Progress) -> Result<std::path::PathBuf, Failure> {
    progress.step("programs that are needed", || debian::ensure(&debian::BUILD))?;
    progress.step("style and scripts", || assets::build().map(drop))?;
    progress.step("product", cargo::product)
}

fn welcome(world: &World, progress: &Progress) -> Result<(), Failure> {
    let Ports { gateway, messages, letters, agent_page, payments, card, .. } = world.ports;
    say(&format!("\nready after {}\n", seconds(progress.elapsed())));
    say(&format!("  portal                 {}", world.origin()));
    say(&format!("  text messages          {}", Ports::url(messages)));
    say(&format!("  letters                {}", Ports::url(letters)));
    say(&format!("  state registers        {}", Ports::url(gateway)));
    say(&format!("  payment gateway        {}", Ports::url(payments)));
    say(&format!("  NCALayer (whose key)   {}", Ports::url(agent_page)));
    say(&format!("  card agent (not run)   {}, see docs/how-to/issue-onto-a-card.md", Ports::url(card)));
    say(&format!("  logs                   {}\n", world.logs().display()));
    for Person { login, password, key, key_password, story, .. } in world.people()? {
        say(&format!(
            "  {login:<10} password {password:<14} key {} ({key_password})  {story}",
            key.display()
        ));
    }
    say("\nCtrl-C ends everything; the data stay for the next start.");
    Ok(())
}
