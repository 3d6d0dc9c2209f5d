//! A whole portal on this machine: its folder, its configuration, its parts.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::Command,
    str::FromStr,
    time::Duration,
};

use super::{config, people::Person, ports::Ports, postgres::Cluster};
use crate::{Failure, fingerprint, net, process::Part, repository, shell};

/// How long a part may take to be ready, on a machine that is busy.
const READY: Duration = Duration::from_secs(60);

/// Stands in a folder that was filled to the end.
pub const SEEDED: &str = ".seeded";

/// Where the data lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A server of our own.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Sqlite { "sqlite" } else { "postgres" })
    }
}

impl FromStr for Engine {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" => Ok(Self::Postgres),
            _ => Err("sqlite or postgres".to_owned()),
        }
    }
}

/// A portal with everything that it speaks to. Dropping it ends all parts, the portal first.
#[derive(Debug)]
pub struct World {
    /// Where everything listens.
    pub ports: Ports,
    /// Folder with configuration, keys, data and logs.
    pub folder: PathBuf,
    /// The running portal; a test may end it and start it again.
    pub portal: Option<Part>,
    /// Simulators of the outside world.
    pub simulators: Vec<Part>,
    /// PostgreSQL, when the data lie there.
    pub cluster: Option<Cluster>,
    /// What the portal is started through, for a test that gives it a smaller world; usually nothing.
    pub wrapper: Vec<String>,
    binary: PathBuf,
    settings: Vec<(String, String)>,
}

impl World {
    /// A world in `folder`, nothing running yet but its database server.
    ///
    /// # Errors
    /// When the folder cannot be made or PostgreSQL does not start.
    pub fn new(engine: Engine, ports: Ports, folder: &Path, binary: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
        let cluster = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Cluster::start(&folder.join("postgres"), net::free_port()?)?),
        };
        let text = config::text(folder, &ports, cluster.as_ref().map(|cluster| cluster.url.as_str()));
        let world = Self {
            ports,
            folder: folder.to_path_buf(),
            portal: None,
            simulators: Vec::new(),
            cluster,
            wrapper: Vec::new(),
            binary: binary.to_path_buf(),
            settings: Vec::new(),
        };
        fs::write(world.config(), text).map_err(Failure::file(world.config()))?;
        Ok(world)
    }

    /// The configuration file.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.folder.join("qyzmet.toml")
    }

    /// Lays a variable over the configuration of every part started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// A command of the product, with this world's configuration.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).current_dir(repository::root());
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command of the product that takes `--config`, to its end.
    ///
    /// # Errors
    /// When it ends badly.
    pub fn run(&self, arguments: &[&str]) -> Result<String, Failure> {
        let mut command = self.command(arguments);
        let written = shell::output(command.arg("--config").arg(self.config()))?;
        Ok(String::from_utf8_lossy(&written).into_owned())
    }

    /// Keys, certificates, people and services: made once, kept afterwards; the schema and the services follow the product.
    ///
    /// # Errors
    /// When the product cannot make them.
    pub fn seed(&self) -> Result<(), Failure> {
        self.run(&["migrate"])?;
        let services = repository::root().join("services");
        let (done, word) = (self.folder.join(SEEDED), fingerprint::of(&services, &[])?);
        if fingerprint::is_kept(&done, &word) {
            return Ok(());
        }
        if done.is_file() {
            self.publish(&services)?;
        } else {
            let out = self.folder.to_string_lossy().into_owned();
            self.run(&["demo-seed", "--out", &out])?;
        }
        fs::write(&done, word).map_err(Failure::file(&done))
    }

    fn publish(&self, services: &Path) -> Result<(), Failure> {
        for entry in fs::read_dir(services).map_err(Failure::file(services))?.flatten() {
            if entry.path().is_dir() {
                self.run(&["publish", &entry.path().to_string_lossy()])?;
            }
        }
        Ok(())
    }

    /// The demo people, as the seed wrote them down.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn people(&self) -> Result<Vec<Person>, Failure> {
        Person::read(&self.folder)
    }

    /// Starts the simulators and the portal, and waits until all are ready.
    ///
    /// # Errors
    /// When one does not become ready.
    pub fn start(&mut self) -> Result<(), Failure> {
        self.start_simulators()?;
        self.start_portal()
    }

    /// Starts the outside world.
    ///
    /// # Errors
    /// When a simulator does not become ready.
    pub fn start_simulators(&mut self) -> Result<(), Failure> {
        let logs = self.logs();
        for (name, arguments, port) in config::simulators(&self.folder, &self.ports) {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let part = Part::start(name, &self.command(&arguments), &logs)?;
            self.simulators.push(part);
            if let Some(part) = self.simulators.last_mut() {
                part.wait(READY, || net::listens(port))?;
            }
        }
        Ok(())
    }

    /// Starts the portal with its worker.
    ///
    /// # Errors
    /// When it does not become ready.
    pub fn start_portal(&mut self) -> Result<(), Failure> {
        let mut command = self.command(&["serve", "--config"]);
        command.arg(self.config());
        let mut part = Part::start("portal", &wrapped(&self.wrapper, command), &self.logs())?;
        let ready = format!("{}{}", self.origin(), config::READY_PATH);
        part.wait(READY, || net::listens(self.ports.portal) && net::answers(&ready))?;
        self.portal = Some(part);
        Ok(())
    }

    /// Ends the portal as a power cut would, and starts it again.
    ///
    /// # Errors
    /// When it does not become ready again.
    pub fn cut_power(&mut self) -> Result<(), Failure> {
        if let Some(mut portal) = self.portal.take() {
            portal.kill();
        }
        self.start_portal()
    }

    /// Address of the portal.
    #[must_use]
    pub fn origin(&self) -> String {
        Ports::url(self.ports.portal)
    }

    /// Folder of the parts' logs.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    /// Ends everything, the portal first, so that it can still reach what it needs; says whether the portal ended well.
    pub fn stop(&mut self) -> bool {
        let well = self.portal.take().is_none_or(|mut portal| portal.stop());
        self.simulators.clear();
        self.cluster = None;
        well
    }
}

/// The command, started through another one.
fn wrapped(wrapper: &[String], command: Command) -> Command {
    let Some((program, first)) = wrapper.split_first() else { return command };
    let mut outer = Command::new(program);
    outer.args(first).arg(command.get_program()).args(command.get_args());
    outer.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    outer
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop();
    }
}
