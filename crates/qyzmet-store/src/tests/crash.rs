//! A process killed in the middle of its work: whatever it had acknowledged is there afterwards.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::{Store, StoreConfig, counters};

const PATH: &str = "QYZMET_CRASH_TEST";

fn config(path: PathBuf) -> StoreConfig {
    StoreConfig::Sqlite { path, queue: 64 }
}

/// Writes without end and tells each acknowledged number.
async fn write_on(store: Store) {
    loop {
        let number = store.write(|tx| counters::next(tx, "x")).await.unwrap();
        std::io::stdout().write_all(format!("acknowledged {number}\n").as_bytes()).unwrap();
    }
}

/// The process that is killed: eight clients.
#[test]
#[ignore = "run by the test below in a process of its own"]
fn writes_until_it_is_killed() {
    let Some(path) = env::var_os(PATH) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(config(path.into())).await.unwrap();
        for _ in 0..7 {
            tokio::spawn(write_on(store.clone()));
        }
        write_on(store).await;
    });
}

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("qyzmet.db");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(Store::migrate(config(path.clone()))).unwrap();
    let mut acknowledged = 0;
    for round in 1..=3 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "tests::crash::writes_until_it_is_killed", "--ignored", "--nocapture"])
            .env(PATH, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let number =
            |line: String| line.strip_prefix("acknowledged ").and_then(|text| text.parse::<u64>().ok());
        // Killed at a different point of its work each time.
        let enough = acknowledged + 100 * round;
        acknowledged = lines.by_ref().filter_map(number).find(|number| *number >= enough).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged = lines.filter_map(number).fold(acknowledged, u64::max);
    }
    let last = runtime.block_on(async {
        let store = Store::open(config(path)).await.unwrap();
        let next = store.write(|tx| counters::next(tx, "x")).await.unwrap();
        store.close().await;
        next - 1
    });
    assert!(last >= acknowledged, "{acknowledged} were acknowledged, {last} are there");
}
