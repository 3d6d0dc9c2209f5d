//! A workstation: SoftHSM2 as the card, the agent as a process, a pipe on which the recipient types, and a page that asks.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const LIBRARY: &str = "/usr/lib/softhsm/libsofthsm2.so";
pub(crate) const PIN: &str = "271828";
pub(crate) const ORIGIN: &str = "https://egov.example.kz";

/// A workstation; the agent ends with it.
pub(crate) struct World {
    folder: TempDir,
    agent: Child,
    /// Where the agent listens.
    pub(crate) address: String,
    keyboard: File,
    /// Everything that the agent has answered.
    answers: String,
}

/// An answer of the agent.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} {}", self.status, self.body))
    }

    /// Status and code of a refusal.
    pub(crate) fn refusal(&self) -> (u16, String) {
        (self.status, self.json()["error"].as_str().unwrap_or_default().to_owned())
    }
}

/// Runs a command of the shell in a folder, which must succeed; gives what it says.
pub(crate) fn must(folder: &Path, command: &str) -> String {
    let conf = folder.join("softhsm2.conf");
    let done = Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("SOFTHSM2_CONF", conf)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    assert!(done.status.success(), "{command}: {said}");
    said
}

fn tools_are_here() -> bool {
    ["softhsm2-util", "pkcs11-tool", "openssl", "script"].iter().all(|tool| {
        let found = Command::new("sh").args(["-c", &format!("command -v {tool}")]).output().unwrap();
        found.status.success()
    })
}

/// A folder with a card of its own; nothing where the tools for it are missing.
pub(crate) fn card() -> Option<TempDir> {
    if !tools_are_here() {
        return None;
    }
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("tokens")).unwrap();
    let conf = format!("directories.tokendir = {}\n", folder.path().join("tokens").display());
    fs::write(folder.path().join("softhsm2.conf"), conf).unwrap();
    let init = format!("softhsm2-util --init-token --free --label id-card --so-pin 31415926 --pin {PIN}");
    must(folder.path(), &init);
    Some(folder)
}

/// The agent's command for the card of a folder.
pub(crate) fn agent(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qyzmet"));
    command
        .args(["card", "--module", LIBRARY, "--listen", "127.0.0.1:0", "--origin", ORIGIN])
        .env("SOFTHSM2_CONF", folder.join("softhsm2.conf"));
    command
}

/// Where an agent that has just been started says that it listens.
pub(crate) fn address(out: impl std::io::Read) -> String {
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).unwrap();
    line.trim().rsplit_once("http://").unwrap_or_else(|| panic!("{line}")).1.to_owned()
}

impl World {
    /// A workstation with a card in its reader; nothing where the tools for it are missing.
    pub(crate) fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// The same, with more arguments for the agent.
    pub(crate) fn start_with(arguments: &[&str]) -> Option<Self> {
        let folder = card()?;
        must(folder.path(), "mkfifo keyboard");
        let keyboard = File::options().read(true).write(true).open(folder.path().join("keyboard")).unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let mut agent = agent(folder.path())
            .args(["--pin-from", folder.path().join("keyboard").to_str().unwrap(), "--patience", "20"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let address = address(agent.stdout.take().unwrap());
        Some(Self { folder, agent, address, keyboard, answers: String::new() })
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn must(&self, command: &str) -> String {
        must(self.folder.path(), command)
    }

    /// What OpenSC sees on the card.
    pub(crate) fn pkcs11_tool(&self, arguments: &str) -> String {
        self.must(&format!("pkcs11-tool --module {LIBRARY} --login --pin {PIN} {arguments}"))
    }

    /// How many objects of a class lie on the card.
    pub(crate) fn count(&self, class: &str) -> usize {
        self.pkcs11_tool(&format!("--list-objects --type {class}")).matches("ID:").count()
    }

    /// The recipient types a line.
    pub(crate) fn type_in(&mut self, pin: &str) {
        writeln!(self.keyboard, "{pin}").unwrap();
    }

    /// A page of the portal asks.
    pub(crate) fn ask(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let host = self.address.clone();
        let answer = raw(&host, &request(method, path, &[("Host", &host), ("Origin", ORIGIN)], body));
        self.answers += &format!("{}{}", answer.head, answer.body);
        answer
    }

    /// The recipient types, and a page asks.
    pub(crate) fn ask_with(&mut self, pin: &str, path: &str, body: &Value) -> Answer {
        self.type_in(pin);
        self.ask("POST", path, &body.to_string())
    }

    /// Everything that the agent has told anybody, pages and logs.
    pub(crate) fn told(&self) -> String {
        self.answers.clone() + &fs::read_to_string(self.path("log")).unwrap()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ended = self.agent.kill();
        let _ended = self.agent.wait();
    }
}

/// The text of a request.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\n{headers}Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

/// Sends a request and reads its answer.
pub(crate) fn raw(address: &str, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}
