//! What this machine can do at best: syncing to disk, raw signatures, a server that does nothing.

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use tokio::{net::TcpListener, task::JoinSet};
use xtask::{Failure, progress::say, shell};

use crate::{http::Connection, tally::Tally};

/// Syncs of a small write, one after the other.
pub(crate) fn disk(folder: &Path) -> Result<(), Failure> {
    let path = folder.join("sync");
    let mut file = File::create(&path).map_err(Failure::file(&path))?;
    let mut tally = Tally::start();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(2) {
        let started = Instant::now();
        file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).map_err(Failure::file(&path))?;
        tally.note(started.elapsed());
    }
    Tally::together(vec![tally]).print("fdatasync after 4 KiB, one after the other", "syncs");
    std::fs::remove_file(&path).map_err(Failure::file(&path))
}

/// Raw P-256 by OpenSSL on all cores.
pub(crate) fn keys() -> Result<(), Failure> {
    let said =
        shell::output(Command::new("openssl").args(["speed", "-seconds", "2", "-multi", "2", "ecdsap256"]))?;
    let said = String::from_utf8_lossy(&said);
    let line = said.lines().rfind(|line| line.contains("nistp256")).unwrap_or_default();
    let figures: Vec<&str> = line.split_whitespace().rev().take(2).collect();
    if let [verified, signed] = figures[..] {
        say(&format!(
            "{signed:>10} signatures/s, {verified} verifications/s   raw P-256 by OpenSSL on two cores"
        ));
    }
    Ok(())
}

/// A server that only says hello, asked by as many connections as the portal will be.
pub(crate) async fn bare_server(connections: usize, span: Duration) -> Result<(), Failure> {
    let failed = |fault: std::io::Error| Failure::unexpected(fault.to_string());
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    let server = std::thread::spawn(move || serve(listener));
    let mut clients = JoinSet::new();
    for _ in 0..connections {
        clients.spawn(ask(port, span));
    }
    let mut tallies = Vec::new();
    while let Some(done) = clients.join_next().await {
        tallies.push(done.map_err(|fault| Failure::unexpected(fault.to_string()))??);
    }
    Tally::together(tallies).print("bare axum that says hello", "answers");
    drop(server);
    Ok(())
}

/// A runtime of its own, as the portal has one of its own.
fn serve(listener: TcpListener) -> Result<(), std::io::Error> {
    let listener = listener.into_std()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async move {
        let listener = TcpListener::from_std(listener)?;
        axum::serve(listener, Router::new().route("/", get(|| async { "hello" }))).await
    })
}

async fn ask(port: u16, span: Duration) -> Result<Tally, Failure> {
    let mut connection = Connection::open(port).await?;
    let mut tally = Tally::start();
    let begun = Instant::now();
    while begun.elapsed() < span {
        let started = Instant::now();
        connection.get("/", "").await?;
        tally.note(started.elapsed());
    }
    Ok(tally)
}
