//! E-mail over SMTP to a relay on the same machine or private network, through a pool of kept connections.

pub mod simulator;

#[cfg(test)]
mod tests;

use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{PoolConfig, authentication::Credentials, extension::ClientId},
};
use qyzmet_app::{
    clock::Clock,
    ports::{Fault, Letter, MailRelay},
};
use secrecy::{ExposeSecret, SecretString};

/// Where the relay is and who writes.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// Host of the relay.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Name and password at the relay, if it asks for them.
    pub login: Option<(String, SecretString)>,
    /// Who writes, for example `Портал <no-reply@example.kz>`.
    pub from: String,
    /// Our own name in greetings and in Message-ID.
    pub domain: String,
    /// Longest time for one command of the relay.
    pub timeout: Duration,
    /// Connections kept.
    pub connections: u32,
    /// Where the time comes from.
    pub clock: Clock,
}

/// The relay cannot be used as configured.
#[derive(Debug, thiserror::Error)]
#[error("mail: the sender's address is not an address")]
pub struct MailConfigError;

/// Client of the relay.
pub struct Client {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    domain: String,
    clock: Clock,
}

impl Client {
    /// Prepares the pool; connects to nothing yet.
    ///
    /// # Errors
    /// When the sender's address is not an address.
    pub fn new(config: MailConfig) -> Result<Self, MailConfigError> {
        let from = config.from.parse().map_err(|_| MailConfigError)?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .hello_name(ClientId::Domain(config.domain.clone()))
            .timeout(Some(config.timeout))
            .pool_config(PoolConfig::new().max_size(config.connections.max(1)));
        let builder = match config.login {
            Some((name, password)) => {
                builder.credentials(Credentials::new(name, password.expose_secret().to_owned()))
            }
            None => builder,
        };
        Ok(Self { transport: builder.build(), from, domain: config.domain, clock: config.clock })
    }

    fn message(&self, letter: &Letter) -> Result<Message, Fault> {
        let rejected = |what: &str| Fault::Rejected(what.to_owned());
        let to: Mailbox = letter.to.parse().map_err(|_| rejected("the address is not an address"))?;
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&letter.subject)
            // The same letter keeps its id, so that a repetition is one letter for the reader's program.
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .date(SystemTime::from(self.clock.now()))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| rejected("the letter cannot be written"))
    }
}

#[async_trait]
impl MailRelay for Client {
    async fn send(&self, letter: Letter) -> Result<(), Fault> {
        let message = self.message(&letter)?;
        self.transport.send(message).await.map(|_| ()).map_err(|error| fault(&error))
    }
}

/// The relay's own texts repeat addresses, so only its codes go on.
fn fault(error: &lettre::transport::smtp::Error) -> Fault {
    let code = error.status().map(|code| code.to_string());
    match code {
        _ if error.is_timeout() => Fault::Timeout,
        Some(code) if error.is_permanent() => Fault::Rejected(format!("SMTP {code}")),
        // 421 and 450-452 are how relays ask for patience.
        Some(code) if code.starts_with("45") => Fault::Throttled,
        Some(code) => Fault::Unavailable(format!("SMTP {code}")),
        None => Fault::Unavailable("no connection to the mail relay".to_owned()),
    }
}
