//! A setting that nobody knows stops the product at once, by name.

use std::fs;

use xtask::{
    demo::{
        ports::Ports,
        world::{Engine, World},
    },
    shell,
};

use crate::harness::product;

#[test]
fn an_unknown_setting_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(Engine::Sqlite, Ports::free().unwrap(), folder.path(), &product()).unwrap();
    let text = fs::read_to_string(world.config()).unwrap();
    fs::write(world.config(), format!("{text}\n[worker]\nslotz = 3\n")).unwrap();
    let mut serve = world.command(&["serve", "--config"]);
    let failure = shell::output(serve.arg(world.config())).unwrap_err().to_string();
    assert!(failure.contains("slotz"), "{failure}");
}
