//! The e-government gateway (SHEP), synchronous channel: one signed question, one signed answer.

pub(crate) mod answer;
mod envelope;
mod service;
pub mod simulator;
mod transport;
pub(crate) mod xml;

#[cfg(test)]
pub(crate) mod test_support;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use qyzmet_app::ports::Fault;
use qyzmet_domain::{Bin, MessageId};
use qyzmet_pki::{Identity, Trust};
use roxmltree::Node;
use secrecy::SecretString;

pub use qyzmet_app::clock::Clock;

use crate::hostile_xml;
pub(crate) use service::Service;
use transport::Transport;

/// Namespaces of the channel; their children stand in no namespace.
pub(crate) mod namespace {
    pub(crate) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
    pub(crate) const TYPES: &str = "http://bip.bee.kz/SyncChannel/v10/Types";
    pub(crate) const COMMON: &str = "http://bip.bee.kz/common/v10/Types";
    pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
}

/// Status codes of the channel.
pub(crate) mod status {
    /// Processed successfully.
    pub(crate) const DONE: &str = "SCSS001";
    /// A business "no": nothing found, or refused; the data say which.
    pub(crate) const BUSINESS_NO: &str = "SCSE001";
}

/// Where the gateway is, who we are to it, and whom we believe.
#[derive(Clone)]
pub struct GatewayConfig {
    /// Address of the synchronous channel.
    pub url: String,
    /// Our name at the gateway (`senderId`).
    pub sender_id: String,
    /// Our password at the gateway, if it gave us one.
    pub password: Option<SecretString>,
    /// The organisation's key and certificate: signs each question.
    pub identity: Arc<Identity>,
    /// Anchors of the gateway's certificate.
    pub trust: Arc<Trust>,
    /// BIN in the gateway's certificate. A trusted certificate of anybody else is a stranger's.
    pub gateway_bin: Bin,
    /// Longest time for one question, all attempts to connect included.
    pub timeout: Duration,
    /// Where the time comes from.
    pub clock: Clock,
}

/// The gateway cannot be used as configured.
#[derive(Debug, thiserror::Error)]
#[error("gateway: {0}")]
pub struct GatewayConfigError(String);

/// A configured way to the gateway; cheap to clone, shared by the clients of all registers behind it.
#[derive(Clone)]
pub struct Gateway {
    config: Arc<GatewayConfig>,
    transport: Transport,
}

/// One question, before it is put into an envelope.
struct Question<'a> {
    service: &'a str,
    message: &'a MessageId,
    /// The `data` element, complete.
    data: String,
}

/// What the register behind the gateway said: channel status and the `data` element.
pub(crate) struct Said<'a, 'input> {
    pub(crate) status: &'a str,
    pub(crate) data: Option<Node<'a, 'input>>,
}

impl Gateway {
    /// Prepares the connection pool; connects to nothing yet.
    ///
    /// # Errors
    /// When the address is not an http(s) address or TLS cannot be set up.
    pub fn new(config: GatewayConfig) -> Result<Self, GatewayConfigError> {
        let transport = Transport::new(&config.url, config.timeout).map_err(GatewayConfigError)?;
        Ok(Self { config: Arc::new(config), transport })
    }

    /// Asks and checks who answers; `read` turns what was said into an answer.
    async fn exchange<T>(
        &self,
        question: Question<'_>,
        read: impl FnOnce(&Said<'_, '_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let envelope = envelope::question(&self.config, &question, self.config.clock.now());
        let signed = qyzmet_pki::xml::sign_body(&envelope, &self.config.identity)
            .map_err(|_| Fault::Unavailable("our own key does not sign".to_owned()))?;
        let bytes = self.transport.post(signed).await?;
        let document = hostile_xml::parse(&bytes).map_err(|hostile| Fault::Malformed(hostile.to_string()))?;
        let body = answer::body(&document)?;
        self.check_signature(&document)?;
        answer::read(body, &question.message.to_string(), read)
    }

    /// The signature must be whole, the certificate trusted, and its owner the gateway.
    fn check_signature(&self, document: &roxmltree::Document<'_>) -> Result<(), Fault> {
        let now = self.config.clock.now();
        let certificate = qyzmet_pki::xml::verify_body(document.input_text(), &self.config.trust, now)
            .map_err(|_| Fault::BadSignature)?;
        let owner = certificate.subject().bin.as_deref();
        if owner == Some(self.config.gateway_bin.as_str()) { Ok(()) } else { Err(Fault::BadSignature) }
    }
}
