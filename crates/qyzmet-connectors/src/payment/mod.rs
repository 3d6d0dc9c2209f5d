//! The payment gateway (ПШЭП) over signed HTTP: JSON both ways, each body with a detached signature in a header.
//!
//! No public protocol exists (kz-ecosystem, 6); the words are those that the gateway is known to need: payer, budget code
//! (KBK), purpose code (KNP), payee, amount, number of the payment, receipt of the bank.

pub mod simulator;
#[cfg(test)]
mod tests;
mod wire;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use jiff::Timestamp;
use qyzmet_app::{
    clock::Clock,
    ports::{Fault, PaymentGateway, PaymentOrder, PaymentPlace, PaymentState, RefundWish},
};
use qyzmet_domain::{Bin, Identifier};
use qyzmet_pki::{Identity, Trust};
use reqwest::{Client as Http, StatusCode, Url, redirect::Policy};

use crate::{
    breaker::{Breaker, BreakerConfig},
    tls,
};
use wire::{Order, Ordered, Question, Refund, Refunded, SIGNATURE, Said};

/// Largest answer that is read.
const MOST_BYTES: usize = 64 * 1024;

/// Where the gateway is, who we are to it, whom we believe, and where the money goes.
#[derive(Clone)]
pub struct PaymentConfig {
    /// Its address, with a slash at the end.
    pub url: String,
    /// The organisation's key and certificate: signs each message.
    pub identity: Arc<Identity>,
    /// Anchors of the gateway's certificate.
    pub trust: Arc<Trust>,
    /// BIN in the gateway's certificate.
    pub gateway_bin: Bin,
    /// Budget classification code of the fee.
    pub kbk: String,
    /// Purpose code of the payment.
    pub knp: String,
    /// Who is paid.
    pub payee: Bin,
    /// Longest time for one exchange.
    pub timeout: Duration,
    /// Where the time comes from.
    pub clock: Clock,
}

/// The gateway cannot be used as configured.
#[derive(Debug, thiserror::Error)]
#[error("payment gateway: {0}")]
pub struct PaymentConfigError(String);

/// The client.
pub struct Client {
    config: PaymentConfig,
    http: Http,
    url: Url,
    breaker: Breaker,
}

impl Client {
    /// Prepares the connection pool; connects to nothing yet.
    ///
    /// # Errors
    /// When the address is not an http(s) address or TLS cannot be set up.
    pub fn new(config: PaymentConfig, breaker: BreakerConfig) -> Result<Self, PaymentConfigError> {
        let failed = |error: &dyn std::fmt::Display| PaymentConfigError(error.to_string());
        let url = Url::parse(&config.url).map_err(|error| failed(&error))?;
        tls::install_provider();
        let builder = Http::builder().redirect(Policy::none()).no_proxy().timeout(config.timeout);
        let builder = match url.scheme() {
            "https" => builder.https_only(true),
            "http" => {
                builder.tls_backend_preconfigured(tls::trusting_nobody().map_err(|error| failed(&error))?)
            }
            other => return Err(PaymentConfigError(format!("{other} is not http or https"))),
        };
        let http = builder.build().map_err(|error| failed(&error))?;
        Ok(Self { config, http, url, breaker: Breaker::new(breaker) })
    }

    /// One exchange through the breaker: signed there, signed back.
    async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        message: &impl serde::Serialize,
    ) -> Result<T, Fault> {
        if !self.breaker.allows(self.config.clock.now()) {
            return Err(Fault::Unavailable("circuit breaker open".to_owned()));
        }
        let outcome = self.exchange(path, message).await;
        match &outcome {
            Ok(_) | Err(Fault::Rejected(_) | Fault::Throttled) => self.breaker.succeeded(),
            Err(fault) => {
                self.breaker.failed(self.config.clock.now());
                tracing::warn!(path, %fault, "the payment gateway gave no usable answer");
            }
        }
        outcome
    }

    async fn exchange<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        message: &impl serde::Serialize,
    ) -> Result<T, Fault> {
        let own = |_| Fault::Unavailable("our own key does not sign".to_owned());
        let body = serde_json::to_vec(message).map_err(|_| Fault::Malformed("our own message".to_owned()))?;
        let signature = wire::sign(&body, &self.config.identity, self.config.clock.now()).map_err(own)?;
        let url = self.url.join(path).map_err(|_| Fault::Unavailable("no such address".to_owned()))?;
        let request = self.http.post(url).header(SIGNATURE, signature).body(body);
        let mut response = request.send().await.map_err(|error| fault(&error))?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::TOO_MANY_REQUESTS => return Err(Fault::Throttled),
            StatusCode::UNPROCESSABLE_ENTITY => return Err(Fault::Rejected("HTTP 422".to_owned())),
            other => return Err(Fault::Unavailable(format!("HTTP {}", other.as_u16()))),
        }
        let signature = response.headers().get(SIGNATURE).and_then(|value| value.to_str().ok());
        let signature = signature.unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| fault(&error))? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return Err(Fault::Malformed("larger than 64 KiB".to_owned()));
            }
            bytes.extend_from_slice(&chunk);
        }
        let now = self.config.clock.now();
        if !wire::is_signed_by(&bytes, &signature, &self.config.trust, &self.config.gateway_bin, now) {
            return Err(Fault::BadSignature);
        }
        serde_json::from_slice(&bytes)
            .map_err(|_| Fault::Malformed("not the answer of the protocol".to_owned()))
    }
}

#[async_trait]
impl PaymentGateway for Client {
    async fn order(&self, order: PaymentOrder) -> Result<PaymentPlace, Fault> {
        let payer = match &order.payer {
            Identifier::Iin(iin) => iin.as_str().to_owned(),
            Identifier::Bin(bin) => bin.as_str().to_owned(),
        };
        let message = Order {
            payment_id: order.id.clone(),
            at: order.at,
            payer,
            amount: order.amount,
            kbk: self.config.kbk.clone(),
            knp: self.config.knp.clone(),
            payee: self.config.payee.as_str().to_owned(),
            purpose: order.purpose,
            back: order.back,
        };
        let answer: Ordered = self.ask("orders", &message).await?;
        let is_ours = answer.payment_id == order.id && Url::parse(&answer.pay_url).is_ok_and(is_page);
        if !is_ours {
            return Err(Fault::Malformed("an answer to another order".to_owned()));
        }
        Ok(PaymentPlace { gateway_id: answer.gateway_id, pay_url: answer.pay_url })
    }

    async fn state(&self, id: &str, at: Timestamp) -> Result<PaymentState, Fault> {
        let answer: Said = self.ask("state", &Question { payment_id: id.to_owned(), at }).await?;
        if answer.payment_id != id {
            return Err(Fault::Malformed("an answer about another payment".to_owned()));
        }
        Ok(match answer.paid {
            Some(paid) => PaymentState::Paid { receipt: paid.receipt, amount: paid.amount, at: paid.at },
            None => PaymentState::Open,
        })
    }

    async fn refund(&self, wish: RefundWish) -> Result<String, Fault> {
        let RefundWish { id, at, receipt, amount } = wish;
        let message = Refund { payment_id: id.clone(), at, receipt, amount };
        let answer: Refunded = self.ask("refunds", &message).await?;
        if answer.payment_id != id || answer.refund_id.is_empty() {
            return Err(Fault::Malformed("an answer about another payment".to_owned()));
        }
        Ok(answer.refund_id)
    }
}

/// People are sent to pages only, never to what a browser would run.
#[expect(clippy::needless_pass_by_value, reason = "taken by is_ok_and")]
fn is_page(url: Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The library's own texts name the address, which the log of a stranger need not hold.
fn fault(error: &reqwest::Error) -> Fault {
    if error.is_timeout() {
        Fault::Timeout
    } else if error.is_connect() {
        Fault::Unavailable("connection refused".to_owned())
    } else {
        Fault::Unavailable("connection broken".to_owned())
    }
}
