//! What a page asks of NCALayer.

use serde::Deserialize;
use serde_json::Value;

/// One request: module, method, arguments.
#[derive(Deserialize)]
pub(super) struct Request {
    #[serde(default)]
    pub(super) module: String,
    #[serde(default)]
    pub(super) method: String,
    #[serde(default)]
    pub(super) args: Value,
    /// Echoed by `commonUtils`.
    #[serde(default)]
    pub(super) uuid: Option<Value>,
}

/// Arguments of `basics.sign`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sign {
    #[serde(default)]
    pub(super) format: String,
    pub(super) data: Data,
    #[serde(default)]
    pub(super) signing_params: SigningParams,
    #[serde(default)]
    pub(super) signer_params: SignerParams,
}

/// One text or several.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Data {
    One(String),
    Many(Vec<String>),
}

impl Data {
    pub(super) fn into_list(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

/// How to sign.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SigningParams {
    /// The data are base64.
    pub(super) decode: bool,
    /// The content goes into the signature.
    pub(super) encapsulate: bool,
    /// The data are a digest already.
    pub(super) digested: bool,
    /// A time-stamp is wished for.
    pub(super) tsa_profile: Option<Value>,
}

/// Who may sign.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SignerParams {
    pub(super) ext_key_usage_oids: Vec<String>,
    pub(super) iin: Option<String>,
    pub(super) bin: Option<String>,
}
