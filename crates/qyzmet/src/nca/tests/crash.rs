//! A ceremony that dies at each of its steps, in a process that really dies, goes on and makes no second key.

use std::{collections::BTreeMap, fs, path::Path};

use tempfile::tempdir;

use super::{
    stories::in_token,
    world::{Room, keys_in_token, make_token, now, person, tell_in_process, tools},
};
use crate::nca::{NcaError, open::Nca};

const STORY: &str = "crash::a_ceremony_goes_on_after_dying_at_each_step";
/// Steps of the small ceremony: more would mean that a step is not tried here.
const STEPS: usize = 10;

/// One run in this process: dies before the step of this number.
fn run_and_die(room: &Room, at: usize) {
    let mut step = 0;
    let signatures = room.approve(&[0, 1]);
    let held = room.hold_with(&signatures, now(), &mut |_| {
        if step == at {
            std::process::abort();
        }
        step += 1;
    });
    held.unwrap();
    assert_eq!(step, STEPS, "the ceremony has another number of steps");
}

/// The persons' keys do not outlive a process, so each run has its own room file; the ceremony file stays the same.
fn room(folder: &Path) -> Room {
    let mut room = Room::new(folder);
    let load = |name: &str| {
        let bytes = fs::read(folder.join(name)).unwrap();
        qyzmet_pki::pkcs12::read(&bytes, "words").unwrap()
    };
    room.persons = vec![load("0.p12"), load("1.p12")];
    room
}

/// Keys and certificates that are there.
fn made(room: &Room) -> BTreeMap<String, Vec<u8>> {
    let mut made = BTreeMap::new();
    for folder in ["keys", "certificates", "lists"] {
        for entry in fs::read_dir(room.nca().file(folder)).into_iter().flatten().flatten() {
            let name = entry.path().strip_prefix(room.nca().root()).unwrap().display().to_string();
            if !name.contains("/.") {
                made.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    made
}

#[test]
fn a_ceremony_goes_on_after_dying_at_each_step() {
    if !tools(&["softhsm2-util", "pkcs11-tool"]) {
        return;
    }
    if let Some(folder) = std::env::var_os("QYZMET_ROOM") {
        let step = std::env::var("QYZMET_DIES_AT").unwrap().parse().unwrap();
        return run_and_die(&room(folder.as_ref()), step);
    }
    let folder = tempdir().unwrap();
    make_token(folder.path());
    for (index, iin) in ["850101300015", "900101450007"].iter().enumerate() {
        let key = qyzmet_pki::pkcs12::write(&person(iin, "АДАМ", 30), "words", "person").unwrap();
        fs::write(folder.path().join(format!("{index}.p12")), key).unwrap();
    }
    let room = room(folder.path());
    room.write(&in_token());
    let mut before = BTreeMap::new();
    for step in 0..=STEPS {
        let variables =
            [("QYZMET_ROOM", folder.path().display().to_string()), ("QYZMET_DIES_AT", step.to_string())];
        let (ended, said) = tell_in_process(STORY, folder.path(), &variables);
        assert_eq!(ended, step == STEPS, "step {step}: {said}");
        assert_eq!(Nca::open(&room.nca()).is_ok(), ended, "step {step}: a half-made authority opens");
        let after = made(&room);
        for (name, bytes) in &before {
            assert_eq!(after.get(name), Some(bytes), "step {step} changed {name}");
        }
        assert!(keys_in_token(folder.path()) <= 1, "step {step} made a second key in the token");
        before = after;
    }
    let names: Vec<&str> = before.keys().map(String::as_str).collect();
    let all =
        ["certificates/ca.pem", "certificates/root.pem", "keys/root.pem", "lists/ca.crl", "lists/root.crl"];
    assert_eq!(names, all);
}

#[test]
fn another_ceremony_does_not_go_on_with_this_one() {
    let folder = tempdir().unwrap();
    let room = Room::new(folder.path());
    room.write(super::world::SMALL);
    fs::create_dir_all(room.nca().root()).unwrap();
    let begun = r#"{"format":1,"ceremony_sha256":"00","at":"2026-11-21T12:00:00Z","drawn":{}}"#;
    fs::write(room.nca().file("begun.json"), begun).unwrap();
    assert!(matches!(room.hold(), Err(NcaError::Foreign(_))));
}
