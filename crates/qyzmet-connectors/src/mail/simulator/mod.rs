//! A mail relay: a small real SMTP server whose letters anyone can read on a page.

mod inbox;
mod mime;
mod session;

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Query, State},
    response::Html,
    routing::get,
};
use qyzmet_app::clock::Clock;
use serde::Deserialize;

use crate::simulation::{self, Running, SimulatorError, Stop, Switch, html};
use inbox::Inbox;
pub use inbox::{Received, ReceivedFile};

/// How the relay shall behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As it should.
    Ok,
    /// Greets late.
    Slow,
    /// Closes each connection at once.
    Down,
    /// Asks for patience (450).
    Throttle,
    /// Refuses every recipient for good (550).
    Reject,
    /// Breaks the connection in the middle of a letter.
    Disconnect,
}

const MODES: &[(&str, Mode)] = &[
    ("ok", Mode::Ok),
    ("slow", Mode::Slow),
    ("down", Mode::Down),
    ("throttle", Mode::Throttle),
    ("reject", Mode::Reject),
    ("disconnect", Mode::Disconnect),
];

/// How to start the relay.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where SMTP is spoken; port 0 takes a free one.
    pub addr: SocketAddr,
    /// Where the page and the JSON API are.
    pub page: SocketAddr,
    /// How late the answer to a letter is in the mode `slow`.
    pub slow: Duration,
    /// Where the time comes from.
    pub clock: Clock,
}

/// What all sessions share.
struct Relay {
    options: Options,
    switch: Switch<Mode>,
    inbox: Inbox,
}

/// Starts the relay; it stops when `shutdown` completes.
///
/// # Errors
/// When an address cannot be listened on.
pub async fn serve(
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<Running, SimulatorError> {
    let (smtp, addr) = simulation::listen(options.addr).await?;
    let (http, page) = simulation::listen(options.page).await?;
    let relay = Arc::new(Relay { options, switch: Switch::new(MODES, Mode::Ok), inbox: Inbox::default() });
    let stop = Stop::when(shutdown);
    let pages = simulation::serve_http(http, routes(relay.clone()), stop.clone());
    let sessions = simulation::accept(smtp, stop, move |stream| session::serve(stream, relay.clone()));
    Ok(simulation::running(addr, page, async move {
        tokio::join!(pages, sessions);
    }))
}

/// One mailbox, or all.
#[derive(Deserialize)]
struct Mailbox {
    to: Option<String>,
}

fn routes(relay: Arc<Relay>) -> Router {
    let switch = relay.switch.clone();
    Router::new()
        .route("/", get(show))
        .route("/api/messages", get(list))
        .with_state(relay)
        .merge(simulation::switch_routes(switch))
}

async fn list(State(relay): State<Arc<Relay>>, Query(mailbox): Query<Mailbox>) -> Json<Vec<Received>> {
    Json(relay.inbox.to(mailbox.to.as_deref()))
}

async fn show(State(relay): State<Arc<Relay>>) -> Html<String> {
    let letters = relay.inbox.to(None);
    let row = |letter: &Received| {
        let files: Vec<&str> = letter.files.iter().map(|file| file.name.as_str()).collect();
        let Received { to, subject, text, at, .. } = letter;
        vec![to.clone(), subject.clone(), text.clone(), files.join(", "), at.to_string()]
    };
    let rows: Vec<Vec<String>> = letters.iter().take(100).map(row).collect();
    let table = html::table(&["To", "Subject", "Text", "Files", "At"], &rows);
    Html(html::page("Mail relay (simulator)", &relay.switch, &table))
}
