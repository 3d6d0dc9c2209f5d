//! Style and scripts of the pages: built by npm from the lock file, again only when an input has changed.

use std::{
    fs::{self, File},
    path::Path,
};

use crate::{Failure, debian, fingerprint, repository, shell};

/// Folders under `web/` that are no input.
const NO_INPUT: [&str; 3] = ["node_modules", "dist", "test"];
/// Left in `node_modules` after npm has succeeded; npm itself removes it with the folder before it begins.
const INSTALLED: &str = "node_modules/.qyzmet-installed";

/// Builds `web/dist` when it is missing or older than its inputs; says whether anything was built.
///
/// # Errors
/// When npm is missing or fails.
pub fn build() -> Result<bool, Failure> {
    let web = repository::root().join("web");
    let _alone = Turn::wait(&web)?;
    let mark = web.join("dist/.inputs");
    let inputs = fingerprint::of(&web, &NO_INPUT)?;
    if fingerprint::is_kept(&mark, &inputs) {
        return Ok(false);
    }
    debian::ensure(&debian::ASSETS)?;
    install_with(&web, npm_ci)?;
    npm(&web, &["run", "build"])?;
    fs::write(&mark, inputs).map_err(Failure::file(&mark))?;
    Ok(true)
}

/// Installs what the folder's lock file names, when it is not yet installed; safe when several processes ask at once.
///
/// # Errors
/// When npm is missing or fails.
pub fn install(folder: &Path) -> Result<(), Failure> {
    let _alone = Turn::wait(folder)?;
    install_with(folder, npm_ci)
}

/// The installation itself, for whoever has the turn.
fn install_with(folder: &Path, npm: impl FnOnce(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    let (mark, wanted) = (folder.join(INSTALLED), fingerprint::of_file(&lock_file(folder))?);
    if fingerprint::is_kept(&mark, &wanted) {
        return Ok(());
    }
    npm(folder)?;
    fs::write(&mark, wanted).map_err(Failure::file(&mark))
}

/// No package may run a script of its own: what we use of them works without.
fn npm_ci(folder: &Path) -> Result<(), Failure> {
    npm(folder, &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
}

/// Runs npm in the folder of the pages; what it says is shown when it fails.
///
/// # Errors
/// When npm fails.
pub fn npm(web: &Path, arguments: &[&str]) -> Result<(), Failure> {
    shell::output(&mut shell::command("npm", arguments, web)).map(drop)
}

fn lock_file(folder: &Path) -> std::path::PathBuf {
    folder.join("package-lock.json")
}

/// The only process that may change `node_modules` of a folder now; the system ends the turn with the process.
struct Turn(#[expect(dead_code, reason = "held for its lock alone")] File);

impl Turn {
    /// Waits for it. The lock lies on the file that npm reads and never writes, so none of our own is left behind.
    fn wait(folder: &Path) -> Result<Self, Failure> {
        let path = lock_file(folder);
        let file = File::open(&path).map_err(Failure::file(&path))?;
        file.lock().map_err(Failure::file(&path))?;
        Ok(Self(file))
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Duration};

    use super::*;

    /// As npm does: removes what is there, takes its time, and brings the packages.
    fn slow_npm(folder: &Path) -> Result<(), Failure> {
        let packages = folder.join("node_modules");
        let _ = fs::remove_dir_all(&packages);
        fs::create_dir(&packages).map_err(Failure::file(&packages))?;
        thread::sleep(Duration::from_millis(50));
        fs::write(packages.join("jar"), "whole").map_err(Failure::file(&packages))
    }

    fn take(folder: &Path) -> String {
        let alone = Turn::wait(folder).unwrap();
        install_with(folder, slow_npm).unwrap();
        drop(alone);
        fs::read_to_string(folder.join("node_modules/jar")).unwrap()
    }

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("qyzmet-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(lock_file(&folder), "first").unwrap();
        folder
    }

    #[test]
    fn installing_twice_at_once_takes_nothing_away_from_the_other() {
        let folder = folder("twice");
        thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| scope.spawn(|| take(&folder))).collect();
            for one in all {
                assert_eq!(one.join().unwrap(), "whole");
            }
        });
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_installed_stays_until_the_lock_file_changes_and_a_failed_npm_leaves_no_mark() {
        let folder = folder("mark");
        install_with(&folder, slow_npm).unwrap();
        install_with(&folder, |_| Err(Failure::unexpected("not again"))).unwrap();
        fs::write(lock_file(&folder), "second").unwrap();
        let fails = |folder: &Path| {
            let _ = fs::remove_dir_all(folder.join("node_modules"));
            Err(Failure::unexpected("no network"))
        };
        assert!(install_with(&folder, fails).is_err());
        install_with(&folder, slow_npm).unwrap();
        assert_eq!(fs::read_to_string(folder.join("node_modules/jar")).unwrap(), "whole");
        fs::remove_dir_all(folder).unwrap();
    }
}
