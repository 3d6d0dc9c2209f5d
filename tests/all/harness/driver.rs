//! chromedriver with a headless Chromium, ended with its guard.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use xtask::{net, process::Part, shell};

/// What keeps Chromium from asking the world for things.
const QUIET: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A running driver and its browser's session.
pub(super) struct Driver {
    pub(super) client: Client,
    /// Where files go that the person saves.
    pub(super) downloads: PathBuf,
    _process: Part,
}

impl Driver {
    /// Starts both; the profile lies in `folder` and is new, as several people may have a browser at one portal.
    pub(super) async fn start(folder: &Path) -> Self {
        let program = shell::which("chromedriver");
        let program = program.expect("chromedriver is missing: apt-get install chromium chromium-driver");
        let port = net::free_port().expect("a port");
        let folder = folder.join(format!("browser-{port}"));
        let mut command = Command::new(program);
        command.arg(format!("--port={port}"));
        let mut process = Part::start("chromedriver", &command, &folder).expect("chromedriver starts");
        process.wait(Duration::from_secs(30), || net::listens(port)).expect("chromedriver is ready");
        let mut arguments: Vec<String> = QUIET.iter().map(|word| (*word).to_owned()).collect();
        arguments.push(format!("--user-data-dir={}", folder.join("profile").display()));
        let mut wishes = Map::new();
        let downloads = folder.join("downloads");
        let tastes = json!({ "download.default_directory": downloads });
        wishes.insert("goog:chromeOptions".to_owned(), json!({ "args": arguments, "prefs": tastes }));
        wishes.insert("acceptInsecureCerts".to_owned(), Value::Bool(true));
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(wishes).connect(&format!("http://127.0.0.1:{port}")).await;
        Self { client: client.expect("Chromium starts"), downloads, _process: process }
    }
}
