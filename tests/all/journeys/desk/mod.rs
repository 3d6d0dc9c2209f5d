//! The officer's desk in a real browser: whoever decides, approves, asks and gives work on sees pages that hold.

mod archive;
mod calendar;
mod decision;
mod given_on;
mod keyboard;
mod new_service;
mod no_script;
pub(super) mod officer;
mod recipient;
mod visitor;

use std::fs;

use xtask::demo::world::Engine;

use crate::{harness::Portal, stories::permit};

/// The invented service with papers, a decision and an approval by a second officer.
const PERMIT: &str = "/services/desk-permit";
/// The unit at whose desk it is worked on.
pub(super) const UNIT: &str = "operator";
/// Its actions at that desk.
const RECEIVE: u32 = 6;
const DECIDE: u32 = 7;
const APPROVE: u32 = 8;

/// A portal that offers the invented service.
fn portal() -> Portal {
    Portal::prepared(Engine::Sqlite, |world| {
        let folder = world.folder.join("desk-permit");
        fs::create_dir(&folder).expect("a folder");
        for (name, bytes) in permit() {
            fs::write(folder.join(name), bytes).expect("a file of the service");
        }
        world.run(&["publish", &folder.display().to_string()]).expect("the service is published");
    })
}

/// The page of a piece of work.
pub(super) fn work(case: &str, action: u32) -> String {
    format!("/desk/{case}/{action}")
}
