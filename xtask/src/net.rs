//! Ports and readiness on this machine.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    process,
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use crate::Failure;

/// Ports that are looked through: below those that the system gives to outgoing connections, any of which could take the
/// port between our finding it and a part's listening there.
const FIRST: u16 = 10_240;
const SPAN: u16 = 22_000;
/// How far apart processes that were started one after the other begin to look.
const STRIDE: u32 = 37;

/// How many ports this process has looked at.
static LOOKED_AT: AtomicU16 = AtomicU16::new(0);

/// A port that nobody listens on now, and that no other test or connection is likely to take soon.
///
/// # Errors
/// When all are taken.
pub fn free_port() -> Result<u16, Failure> {
    let start = process::id().wrapping_mul(STRIDE) % u32::from(SPAN);
    let candidates = (0..SPAN).map(|_| {
        let step = u32::from(LOOKED_AT.fetch_add(1, Ordering::Relaxed));
        u16::try_from((start + step) % u32::from(SPAN)).map_or(FIRST, |offset| FIRST + offset)
    });
    let mut free = candidates.filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    free.next().ok_or_else(|| Failure::unexpected("no free port"))
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
        assert_ne!(free_port().unwrap(), port, "who asks again gets another one, though nobody listens yet");
        let _taken = TcpListener::bind(("127.0.0.1", port)).unwrap();
        assert!(listens(port));
    }
}
