//! Messages of the payment gateway, and the signature beside each.

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use qyzmet_domain::Bin;
use qyzmet_pki::{
    Identity, Trust, Verdict,
    cms::{self, Expect},
};
use serde::{Deserialize, Serialize};

/// The header with the detached signature (CMS, base64) over exactly the bytes of the body.
pub(super) const SIGNATURE: &str = "x-signature";

/// An order of a payment.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Order {
    pub(super) payment_id: String,
    pub(super) at: Timestamp,
    pub(super) payer: String,
    pub(super) amount: u32,
    pub(super) kbk: String,
    pub(super) knp: String,
    pub(super) payee: String,
    pub(super) purpose: String,
    pub(super) back: String,
}

/// The order is taken.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ordered {
    pub(super) payment_id: String,
    pub(super) gateway_id: String,
    pub(super) pay_url: String,
}

/// What has become of a payment?
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Question {
    pub(super) payment_id: String,
    pub(super) at: Timestamp,
}

/// What has become of it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Said {
    pub(super) payment_id: String,
    pub(super) paid: Option<Paid>,
}

/// The bank's receipt.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Paid {
    pub(super) receipt: String,
    pub(super) amount: u32,
    pub(super) at: Timestamp,
}

/// A wish that a payment be given back.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refund {
    pub(super) payment_id: String,
    pub(super) at: Timestamp,
    pub(super) receipt: String,
    pub(super) amount: u32,
}

/// It will be given back.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refunded {
    pub(super) payment_id: String,
    pub(super) refund_id: String,
}

/// Signs a body.
pub(super) fn sign(body: &[u8], identity: &Identity, at: Timestamp) -> Result<String, qyzmet_pki::SignError> {
    Ok(STANDARD.encode(cms::sign(body, identity, at)?))
}

/// Whether a trusted certificate of this organisation has signed exactly this body.
pub(super) fn is_signed_by(body: &[u8], signature: &str, trust: &Trust, bin: &Bin, at: Timestamp) -> bool {
    signer(body, signature, trust, at).as_deref() == Some(bin.as_str())
}

/// BIN of whoever has signed this body, when the signature is whole and the certificate trusted.
pub(super) fn signer(body: &[u8], signature: &str, trust: &Trust, at: Timestamp) -> Option<String> {
    let signature = STANDARD.decode(signature).ok()?;
    match cms::verify(body, &signature, trust, Expect::sign(), at) {
        Verdict::Valid(signed) => signed.certificate.subject().bin.clone(),
        _ => None,
    }
}
