//! What all simulators share: how they start and stop, their switch, and the plain page a person sees.

pub mod html;
mod switch;

use std::{future::Future, io, net::SocketAddr};

use axum::Router;
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinHandle, JoinSet},
};

pub(crate) use switch::routes as switch_routes;
pub use switch::{Switch, UnknownMode};

/// Why a simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The address cannot be listened on.
    #[error("cannot listen on {addr}: {source}")]
    Listen {
        /// The address asked for.
        addr: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// A simulator of a program on the user's own machine must not be reachable from elsewhere.
    #[error("{0} is not a loopback address")]
    NotLoopback(SocketAddr),
    /// A key file in the folder cannot be read.
    #[error("key file {file}: {reason}")]
    Key {
        /// Name of the file.
        file: String,
        /// Why not; never the password.
        reason: String,
    },
    /// The certificate for `localhost` cannot be made.
    #[error("TLS: {0}")]
    Tls(String),
}

/// A simulator that is serving.
#[derive(Debug)]
pub struct Running {
    /// Where the protocol itself is spoken (SOAP over HTTP, SMPP, SMTP, WebSocket).
    pub addr: SocketAddr,
    /// Where the human page, the JSON API and the switch are. The gateway has both on one port.
    pub page: SocketAddr,
    task: JoinHandle<()>,
}

impl Running {
    /// Waits until the simulator has stopped, which it does after its `shutdown` future has completed.
    pub async fn stopped(self) {
        // A task that was cancelled from outside has stopped as well.
        let _ = self.task.await;
    }
}

/// Tells every connection of one simulator that it is time to stop.
#[derive(Clone, Debug)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Starts watching `shutdown`.
    pub(crate) fn when(shutdown: impl Future<Output = ()> + Send + 'static) -> Self {
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            tokio::select! {
                () = shutdown => {}
                () = sender.closed() => {}
            }
            sender.send_replace(true);
        });
        Self(receiver)
    }

    /// Completes when it is time.
    pub(crate) async fn asked(mut self) {
        // A sender that is gone means the same: stop.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

/// Listens, and says where when it cannot.
pub(crate) async fn listen(addr: SocketAddr) -> Result<(TcpListener, SocketAddr), SimulatorError> {
    let failed = |source| SimulatorError::Listen { addr, source };
    let listener = TcpListener::bind(addr).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// Serves a router until asked to stop.
pub(crate) async fn serve_http(listener: TcpListener, router: Router, stop: Stop) {
    let served = axum::serve(listener, router).with_graceful_shutdown(stop.asked()).await;
    if let Err(error) = served {
        tracing::warn!(%error, "a simulator's page stopped");
    }
}

/// Runs `session` for each connection until asked to stop; then waits for none of them.
pub(crate) async fn accept<S, F>(listener: TcpListener, stop: Stop, session: S)
where
    S: Fn(tokio::net::TcpStream) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let mut sessions = JoinSet::new();
    let asked = stop.asked();
    tokio::pin!(asked);
    loop {
        tokio::select! {
            () = &mut asked => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    // Small messages in both directions: waiting to fill a packet only adds delay.
                    let _ = stream.set_nodelay(true);
                    sessions.spawn(session(stream));
                }
                Err(error) => tracing::warn!(%error, "a simulator could not accept a connection"),
            },
            Some(_) = sessions.join_next() => {}
        }
    }
    sessions.abort_all();
}

/// Puts the parts together once both listeners are known.
pub(crate) fn running(
    addr: SocketAddr,
    page: SocketAddr,
    work: impl Future<Output = ()> + Send + 'static,
) -> Running {
    Running { addr, page, task: tokio::spawn(work) }
}
