//! A seeded folder, made once per build of the product and copied for each test: keys and password hashes take seconds.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, SystemTime},
};

use xtask::{
    Failure, cargo,
    demo::{
        ports::Ports,
        world::{Engine, World},
    },
    shell,
};

/// The product that stands beside this test binary; built first, unless `cargo xtask test` has just done so.
pub(crate) fn product() -> PathBuf {
    let here = std::env::current_exe().expect("this test is a program");
    let binary = here.parent().and_then(Path::parent).expect("cargo puts tests into deps/").join("qyzmet");
    if std::env::var_os("QYZMET_BUILT").is_none() || !binary.is_file() {
        shell::run(&mut cargo::cargo(&["build", "--quiet", "--package", "qyzmet"]))
            .expect("the product builds");
    }
    binary
}

/// A seeded folder on SQLite that nobody writes to.
pub(super) fn template(binary: &Path) -> PathBuf {
    let built = fs::metadata(binary).and_then(|data| data.modified()).expect("the product was built");
    let age = built.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("seed-{age}"));
    let done = folder.join(".seeded");
    // Making the folder is the lock: one test makes it, the others wait for its mark.
    match fs::create_dir(&folder) {
        Ok(()) => seed(&folder, binary).expect("the product seeds a demo"),
        Err(_) => wait_for(&done),
    }
    folder
}

fn seed(folder: &Path, binary: &Path) -> Result<(), Failure> {
    World::new(Engine::Sqlite, Ports::from(1), folder, binary)?.seed()
}

fn wait_for(done: &Path) {
    for _ in 0..1_200 {
        if done.is_file() {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("{} was not made by the test that began it: remove its folder", done.display());
}

/// Copies a folder with everything in it.
pub(super) fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status().expect("cp starts");
    assert!(copied.success(), "{} cannot be copied", from.display());
}

/// Keeps a folder for looking into; a test that failed has other worries than a copy that fails.
pub(super) fn copy_if_possible(from: &Path, to: &Path) {
    let _ = Command::new("cp").arg("-a").arg(from).arg(to).status();
}
