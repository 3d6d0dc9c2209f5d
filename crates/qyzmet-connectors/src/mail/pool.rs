//! Kept connections to the relay.
//!
//! The library's own pool gives a connection back when a caller stops waiting, with an answer still on its way, and the next
//! letter would take that answer for its own. Here only a connection whose last answer was a plain yes is used again.

use std::sync::{Mutex, PoisonError};

use lettre::{
    Message,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::AsyncSmtpConnection,
        extension::ClientId,
    },
};
use qyzmet_app::ports::Fault;
use secrecy::{ExposeSecret, SecretString};
use tokio::{net::TcpStream, sync::Semaphore};

/// Ways to say the password, best first.
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

pub(super) struct Pool {
    relay: (String, u16),
    hello: ClientId,
    login: Option<(String, SecretString)>,
    places: Semaphore,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

impl Pool {
    pub(super) fn new(
        relay: (String, u16),
        domain: &str,
        login: Option<(String, SecretString)>,
        size: usize,
    ) -> Self {
        let hello = ClientId::Domain(domain.to_owned());
        Self { relay, hello, login, places: Semaphore::new(size.max(1)), idle: Mutex::default() }
    }

    /// Hands one letter over. A caller that stops waiting costs the connection, nothing else.
    pub(super) async fn send(&self, message: &Message) -> Result<(), Fault> {
        let _place = self.places.acquire().await.map_err(|_| unreachable_relay())?;
        let mut connection = self.connection().await?;
        connection.send(message.envelope(), &message.formatted()).await.map_err(|error| fault(&error))?;
        self.idle().push(connection);
        Ok(())
    }

    /// A kept connection that still answers, or a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, Fault> {
        loop {
            let Some(mut kept) = self.idle().pop() else { break };
            if kept.test_connected().await {
                return Ok(kept);
            }
        }
        let (host, port) = &self.relay;
        let stream = TcpStream::connect((host.as_str(), *port)).await.map_err(|_| unreachable_relay())?;
        // The library writes the final dot on its own; without this every letter waits 40 ms for it.
        stream.set_nodelay(true).map_err(|_| unreachable_relay())?;
        let fresh = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello).await;
        let mut fresh = fresh.map_err(|error| fault(&error))?;
        if let Some((name, password)) = &self.login {
            let credentials = Credentials::new(name.clone(), password.expose_secret().to_owned());
            fresh.auth(&MECHANISMS, &credentials).await.map_err(|error| login_fault(&error))?;
        }
        Ok(fresh)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unreachable_relay() -> Fault {
    Fault::Unavailable("no connection to the mail relay".to_owned())
}

/// A refused password is the operator's to put right, not the letter's fault.
fn login_fault(error: &Error) -> Fault {
    match fault(error) {
        Fault::Rejected(code) => Fault::Unavailable(format!("login refused, {code}")),
        other => other,
    }
}

/// The relay's own texts repeat addresses, so only its codes go on.
fn fault(error: &Error) -> Fault {
    let code = error.status().map(|code| code.to_string());
    match code {
        _ if error.is_timeout() => Fault::Timeout,
        Some(code) if error.is_permanent() => Fault::Rejected(format!("SMTP {code}")),
        // 450, 451 and 452 are how relays ask for patience.
        Some(code) if code.starts_with("45") => Fault::Throttled,
        Some(code) => Fault::Unavailable(format!("SMTP {code}")),
        None => unreachable_relay(),
    }
}
