//! E-mail over SMTP to a relay on the same machine or private network, through a pool of kept connections.

mod pool;
pub mod simulator;

#[cfg(test)]
mod tests;

use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use lettre::{
    Message,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
};
use qyzmet_app::{
    clock::Clock,
    ports::{Fault, Letter, MailRelay},
};
use secrecy::SecretString;

use pool::Pool;

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
    /// Longest time for one letter, connecting included.
    pub timeout: Duration,
    /// Connections kept.
    pub connections: usize,
    /// Where the time comes from.
    pub clock: Clock,
}

/// The relay cannot be used as configured.
#[derive(Debug, thiserror::Error)]
#[error("mail: the sender's address is not an address")]
pub struct MailConfigError;

/// Client of the relay.
pub struct Client {
    pool: Pool,
    from: Mailbox,
    domain: String,
    timeout: Duration,
    clock: Clock,
}

impl Client {
    /// Prepares the pool; connects to nothing yet.
    ///
    /// # Errors
    /// When the sender's address is not an address.
    pub fn new(config: MailConfig) -> Result<Self, MailConfigError> {
        let from = config.from.parse().map_err(|_| MailConfigError)?;
        let relay = (config.host, config.port);
        let pool = Pool::new(relay, &config.domain, config.login, config.connections);
        let (domain, timeout, clock) = (config.domain, config.timeout, config.clock);
        Ok(Self { pool, from, domain, timeout, clock })
    }

    fn message(&self, letter: &Letter) -> Result<Message, Fault> {
        let rejected = |what: &str| Fault::Rejected(what.to_owned());
        let to: Mailbox = letter.to.parse().map_err(|_| rejected("the address is not an address"))?;
        let head = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&letter.subject)
            // The same letter keeps its id, so that a repetition is one letter for the reader's program.
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .date(SystemTime::from(self.clock.now()));
        let message = if letter.attachments.is_empty() {
            head.header(ContentType::TEXT_PLAIN).body(letter.text.clone())
        } else {
            head.multipart(parts(letter)?)
        };
        message.map_err(|_| rejected("the letter cannot be written"))
    }
}

/// The text with its files behind it (RFC 2046, 5.1.3).
fn parts(letter: &Letter) -> Result<MultiPart, Fault> {
    let text = MultiPart::mixed().singlepart(SinglePart::plain(letter.text.clone()));
    letter.attachments.iter().try_fold(text, |parts, file| {
        let media = ContentType::parse(file.media);
        let media = media.map_err(|_| Fault::Rejected("a file of no media type".to_owned()))?;
        Ok(parts.singlepart(Attachment::new(file.name.clone()).body(file.bytes.clone(), media)))
    })
}

#[async_trait]
impl MailRelay for Client {
    async fn send(&self, letter: Letter) -> Result<(), Fault> {
        let message = self.message(&letter)?;
        tokio::time::timeout(self.timeout, self.pool.send(&message)).await.unwrap_or(Err(Fault::Timeout))
    }
}
