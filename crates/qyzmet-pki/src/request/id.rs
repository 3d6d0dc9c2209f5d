//! The name of a key, by which a re-used or blocked one is found again.

use std::{fmt, str::FromStr};

use crate::algorithms::Digest;

/// SHA-256 over the SubjectPublicKeyInfo of a key. Since a [`super::SubjectKey`] has exactly one encoding, one key has one
/// id, however it is presented. Lists of blocked keys (Debian's weak ones, published private keys) use the same hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 32]);

impl KeyId {
    /// The id of an encoded SubjectPublicKeyInfo.
    pub(super) fn of(spki_der: &[u8]) -> Self {
        let mut id = [0; 32];
        id.copy_from_slice(Digest::Sha256.of(spki_der).as_ref());
        Self(id)
    }

    /// The hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key id has 64 hexadecimal digits")]
pub struct KeyIdError;

impl FromStr for KeyId {
    type Err = KeyIdError;

    fn from_str(text: &str) -> Result<Self, KeyIdError> {
        let mut id = [0; 32];
        hex::decode_to_slice(text, &mut id).map_err(|_| KeyIdError)?;
        Ok(Self(id))
    }
}
