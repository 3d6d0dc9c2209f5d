//! A full disk: changes are refused politely, reading goes on, and after cleaning up everything works again.

use std::{fs::File, io::Write as _, path::PathBuf};

use xtask::{
    debian,
    demo::world::{Engine, World},
    walk::html,
};

use crate::{
    harness::{Portal, WELL},
    journeys::SERVICE,
};

/// The portal in a name space of its own, its data on a disk of eight megabytes.
fn on_a_small_disk(world: &mut World) {
    let small = world.folder.join("small");
    world.set("QYZMET_STORE__PATH", &small.join("qyzmet.sqlite").display().to_string());
    let script = r#"mkdir -p "$0" && mount -t tmpfs -o size=8m tmpfs "$0" && cp -a "$0"/../qyzmet.sqlite* "$0"/ && exec "$@""#;
    let space: &[&str] = if debian::is_root() { &["unshare", "-m"] } else { &["unshare", "-r", "-m"] };
    world.wrapper = space.iter().map(|word| (*word).to_owned()).collect();
    world.wrapper.extend(["sh", "-c", script].map(str::to_owned));
    world.wrapper.push(small.display().to_string());
}

/// A file on the small disk, seen from outside through the portal's own root.
fn filler(portal: &Portal) -> PathBuf {
    let id = portal.world.portal.as_ref().map_or(0, xtask::process::Part::id);
    let inside = portal.world.folder.join("small/filler");
    PathBuf::from(format!("/proc/{id}/root{}", inside.display()))
}

fn fill(portal: &Portal) {
    let mut file = File::create(filler(portal)).unwrap();
    for size in [65_536, 512] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
}

#[test]
fn a_full_disk_refuses_changes_politely_and_loses_nothing() {
    let mut portal = Portal::prepared(Engine::Sqlite, on_a_small_disk);
    portal.leave_unchecked();
    let person = portal.person(WELL);
    let mut client = portal.signed_in(&person);
    fill(&portal);
    let page = client.get(SERVICE).unwrap();
    let start = html::forms(&page.text()).into_iter().find(|form| form.action.ends_with("/start")).unwrap();
    let refused =
        (0..50).map(|_| client.send(&page, &start, None).unwrap().status).find(|status| *status != 200);
    assert_eq!(refused, Some(503), "a change is refused as a passing failure");
    assert_eq!(client.get("/services").unwrap().status, 200, "reading goes on");
    std::fs::remove_file(filler(&portal)).unwrap();
    let again = client.send(&page, &start, None).unwrap();
    assert_eq!(again.status, 200, "after cleaning up it works, without a restart");
    assert!(client.get("/cabinet").is_ok(), "the session is still there");
}
