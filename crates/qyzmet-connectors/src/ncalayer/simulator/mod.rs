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
use tokio::net::TcpStream;
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
    /// Where the WebSocket is, `wss` with a certificate made at start and `ws` alike; loopback only. NCALayer's own port is 13579.
    pub addr: SocketAddr,
    /// Where the page and the switch are; loopback only.
    pub page: SocketAddr,
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
    let tls = certificate::acceptor(options.clock.now())?;
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

/// First byte of a TLS connection: a handshake record.
const HANDSHAKE: u8 = 0x16;

/// One browser tab: over TLS, as NCALayer has it, or plain, for a demo whose certificate no browser has been told to trust.
async fn meet(stream: TcpStream, tls: TlsAcceptor, layer: Arc<Layer>) {
    let mut first = [0];
    match stream.peek(&mut first).await {
        Ok(1..) if first == [HANDSHAKE] => match tls.accept(stream).await {
            Ok(stream) => session::serve(stream, layer).await,
            // A browser that does not trust the certificate breaks off here.
            Err(error) => tracing::debug!(%error, "no TLS with the browser"),
        },
        Ok(1..) => session::serve(stream, layer).await,
        Ok(0) | Err(_) => {}
    }
}
