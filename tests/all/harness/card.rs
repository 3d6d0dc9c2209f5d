//! An operator's workstation: SoftHSM2 as the visitor's card in its reader, the card agent as a process, and a pipe on which the
//! visitor types the PIN.

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use xtask::{net, process::Part, shell};

use super::Portal;

/// SoftHSM2 as Debian installs it.
const LIBRARY: &str = "/usr/lib/softhsm/libsofthsm2.so";
/// The PIN of the card.
const PIN: &str = "27182818";

/// A workstation; its agent ends with it.
pub(crate) struct Workstation {
    folder: PathBuf,
    keyboard: File,
    _agent: Part,
}

impl Workstation {
    /// Puts a new card into the reader and starts the agent where the portal's pages look for it.
    pub(crate) fn start(portal: &mut Portal) -> Self {
        portal.keep_secret(PIN);
        let folder = portal.world.folder.join("workstation");
        fs::create_dir_all(folder.join("tokens")).expect("a folder");
        let tokens = format!("directories.tokendir = {}\n", folder.join("tokens").display());
        fs::write(folder.join("softhsm2.conf"), tokens).expect("SoftHSM2's configuration");
        let new = ["--init-token", "--free", "--label", "id-card", "--so-pin", "31415926", "--pin", PIN];
        tool(&folder, "softhsm2-util", &new);
        let keys = folder.join("keyboard");
        tool(&folder, "mkfifo", &[&keys.to_string_lossy()]);
        let keyboard = File::options().read(true).write(true).open(&keys).expect("a pipe");
        let (port, origin) = (portal.world.ports.card, portal.world.origin());
        let mut command = portal.world.command(&["card", "--module", LIBRARY, "--origin", &origin]);
        command.arg("--listen").arg(format!("127.0.0.1:{port}")).arg("--pin-from").arg(keys);
        command.env("SOFTHSM2_CONF", folder.join("softhsm2.conf"));
        let mut agent = Part::start("card-agent", &command, &portal.world.logs()).expect("the agent starts");
        agent.wait(Duration::from_secs(20), || net::listens(port)).expect("the agent is ready");
        Self { folder, keyboard, _agent: agent }
    }

    /// The visitor types the PIN.
    pub(crate) fn type_pin(&mut self) {
        writeln!(self.keyboard, "{PIN}").expect("typed");
    }

    /// Folder for what is read off the card.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What OpenSC sees of the card, and does with it.
    pub(crate) fn pkcs11_tool(&self, arguments: &[&str]) -> String {
        let opened = ["--module", LIBRARY, "--login", "--pin", PIN];
        tool(&self.folder, "pkcs11-tool", &[&opened, arguments].concat())
    }
}

fn tool(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("SOFTHSM2_CONF", folder.join("softhsm2.conf"));
    let said = shell::output(&mut command).expect("the tool does it");
    String::from_utf8_lossy(&said).into_owned()
}
