//! Ports and readiness on this machine.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

use crate::Failure;

/// A port that nobody listens on now.
///
/// # Errors
/// When the system gives none.
pub fn free_port() -> Result<u16, Failure> {
    let taken = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    taken.map(|address| address.port()).map_err(|fault| Failure::unexpected(format!("no free port: {fault}")))
}

/// Whether something accepts connections on the port.
#[must_use]
pub fn listens(port: u16) -> bool {
    TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), Duration::from_millis(200)).is_ok()
}

/// Whether the address answers 200.
#[must_use]
pub fn answers(url: &str) -> bool {
    let agent =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(2))).build().new_agent();
    agent.get(url).call().is_ok_and(|answer| answer.status() == 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_port_is_free_until_taken() {
        let port = free_port().unwrap();
        assert!(!listens(port));
        let _taken = TcpListener::bind(("127.0.0.1", port)).unwrap();
        assert!(listens(port));
    }
}
