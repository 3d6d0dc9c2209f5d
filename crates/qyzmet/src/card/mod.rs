//! The card agent: a small local service at an operator's workstation, between the portal's page and the card in the reader.
//!
//! The page asks (`door`: one origin, loopback only), the recipient types the PIN at the agent itself (`pin`), and the
//! card does the work (`bench`). Nothing of the PIN comes from the page, goes to it, or stands in a log [R839-9.P6].

mod bench;
mod door;
mod origin;
mod pin;
mod wire;

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::net::TcpListener;

pub use self::{
    bench::{Bench, Draw},
    origin::{Origin, OriginError},
    pin::{PinError, PinSource},
};

/// The agent cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The address can be reached from other computers.
    #[error("{0} is no loopback address: only pages on this computer may reach the card")]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("{0}: {1}")]
    Listen(SocketAddr, io::Error),
}

/// An agent that listens and has not begun to answer.
#[derive(Debug)]
pub struct Agent {
    listener: TcpListener,
    address: SocketAddr,
}

impl Agent {
    /// Listens on a loopback address.
    ///
    /// # Errors
    /// [`AgentError`].
    pub async fn listen(address: SocketAddr) -> Result<Self, AgentError> {
        if !address.ip().is_loopback() {
            return Err(AgentError::NotLoopback(address));
        }
        let failed = |why| AgentError::Listen(address, why);
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers the pages of one origin.
    ///
    /// # Errors
    /// When the network fails.
    pub async fn serve(self, origin: &Origin, bench: Bench) -> io::Result<()> {
        axum::serve(self.listener, door::router(self.address, origin, Arc::new(bench))).await
    }
}

/// Whether the page that asked has gone away. Work that waits for a person looks at it.
#[derive(Clone, Debug, Default)]
pub struct Gone(Arc<AtomicBool>);

impl Gone {
    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Sets it when the answer is not waited for any more: the page was closed, or the agent is being stopped.
struct Waiting(Gone);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}
