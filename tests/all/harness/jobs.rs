//! What is still to be done: looked up in the database itself, so that the product cannot hide it.

use std::{
    process::Command,
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags};
use xtask::{
    debian,
    demo::world::{Engine, World},
    shell,
};

const OPEN: &str = "SELECT count(*) FROM job WHERE open";

/// Fails when jobs are still open after a while, or dead ones lie about.
pub(super) fn wait_until_none_is_open(world: &World, engine: Engine) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        if open(world, engine) == 0 {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("{} job(s) are still open", open(world, engine));
}

/// Number of open jobs.
pub(crate) fn open(world: &World, engine: Engine) -> i64 {
    match engine {
        Engine::Sqlite => {
            let path = world.folder.join("qyzmet.sqlite");
            let database =
                Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database");
            database.query_row(OPEN, [], |row| row.get(0)).expect("a count")
        }
        Engine::Postgres => {
            let url = world.cluster.as_ref().map(|cluster| cluster.url.clone()).expect("a running cluster");
            let psql = debian::postgres().expect("PostgreSQL's programs").join("psql");
            let count =
                shell::output(Command::new(psql).args(["-At", "-d", &url, "-c", OPEN])).expect("a count");
            String::from_utf8_lossy(&count).trim().parse().expect("a number")
        }
    }
}
