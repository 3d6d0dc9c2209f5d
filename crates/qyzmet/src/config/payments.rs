//! The payment gateway, and where the money goes.

use serde::{Deserialize, Serialize};

/// The payment gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Payments {
    /// Its address, with a slash at the end.
    pub url: String,
    /// BIN in the certificate with which it signs.
    pub gateway_bin: String,
    /// BIN of whoever is paid.
    pub payee_bin: String,
    /// Budget classification code of the fee.
    pub kbk: String,
    /// Purpose code of the payment.
    pub knp: String,
    /// Milliseconds to wait for an answer.
    pub timeout_ms: u64,
}

impl Default for Payments {
    fn default() -> Self {
        Self {
            url: "http://127.0.0.1:8085/".to_owned(),
            gateway_bin: "190440005557".to_owned(),
            payee_bin: "160440007161".to_owned(),
            kbk: "108126".to_owned(),
            knp: "911".to_owned(),
            timeout_ms: 5000,
        }
    }
}
