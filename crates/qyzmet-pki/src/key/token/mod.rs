//! Keys that live in a PKCS#11 token: made there, used there, never seen outside.

pub mod card;
mod error;
mod library;
mod objects;
mod session;
mod signature;
mod worker;

use std::{fmt, path::PathBuf};

use cryptoki::types::AuthPin;

pub use self::error::TokenError;
pub(super) use self::worker::Worker;
use super::KeyKind;

/// The secret that opens a token. `Debug` shows nothing of it, and it is wiped from memory at the end.
#[derive(Clone)]
pub struct Pin {
    secret: AuthPin,
    /// In bytes, as tokens count it.
    length: usize,
}

impl Pin {
    /// A PIN from the text of a file or a variable.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self { length: text.len(), secret: AuthPin::from(text) }
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

/// Where a key is: which library speaks to the device, which token, and which key in it.
#[derive(Clone, Debug)]
pub struct TokenKey {
    /// The vendor's PKCS#11 library; it is loaded when it is first needed.
    pub library: PathBuf,
    /// Label of the token.
    pub token: String,
    /// Label of the key.
    pub label: String,
    /// Identifier of the key (`CKA_ID`), where the label alone does not decide.
    pub id: Option<Vec<u8>>,
    /// The user's PIN.
    pub pin: Pin,
}

impl TokenKey {
    fn names(&self) -> objects::Names<'_> {
        objects::Names { label: &self.label, id: self.id.as_deref() }
    }
}

/// The public half of a key as SubjectPublicKeyInfo DER; `None` when the token has no such key.
///
/// # Errors
/// [`TokenError::Imported`] for a key that was not made in the token or may leave it; otherwise what keeps the token
/// from answering.
pub fn find(key: &TokenKey) -> Result<Option<Vec<u8>>, TokenError> {
    let session = session::open(key, session::Use::Sign)?;
    match objects::private(&session, key.names())? {
        Some(_) => objects::public_key(&session, key.names()).map(Some),
        None => Ok(None),
    }
}

/// Makes a key pair inside the token, sensitive and not extractable, and returns its public half as
/// SubjectPublicKeyInfo DER. There is no way to bring a key in: what was outside once may be there still.
///
/// # Errors
/// [`TokenError::KeyExists`] when a key of this label or identifier is there already; [`TokenError::UnsupportedKind`]
/// for Ed25519; otherwise what keeps the token from answering.
pub fn generate(key: &TokenKey, kind: KeyKind) -> Result<Vec<u8>, TokenError> {
    let session = session::open(key, session::Use::Generate)?;
    objects::generate(&session, key.names(), kind)?;
    objects::public_key(&session, key.names())
}
