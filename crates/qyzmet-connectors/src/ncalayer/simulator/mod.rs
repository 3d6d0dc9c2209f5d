//! A stand-in for NCALayer: the same WebSocket protocol, real signatures with the key files of invented people.

mod answer;
mod certificate;
mod control;
mod keys;
mod request;
mod session;

use std::{future::Future, net::SocketAddr, path::PathBuf, sync::Arc};

use qyzmet_app::clock::Clock;
use secrecy::SecretString;
use tokio_rustls::TlsAcceptor;

use crate::simulation::{self, Running, SimulatorError, Stop, Switch};
use control::Chosen;
use keys::Keys;

/// How the program, or rather the person in front of it, shall behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Signs.
    Ok,
    /// The person closes the window.
    Cancel,
    /// The program reports an error.
    Error,
    /// The connection breaks when a signature is asked for.
    Drop,
}

const MODES: &[(&str, Mode)] =
    &[("ok", Mode::Ok), ("cancel", Mode::Cancel), ("error", Mode::Error), ("drop", Mode::Drop)];

/// How to start it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the WebSocket is; loopback only. NCALayer's own port is 13579.
    pub addr: SocketAddr,
    /// Where the page and the switch are; loopback only.
    pub page: SocketAddr,
    /// Whether to speak `wss` with a certificate made at start, as browsers expect, or plain `ws` for tests.
    pub tls: bool,
    /// Folder of `*.p12` key files; files that arrive later are seen too.
    pub keys: PathBuf,
    /// The password of all of them.
    pub password: SecretString,
    /// Where the time comes from.
    pub clock: Clock,
}

/// What all sessions share.
struct Layer {
    switch: Switch<Mode>,
    chosen: Chosen,
    keys: Keys,
    clock: Clock,
}

/// Starts it; it stops when `shutdown` completes.
///
/// # Errors
/// When an address is not a loopback address or cannot be listened on, or the certificate cannot be made.
pub async fn serve(
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<Running, SimulatorError> {
    for addr in [options.addr, options.page] {
        if !addr.ip().is_loopback() {
            return Err(SimulatorError::NotLoopback(addr));
        }
    }
    let tls = if options.tls { Some(certificate::acceptor(options.clock.now())?) } else { None };
    let (socket, addr) = simulation::listen(options.addr).await?;
    let (http, page) = simulation::listen(options.page).await?;
    let layer = Arc::new(Layer {
        switch: Switch::new(MODES, Mode::Ok),
        chosen: Chosen::default(),
        keys: Keys::new(options.keys, options.password),
        clock: options.clock,
    });
    let stop = Stop::when(shutdown);
    let pages = simulation::serve_http(http, control::routes(layer.clone()), stop.clone());
    let sessions = simulation::accept(socket, stop, move |stream| meet(stream, tls.clone(), layer.clone()));
    Ok(simulation::running(addr, page, async move {
        tokio::join!(pages, sessions);
    }))
}

/// One browser tab, over TLS or plain.
async fn meet(stream: tokio::net::TcpStream, tls: Option<TlsAcceptor>, layer: Arc<Layer>) {
    match tls {
        None => session::serve(stream, layer).await,
        Some(acceptor) => match acceptor.accept(stream).await {
            Ok(stream) => session::serve(stream, layer).await,
            // A browser that does not trust the certificate breaks off here.
            Err(error) => tracing::debug!(%error, "no TLS with the browser"),
        },
    }
}
