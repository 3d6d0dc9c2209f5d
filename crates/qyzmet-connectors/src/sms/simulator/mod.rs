//! A message centre: a real SMPP 3.4 server, and handsets whose messages anyone can read on a page.

mod inbox;
mod page;
mod session;

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

use qyzmet_app::clock::Clock;
use secrecy::SecretString;
use tracing::{instrument::WithSubscriber, subscriber::NoSubscriber};

use crate::simulation::{self, Running, SimulatorError, Stop, Switch};
use inbox::Inbox;
pub use inbox::Message;

/// How the centre shall behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As it should.
    Ok,
    /// Answers late.
    Slow,
    /// Refuses binds and closes what is open.
    Down,
    /// Asks for fewer messages.
    Throttle,
    /// Breaks the connection when a message arrives.
    Disconnect,
    /// Takes messages and never says what became of them.
    NoReceipt,
}

const MODES: &[(&str, Mode)] = &[
    ("ok", Mode::Ok),
    ("slow", Mode::Slow),
    ("down", Mode::Down),
    ("throttle", Mode::Throttle),
    ("disconnect", Mode::Disconnect),
    ("no-receipt", Mode::NoReceipt),
];

/// How to start the centre.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where SMPP is spoken; port 0 takes a free one.
    pub addr: SocketAddr,
    /// Where the page and the JSON API are.
    pub page: SocketAddr,
    /// The name that may bind.
    pub system_id: String,
    /// Its password.
    pub password: SecretString,
    /// How late an answer is in the mode `slow`.
    pub slow: Duration,
    /// Where the time comes from.
    pub clock: Clock,
}

/// What all sessions share.
struct Centre {
    options: Options,
    switch: Switch<Mode>,
    inbox: Inbox,
}

/// Starts the centre; it stops when `shutdown` completes.
///
/// # Errors
/// When an address cannot be listened on.
pub async fn serve(
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<Running, SimulatorError> {
    let (smpp, addr) = simulation::listen(options.addr).await?;
    let (http, page) = simulation::listen(options.page).await?;
    let centre = Arc::new(Centre { options, switch: Switch::new(MODES, Mode::Ok), inbox: Inbox::default() });
    let stop = Stop::when(shutdown);
    let pages = simulation::serve_http(http, page::routes(centre.clone()), stop.clone());
    let sessions = simulation::accept(smpp, stop, move |stream| {
        // The codec would write codes and numbers into the log.
        session::serve(stream, centre.clone()).with_subscriber(NoSubscriber::default())
    });
    Ok(simulation::running(addr, page, async move {
        tokio::join!(pages, sessions);
    }))
}
