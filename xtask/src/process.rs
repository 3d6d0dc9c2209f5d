//! A part that runs beside us: it writes its log to a file and never outlives its guard.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::{Failure, shell::which};

/// How long a part may take to end politely.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running part. Dropping it ends it.
#[derive(Debug)]
pub struct Part {
    /// What it is, for messages.
    pub name: String,
    /// Where its output goes.
    pub log: PathBuf,
    /// How it is asked to end; SIGTERM unless it knows something better.
    pub ending: Signal,
    child: Child,
}

impl Part {
    /// Starts a part; its output goes to `<logs>/<name>.log`.
    ///
    /// # Errors
    /// When the log cannot be written or the program cannot be started.
    pub fn start(name: &str, command: &Command, logs: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(logs).map_err(Failure::file(logs))?;
        let log = logs.join(format!("{name}.log"));
        let file = File::options().create(true).append(true).open(&log).map_err(Failure::file(&log))?;
        let errors = file.try_clone().map_err(Failure::file(&log))?;
        let mut tied = tie(command);
        tied.stdin(Stdio::null()).stdout(file).stderr(errors);
        let child = tied.spawn().map_err(|source| Failure::Start { program: name.to_owned(), source })?;
        Ok(Self { name: name.to_owned(), log, ending: Signal::SIGTERM, child })
    }

    /// Asks it to end and waits; ends it by force when it does not listen. Says whether it ended by itself and well.
    pub fn stop(&mut self) -> bool {
        self.signal(self.ending);
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE {
            match self.child.try_wait() {
                Ok(Some(status)) => return status.success(),
                Ok(None) => thread::sleep(Duration::from_millis(10)),
                Err(_) => return false,
            }
        }
        self.kill();
        false
    }

    /// Ends it at once (SIGKILL), as a power cut would.
    pub fn kill(&mut self) {
        // An error here means that it has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Number of its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal; a part that has ended takes none.
    pub fn signal(&self, signal: Signal) {
        if let Ok(id) = i32::try_from(self.child.id()) {
            let _ = kill(Pid::from_raw(id), signal);
        }
    }

    /// Whether it is still there.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until `ready` says yes, and gives up when the part ends or the time is over.
    ///
    /// # Errors
    /// When it is not ready in time; the failure names the log.
    pub fn wait(&mut self, allowed: Duration, ready: impl Fn() -> bool) -> Result<(), Failure> {
        let begun = Instant::now();
        while begun.elapsed() < allowed && self.is_running() {
            if ready() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(Failure::NotReady {
            part: self.name.clone(),
            seconds: begun.elapsed().as_secs(),
            log: self.log.clone(),
        })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if self.is_running() {
            self.stop();
        }
    }
}

/// Ties the part's life to ours where the system can do so, for the case that we are killed without a chance to clean up.
fn tie(command: &Command) -> Command {
    let mut tied = match which("setpriv") {
        Some(setpriv) if command.get_program() != "setpriv" => {
            let mut tied = Command::new(setpriv);
            tied.args(["--pdeathsig", "TERM", "--"]).arg(command.get_program());
            tied
        }
        _ => Command::new(command.get_program()),
    };
    tied.args(command.get_args());
    surroundings(&mut tied, command);
    tied
}

fn surroundings(copy: &mut Command, command: &Command) {
    if let Some(folder) = command.get_current_dir() {
        copy.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => copy.env(name, value),
            None => copy.env_remove(name),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_with_its_guard_and_leaves_its_log() {
        let logs = std::env::temp_dir().join(format!("qyzmet-part-{}", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "echo here; exec sleep 60"]);
        let mut part = Part::start("sleeper", &command, &logs).unwrap();
        let log = part.log.clone();
        part.wait(Duration::from_secs(5), || fs::read_to_string(&log).is_ok_and(|text| text == "here\n"))
            .unwrap();
        let id = Pid::from_raw(i32::try_from(part.child.id()).unwrap());
        drop(part);
        assert!(kill(id, None).is_err());
        fs::remove_dir_all(logs).unwrap();
    }
}
