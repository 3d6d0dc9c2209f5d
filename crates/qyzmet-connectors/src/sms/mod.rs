//! Short messages over SMPP 3.4: one transceiver bind that is kept alive and renewed, UCS-2 texts, delivery receipts.
//!
//! A message is handed over at most once per process unless its fate is unknown: when the connection breaks before the
//! centre has answered, the caller gets a fault and may try again, for a lost code is worse than the same code twice.

mod link;
mod once;
mod pace;
mod receipt;
pub mod simulator;
mod text;

#[cfg(test)]
mod tests;

use std::time::Duration;

use async_trait::async_trait;
use qyzmet_app::ports::{Fault, MessageCentre, Receipt, ShortMessage};
use rusmpp::{
    CommandStatus,
    pdus::SubmitSm,
    types::{COctetString, OctetString},
    values::{DataCoding, EsmClass, MCDeliveryReceipt, Npi, RegisteredDelivery, Ton},
};
use secrecy::SecretString;
use tokio::sync::{Semaphore, mpsc};

use link::Link;
use once::Once;
use pace::Pace;

/// Where the message centre is and how to speak to it.
#[derive(Clone, Debug)]
pub struct SmsConfig {
    /// Host and port of the centre.
    pub addr: String,
    /// Our name at the centre.
    pub system_id: String,
    /// Our password at the centre, at most 8 characters in SMPP 3.4.
    pub password: SecretString,
    /// What the handset shows as the sender: a short number such as 1414, or up to 11 letters.
    pub sender: String,
    /// Longest time for one message, waiting for the connection included.
    pub timeout: Duration,
    /// How often the link is tried when nothing else is said.
    pub enquire_link: Duration,
    /// Messages out at the same time, waiting for the centre's answer.
    pub window: usize,
    /// Messages a second that the contract with the centre allows.
    pub per_second: u32,
    /// First pause before binding again; doubles up to thirty seconds.
    pub reconnect: Duration,
}

/// Client of the message centre.
pub struct Client {
    config: SmsConfig,
    link: Link,
    window: Semaphore,
    pace: Pace,
    once: Once,
}

impl Client {
    /// Starts to bind in the background, inside the present Tokio runtime, and goes on doing so until the client is
    /// dropped. The receiver gets the receipts; while nobody takes them the centre is not answered and keeps them.
    #[must_use]
    pub fn connect(config: SmsConfig) -> (Self, mpsc::Receiver<Receipt>) {
        let (receipts, taken) = mpsc::channel(1_024);
        let client = Self {
            link: Link::start(config.clone(), receipts),
            window: Semaphore::new(config.window.max(1)),
            pace: Pace::new(config.per_second),
            once: Once::default(),
            config,
        };
        (client, taken)
    }

    /// Whether the centre has accepted our bind, for health.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.link.is_bound()
    }

    /// Says goodbye to the centre; later messages are faults.
    pub async fn close(&self) {
        self.link.close().await;
    }

    async fn submit(&self, message: &ShortMessage) -> Result<String, Fault> {
        let pdu = self.pdu(message)?;
        let _slot = self.window.acquire().await.map_err(|_| unavailable("closed"))?;
        self.pace.wait().await;
        let client = self.link.bound().await?;
        let answer = client.submit_sm(pdu).await.map_err(|error| fault(&error))?;
        Ok(answer.message_id().as_str().to_owned())
    }

    fn pdu(&self, message: &ShortMessage) -> Result<SubmitSm, Fault> {
        let text = text::encode(&message.text)?;
        let to = message.to.as_str().trim_start_matches('+');
        let address = |digits: &str| COctetString::from_vec([digits.as_bytes(), b"\0"].concat());
        let bad = |_| Fault::Rejected("address does not fit".to_owned());
        let letters = self.config.sender.bytes().any(|byte| !byte.is_ascii_digit());
        let receipt =
            MCDeliveryReceipt::McDeliveryReceiptRequestedWhereFinalDeliveryOutcomeIsSuccessOrFailure;
        Ok(SubmitSm::builder()
            .source_addr_ton(if letters { Ton::Alphanumeric } else { Ton::NetworkSpecific })
            .source_addr_npi(Npi::Unknown)
            .source_addr(address(&self.config.sender).map_err(bad)?)
            .dest_addr_ton(Ton::International)
            .dest_addr_npi(Npi::Isdn)
            .destination_addr(address(to).map_err(bad)?)
            // The library's default class has a bit set that means something else in SMPP 3.4.
            .esm_class(EsmClass::from(0))
            .registered_delivery(RegisteredDelivery::from(u8::from(receipt)))
            .data_coding(DataCoding::Ucs2)
            .short_message(
                OctetString::from_vec(text).map_err(|_| Fault::Rejected("text too long".to_owned()))?,
            )
            .build())
    }
}

#[async_trait]
impl MessageCentre for Client {
    async fn send(&self, message: ShortMessage) -> Result<String, Fault> {
        let sent = self.once.run(message.id, self.submit(&message));
        match tokio::time::timeout(self.config.timeout, sent).await {
            Ok(outcome) => outcome,
            Err(_) if self.is_bound() => Err(Fault::Timeout),
            Err(_) => Err(unavailable("no bind to the message centre")),
        }
    }
}

fn unavailable(why: &str) -> Fault {
    Fault::Unavailable(why.to_owned())
}

/// The library prints whole messages in its errors, so only their kind goes on.
fn fault(error: &rusmppc::error::Error) -> Fault {
    use rusmppc::error::Error;
    match error {
        Error::ResponseTimeout { .. } | Error::EnquireLinkTimeout { .. } => Fault::Timeout,
        Error::UnexpectedResponse { response } => status(response.status()),
        _ => unavailable("connection to the message centre broken"),
    }
}

fn status(status: CommandStatus) -> Fault {
    match status {
        CommandStatus::EsmeRthrottled | CommandStatus::EsmeRmsgqful => Fault::Throttled,
        CommandStatus::EsmeRinvdstadr
        | CommandStatus::EsmeRinvmsglen
        | CommandStatus::EsmeRinvsrcadr
        | CommandStatus::EsmeRinvdstton
        | CommandStatus::EsmeRinvdstnpi => Fault::Rejected(format!("{status:?}")),
        other => Fault::Unavailable(format!("{other:?}")),
    }
}
