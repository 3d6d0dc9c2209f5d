//! The outside world: the gateway to state registers, the message centre, the mail relay.

use serde::{Deserialize, Serialize};

/// The gateway (SHEP) and the registers behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Gateway {
    /// Address of the synchronous channel.
    pub url: String,
    /// Our name there.
    pub sender_id: String,
    /// BIN of our organisation, for consents.
    pub bin: String,
    /// Name of our organisation, for consents.
    pub organisation: String,
    /// BIN in the certificate with which the gateway signs.
    pub gateway_bin: String,
    /// Milliseconds to wait for an answer.
    pub timeout_ms: u64,
    /// When to stop asking for a while.
    pub breaker: Breaker,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            url: "http://127.0.0.1:8081/bip-sync/".to_owned(),
            sender_id: "qyzmet".to_owned(),
            bin: "160440007161".to_owned(),
            organisation: "Qyzmet".to_owned(),
            gateway_bin: "190440005557".to_owned(),
            timeout_ms: 5000,
            breaker: Breaker::default(),
        }
    }
}

/// A circuit breaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Breaker {
    /// Failures in a row that open it.
    pub failures: u32,
    /// Seconds before it lets one question through again.
    pub rest_s: i64,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { failures: 5, rest_s: 10 }
    }
}

/// The message centre (SMPP 3.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sms {
    /// Host and port.
    pub address: String,
    /// Our name there.
    pub system_id: String,
    /// Our password there.
    pub password: String,
    /// The short number from which messages come.
    pub sender: String,
    /// Messages that may wait for the centre's answer at once.
    pub window: usize,
    /// Messages a second that the contract with the centre allows.
    pub per_second: u32,
}

impl Default for Sms {
    fn default() -> Self {
        Self {
            address: "127.0.0.1:2775".to_owned(),
            system_id: "qyzmet".to_owned(),
            password: "qyzmet".to_owned(),
            sender: "1414".to_owned(),
            window: 64,
            per_second: 500,
        }
    }
}

/// The mail relay (SMTP).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mail {
    /// Host and port.
    pub address: String,
    /// The address from which letters come.
    pub from: String,
    /// Our own name in greetings.
    pub domain: String,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            address: "127.0.0.1:2525".to_owned(),
            from: "Qyzmet <no-reply@qyzmet.example>".to_owned(),
            domain: "qyzmet.example".to_owned(),
        }
    }
}
