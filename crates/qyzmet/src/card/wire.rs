//! What the page and the agent say to each other, in JSON. No member of any question holds a PIN, and unknown ones are refused.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use qyzmet_domain::Locale;
use qyzmet_pki::{
    Certificate, KeyKind,
    card::{CardError, CardView, Tries},
};
use serde::{Deserialize, Serialize};

use super::pin::PinError;

/// Keys that one order may want, and certificates that it may bring.
const MOST: usize = 8;
/// Characters of the name of a profile, which becomes the label of its key.
const LONGEST_NAME: usize = 40;

/// The algorithm of a key in the words of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) enum Algorithm {
    #[default]
    #[serde(rename = "ec-p256")]
    EcP256,
    #[serde(rename = "ec-p384")]
    EcP384,
    #[serde(rename = "rsa-2048")]
    Rsa2048,
    #[serde(rename = "rsa-3072")]
    Rsa3072,
}

impl From<Algorithm> for KeyKind {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::EcP256 => Self::EcP256,
            Algorithm::EcP384 => Self::EcP384,
            Algorithm::Rsa2048 => Self::Rsa2048,
            Algorithm::Rsa3072 => Self::Rsa3072,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WantedProfile {
    pub(super) profile: String,
    #[serde(default)]
    pub(super) algorithm: Algorithm,
}

/// `POST /keys`: key pairs are to be made, one for each profile.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeysWanted {
    pub(super) profiles: Vec<WantedProfile>,
    /// Whom the requests name; nobody when it is left out, since the subject comes from registers.
    #[serde(default)]
    pub(super) iin: Option<String>,
    #[serde(default)]
    pub(super) language: Locale,
}

impl KeysWanted {
    /// The question, if it can be answered at all.
    pub(super) fn checked(self) -> Option<Self> {
        let names: Vec<&str> = self.profiles.iter().map(|wanted| wanted.profile.as_str()).collect();
        let named = |name: &&str| {
            (1..=LONGEST_NAME).contains(&name.len())
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        let unique = names.iter().enumerate().all(|(at, name)| !names[..at].contains(name));
        let iin = self
            .iin
            .as_deref()
            .is_none_or(|iin| iin.len() == 12 && iin.chars().all(|digit| digit.is_ascii_digit()));
        let known = (1..=MOST).contains(&names.len()) && names.iter().all(named) && unique && iin;
        known.then_some(self)
    }
}

/// `POST /certificates`: certificates are to be written beside their keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CertificatesGiven {
    /// Base64 DER.
    certificates: Vec<String>,
    #[serde(default)]
    pub(super) language: Locale,
}

impl CertificatesGiven {
    /// The certificates, when all are some.
    pub(super) fn read(&self) -> Option<Vec<Certificate>> {
        let read = |text: &String| Certificate::from_der(&STANDARD.decode(text).ok()?).ok();
        let read = self.certificates.iter().map(read).collect::<Option<Vec<_>>>()?;
        (1..=MOST).contains(&read.len()).then_some(read)
    }
}

/// A certificate on the card.
#[derive(Debug, Serialize)]
pub(super) struct CertificateShown {
    subject: String,
    serial: String,
    #[serde(rename = "notAfter")]
    not_after: Timestamp,
}

/// `GET /card`: what lies in the reader.
#[derive(Debug, Serialize)]
pub(super) struct CardShown {
    label: String,
    serial: String,
    tries: &'static str,
    #[serde(rename = "ownKeys")]
    own_keys: bool,
    certificates: Vec<CertificateShown>,
}

impl From<CardView> for CardShown {
    fn from(view: CardView) -> Self {
        let shown = |certificate: &Certificate| CertificateShown {
            subject: certificate.subject().common_name.clone().unwrap_or_default(),
            serial: certificate.serial(),
            not_after: certificate.not_after(),
        };
        Self {
            tries: word(view.tries),
            own_keys: view.own_keys,
            certificates: view.certificates.iter().map(shown).collect(),
            label: view.label,
            serial: view.serial,
        }
    }
}

/// How often a PIN may still be wrong, for the page's words.
fn word(tries: Tries) -> &'static str {
    match tries {
        Tries::Untold => "untold",
        Tries::Few => "few",
        Tries::Last => "last",
        Tries::Gone => "gone",
    }
}

/// A request for a certificate, in the form of the field `keys`.
#[derive(Debug, Serialize)]
pub(super) struct KeyRequest {
    pub(super) profile: String,
    pub(super) request: String,
}

/// Keys were made.
#[derive(Debug, Serialize)]
pub(super) struct KeysMade {
    /// The number of the card on which they are.
    pub(super) card: String,
    pub(super) keys: Vec<KeyRequest>,
}

/// Certificates as they were read back, in the order in which they were given.
#[derive(Debug, Serialize)]
pub(super) struct CertificatesKept {
    pub(super) card: String,
    certificates: Vec<String>,
}

impl CertificatesKept {
    pub(super) fn new(card: String, kept: &[Certificate]) -> Self {
        Self { card, certificates: kept.iter().map(|one| STANDARD.encode(one.der())).collect() }
    }
}

/// Why the agent does not do it.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// The question is none.
    #[error("the question cannot be read")]
    Unreadable,
    /// The card works for another page, or for another tab.
    #[error("the card is at work already")]
    Busy,
    /// The page that asked has gone away; what was begun is undone.
    #[error("the page has gone away")]
    Gone,
    /// There is no randomness, or the work broke off.
    #[error("the agent failed")]
    Failed,
    #[error(transparent)]
    Pin(#[from] PinError),
    #[error(transparent)]
    Card(#[from] CardError),
}

#[derive(Serialize)]
struct Told {
    error: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tries: Option<&'static str>,
    /// Objects that could not be taken off the card again.
    #[serde(skip_serializing_if = "is_none")]
    left: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_none(left: &usize) -> bool {
    *left == 0
}

impl Trouble {
    /// The code by which the page finds its words.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Unreadable => "bad-request",
            Self::Busy => "busy",
            Self::Gone | Self::Failed => "failed",
            Self::Pin(PinError::NoTerminal) => "no-terminal",
            Self::Pin(PinError::NotEntered) => "pin-not-entered",
            Self::Card(error) => code(error),
        }
    }

    fn told(&self) -> Told {
        let (tries, left) = match self {
            Self::Card(CardError::PinRefused(tries)) => (Some(word(*tries)), 0),
            Self::Card(CardError::Left { left, .. }) => (None, *left),
            _ => (None, 0),
        };
        Told { error: self.code(), tries, left }
    }
}

fn code(error: &CardError) -> &'static str {
    use qyzmet_pki::TokenError;
    match error {
        CardError::NoCard | CardError::Token(TokenError::NoToken) => "no-card",
        CardError::SeveralCards | CardError::Token(TokenError::SeveralTokens) => "several-cards",
        CardError::Changed => "card-changed",
        CardError::PinRefused(_) | CardError::Token(TokenError::PinRefused) => "pin-refused",
        CardError::PinLocked | CardError::Token(TokenError::PinLocked) => "pin-locked",
        CardError::PinLength { .. } => "pin-length",
        CardError::NoKey | CardError::OtherKey => "no-key",
        CardError::Token(TokenError::NoKey | TokenError::Imported | TokenError::OtherKey) => "no-key",
        CardError::NotKept => "not-kept",
        CardError::Left { cause, .. } => code(cause),
        CardError::Token(TokenError::Library) => "no-library",
        CardError::Token(TokenError::Lost) => "card-lost",
        CardError::Token(TokenError::Full) => "card-full",
        CardError::Token(TokenError::Cancelled) => "pin-not-entered",
        CardError::Token(TokenError::UnsupportedKind) | CardError::Weak(_) => "unsupported-key",
        CardError::Token(_) => "card-failed",
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Gone | Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Busy | Self::Pin(_) | Self::Card(_) => StatusCode::CONFLICT,
        };
        tracing::info!(code = self.code(), "the card agent says no");
        (status, Json(self.told())).into_response()
    }
}
