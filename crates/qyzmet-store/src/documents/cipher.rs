//! Encryption of documents at rest: AES-256-GCM, with the name of the key in front so that keys can be changed.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};
use qyzmet_domain::DocumentId;

use crate::StoreError;

/// The keys by name; the first one closes.
pub(super) struct Ciphers(Vec<Cipher>);

struct Cipher {
    name: String,
    key: LessSafeKey,
    nonces: hmac::Key,
}

impl Ciphers {
    pub(super) fn new(keys: Vec<(String, Vec<u8>)>) -> Result<Self, StoreError> {
        let ciphers = keys.into_iter().map(|(name, key)| Cipher::new(name, &key)).collect::<Result<Vec<_>, _>>()?;
        if ciphers.is_empty() { Err(StoreError::Database("no key for documents".to_owned())) } else { Ok(Self(ciphers)) }
    }

    /// Length and name of the key, then the cipher text. The nonce follows from the content, so the same document is
    /// always the same file, and no nonce serves two contents.
    pub(super) fn seal(&self, id: &DocumentId, bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
        let cipher = self.0.first().ok_or(StoreError::Unavailable)?;
        let mut body = bytes.to_vec();
        let tag = cipher.key.seal_in_place_separate_tag(cipher.nonce(id)?, Aad::from(id.as_bytes()), &mut body);
        let tag = tag.map_err(|_| StoreError::Database("a document cannot be encrypted".to_owned()))?;
        let length = u8::try_from(cipher.name.len()).map_err(|_| StoreError::Database("the name of a key is too long".to_owned()))?;
        Ok([&[length], cipher.name.as_bytes(), &body, tag.as_ref()].concat())
    }

    pub(super) fn open(&self, id: &DocumentId, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let damaged = || StoreError::Corrupt(format!("document {id}"));
        let (length, rest) = sealed.split_first().ok_or_else(damaged)?;
        let (name, body) = rest.split_at_checked(usize::from(*length)).ok_or_else(damaged)?;
        let cipher = self.0.iter().find(|cipher| cipher.name.as_bytes() == name).ok_or_else(damaged)?;
        let mut body = body.to_vec();
        let plain = cipher.key.open_in_place(cipher.nonce(id)?, Aad::from(id.as_bytes()), &mut body);
        Ok(plain.map_err(|_| damaged())?.to_vec())
    }
}

impl Cipher {
    fn new(name: String, key: &[u8]) -> Result<Self, StoreError> {
        let wrong = |_| StoreError::Database(format!("the key {name} for documents is not 32 bytes long"));
        let unbound = UnboundKey::new(&AES_256_GCM, key).map_err(wrong)?;
        let nonces = hmac::Key::new(hmac::HMAC_SHA256, key);
        Ok(Self { key: LessSafeKey::new(unbound), nonces, name })
    }

    fn nonce(&self, id: &DocumentId) -> Result<Nonce, StoreError> {
        let tag = hmac::sign(&self.nonces, id.as_bytes());
        let bytes = tag.as_ref().get(..NONCE_LEN).unwrap_or_default();
        Nonce::try_assume_unique_for_key(bytes).map_err(|_| StoreError::Database("no nonce".to_owned()))
    }
}
