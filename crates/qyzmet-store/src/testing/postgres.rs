//! A PostgreSQL server for tests: started once by whichever test process comes first, shared by all, and stopped a few
//! seconds after the last of them has ended, however it ended.
//!
//! Each process holds a shared lock on `users.lock` as long as it lives. The script that runs the server tries every
//! second to get that lock for itself alone; when it succeeds for some seconds, nobody is left, and it removes all.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufRead, BufReader};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};
use tokio_postgres::NoTls;

use crate::migrations;

/// Names a server to be used instead, as `key=value` pairs without `dbname`; its user must be able to make databases.
pub const VARIABLE: &str = "QYZMET_TEST_POSTGRES";

/// Where the programs of the server are searched: Debian's folders, newest first, then the search path.
const PROGRAMS: [&str; 4] =
    ["/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin", "/usr/bin"];

static SERVER: Mutex<Option<Server>> = Mutex::new(None);
static COUNT: AtomicU32 = AtomicU32::new(0);

/// The server as this process sees it. The locked file lives as long as the process.
#[derive(Clone)]
struct Server {
    address: String,
    folder: Option<PathBuf>,
    _user: Option<std::sync::Arc<File>>,
}

/// A database of its own for one test, dropped with this value.
pub struct Database {
    name: String,
    server: Server,
    url: String,
}

impl Database {
    /// Makes one from the migrated template. Blocks.
    pub fn new() -> io::Result<Self> {
        let server = server()?;
        let template = template(&server)?;
        let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let admin = format!("{} dbname=postgres", server.address);
        command(&admin, &format!("DROP DATABASE IF EXISTS {name}"))?;
        command(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template}"))?;
        let url = format!("{} dbname={name}", server.address);
        Ok(Self { name, server, url })
    }

    /// Connection string.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends every session of the database but the one that asks: what a failover looks like to a client.
    pub fn cut_connections(&self) -> io::Result<()> {
        let admin = format!("{} dbname=postgres", self.server.address);
        let name = &self.name;
        command(
            &admin,
            &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
        )
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let admin = format!("{} dbname=postgres", self.server.address);
        // What stays behind goes with the whole server.
        drop(command(&admin, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)));
    }
}

/// Runs one text on a connection of its own, on a thread of its own so that callers may be anywhere.
fn command(address: &str, text: &str) -> io::Result<()> {
    let (address, text) = (address.to_owned(), text.to_owned());
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let (client, connection) =
                tokio_postgres::connect(&address, NoTls).await.map_err(io::Error::other)?;
            tokio::spawn(connection);
            client.batch_execute(&text).await.map_err(io::Error::other)
        })
    });
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread of a command panicked")))
}

/// The name of the migrated template, which is made when this process is the first to need it.
fn template(server: &Server) -> io::Result<String> {
    let mut hash = Sha256::new();
    migrations::ALL.iter().for_each(|migration| hash.update(migration.text));
    let name = format!("template_{}", hex::encode(&hash.finalize()[..8]));
    let folder = server.folder.clone().unwrap_or_else(std::env::temp_dir);
    let _lock = locked(&folder.join("qyzmet-template.lock"))?;
    let url = format!("{} dbname={name}", server.address);
    let admin = format!("{} dbname=postgres", server.address);
    let done = format!(
        "DO $$ BEGIN ASSERT (SELECT datistemplate FROM pg_database WHERE datname = '{name}'); END $$"
    );
    if command(&admin, &done).is_ok() {
        return Ok(name);
    }
    command(&admin, &format!("DROP DATABASE IF EXISTS {name}"))?;
    command(&admin, &format!("CREATE DATABASE {name}"))?;
    let migrated = std::thread::spawn(move || crate::postgres::migrate(&url)).join();
    migrated.map_err(|_| io::Error::other("migrating panicked"))?.map_err(io::Error::other)?;
    command(&admin, &format!("ALTER DATABASE {name} IS_TEMPLATE true"))?;
    Ok(name)
}

/// The server: the one of the environment, the running one, or a new one.
fn server() -> io::Result<Server> {
    let mut known = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(server) = &*known {
        return Ok(server.clone());
    }
    let server = match std::env::var(VARIABLE) {
        Ok(address) => Server { address, folder: None, _user: None },
        Err(_) => shared()?,
    };
    *known = Some(server.clone());
    Ok(server)
}

fn shared() -> io::Result<Server> {
    let user = fs::metadata("/proc/self")?.uid();
    let folder = std::env::temp_dir().join(format!("qyzmet-test-postgres-{user}"));
    DirBuilder::new().recursive(true).mode(0o755).create(&folder)?;
    let _starting = locked(&folder.join("start.lock"))?;
    let users = open(&folder.join("users.lock"))?;
    users.lock_shared()?;
    let cluster = folder.join("cluster");
    if UnixStream::connect(cluster.join(".s.PGSQL.5432")).is_err() {
        start(&folder, &cluster, user == 0)?;
    }
    let address = format!("host={} user=postgres", cluster.display());
    Ok(Server { address, folder: Some(folder), _user: Some(std::sync::Arc::new(users)) })
}

/// Runs the script, as the user `postgres` when we are root: the server refuses to be root.
fn start(folder: &Path, cluster: &Path, is_root: bool) -> io::Result<()> {
    let programs = PROGRAMS
        .iter()
        .find(|folder| Path::new(folder).join("initdb").exists())
        .ok_or_else(|| io::Error::other("no PostgreSQL server is installed (apt-get install postgresql)"))?;
    if cluster.exists() {
        fs::remove_dir_all(cluster)?;
    }
    DirBuilder::new().create(cluster)?;
    fs::set_permissions(cluster, fs::Permissions::from_mode(0o777))?;
    let mut command = Command::new("setsid");
    if is_root {
        command.args(["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]);
    }
    command.args(["sh", "-c", include_str!("postgres.sh"), "postgres.sh"]).arg(folder).arg(programs);
    command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let output = child.stdout.take().ok_or_else(|| io::Error::other("the script has no output"))?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    if line.trim() == "ready" {
        return Ok(());
    }
    Err(io::Error::other(format!("the test server did not start, see {}/log", cluster.display())))
}

fn locked(path: &Path) -> io::Result<File> {
    let file = open(path)?;
    file.lock()?;
    Ok(file)
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).open(path)
}
