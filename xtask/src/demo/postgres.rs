//! A PostgreSQL cluster of our own: under an unprivileged user, on loopback, with a password that only this folder knows.

use std::{
    fs::{self, File},
    io::Read as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use nix::sys::signal::Signal;

use crate::{Failure, debian, net, process::Part, shell};

/// The server refuses to run as root; Debian's package brings this user.
const USER: &str = "postgres";
/// Name of the role and of the database.
const NAME: &str = "qyzmet";

/// A running cluster. Dropping it ends the server and keeps the data.
#[derive(Debug)]
pub struct Cluster {
    /// How to reach its database.
    pub url: String,
    /// The server; for a test that ends it.
    pub server: Part,
}

impl Cluster {
    /// Starts the cluster in `folder`, making it first when there is none.
    ///
    /// # Errors
    /// When PostgreSQL is missing, or does not start.
    pub fn start(folder: &Path, port: u16) -> Result<Self, Failure> {
        debian::ensure(&debian::POSTGRES)?;
        let programs =
            debian::postgres().ok_or_else(|| Failure::unexpected("no folder with PostgreSQL's programs"))?;
        let data = folder.join("data");
        let fresh = !data.join("PG_VERSION").is_file();
        let password = password(folder)?;
        if fresh {
            create(&programs, folder, &data)?;
        }
        let server = serve(&programs, &data, port, folder)?;
        let at = |database: &str| format!("postgres://{NAME}:{password}@127.0.0.1:{port}/{database}");
        if fresh {
            let mut create = Command::new(programs.join("psql"));
            create.args([
                "--quiet",
                "--dbname",
                &at("postgres"),
                "--command",
                &format!("CREATE DATABASE {NAME}"),
            ]);
            shell::output(&mut create)?;
        }
        Ok(Self { url: at(NAME), server })
    }
}

fn serve(programs: &Path, data: &Path, port: u16, logs: &Path) -> Result<Part, Failure> {
    let mut command = unprivileged(&programs.join("postgres"));
    command.arg("-D").arg(data).args(["-p", &port.to_string()]);
    for setting in [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "default_transaction_isolation=serializable",
    ] {
        command.args(["-c", setting]);
    }
    let mut server = Part::start("postgres", &command, logs)?;
    server.ending = Signal::SIGINT;
    let ready = programs.join("pg_isready");
    server.wait(Duration::from_secs(60), || {
        net::listens(port)
            && shell::output(Command::new(&ready).args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]))
                .is_ok()
    })?;
    Ok(server)
}

fn create(programs: &Path, folder: &Path, data: &Path) -> Result<(), Failure> {
    if debian::is_root() {
        shell::output(Command::new("chown").arg("-R").arg(USER).arg(folder))?;
    }
    let mut command = unprivileged(&programs.join("initdb"));
    command.arg("-D").arg(data).args(["--username", NAME, "--auth", "scram-sha-256", "--encoding", "UTF8"]);
    command.args(["--locale", "C.UTF-8", "--pwfile"]).arg(word(folder));
    shell::output(&mut command).map(drop)
}

/// The cluster's password: made once, from the system's randomness.
fn password(folder: &Path) -> Result<String, Failure> {
    let file = word(folder);
    if let Ok(known) = fs::read_to_string(&file) {
        return Ok(known.trim().to_owned());
    }
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let mut bytes = [0; 16];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map_err(Failure::file("/dev/urandom"))?;
    let made: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(&file, &made).map_err(Failure::file(&file))?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).map_err(Failure::file(&file))?;
    Ok(made)
}

fn word(folder: &Path) -> PathBuf {
    folder.join("password")
}

/// The program as a user without rights, when we are root; as ourselves otherwise.
fn unprivileged(program: &Path) -> Command {
    if !debian::is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", USER, "--regid", USER, "--init-groups", "--pdeathsig", "INT", "--"])
        .arg(program);
    command.current_dir("/");
    command
}
