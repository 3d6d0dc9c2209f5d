//! The code itself, drawn from given randomness, and the keyed digest that is kept in its place.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Binding, OtpPurpose};
use crate::{InvalidId, Phone};

/// A code in clear: lives only between drawing and sending, or between typing and presenting.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Draws a code of so many digits (1 to 12) from random bytes; every code is equally likely to within 2⁻²⁴.
    #[must_use]
    pub fn draw(digits: u8, random: [u8; 8]) -> Self {
        let width = usize::from(digits.clamp(1, 12));
        let bound = 10_u64.pow(u32::from(digits.clamp(1, 12)));
        Self(format!("{:0width$}", u64::from_be_bytes(random) % bound))
    }

    /// Reads what a person typed: digits, perhaps grouped with spaces.
    ///
    /// # Errors
    /// [`InvalidId`] when it cannot be a code.
    pub fn typed(text: &str) -> Result<Self, InvalidId> {
        if text.len() > 64 {
            return Err(InvalidId::WrongLength);
        }
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        match digits.len() {
            0 => Err(InvalidId::Empty),
            _ if !digits.bytes().all(|b| b.is_ascii_digit()) => Err(InvalidId::NotDigits),
            1..=12 => Ok(Self(digits)),
            _ => Err(InvalidId::WrongLength),
        }
    }

    /// The digits, for the one message that carries them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// The secret with which digests are keyed: without it a stolen table of six-digit codes would be open at once.
#[derive(Clone)]
pub struct DigestKey([u8; 32]);

impl DigestKey {
    /// From the configured secret.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for DigestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DigestKey(…)")
    }
}

/// Keyed digest of a code for one purpose, one binding and one receiving number.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CodeDigest([u8; 32]);

impl CodeDigest {
    /// The digest under which a code is kept and compared.
    #[must_use]
    pub fn of(key: &DigestKey, purpose: OtpPurpose, binding: Binding, to: &Phone, code: &Code) -> Self {
        let (kind, id) = match binding {
            Binding::Session(id) => ("session", id.as_uuid()),
            Binding::Case(id) => ("case", id.as_uuid()),
        };
        let mut inner = Sha256::new_with_prefix(key.0);
        for part in [
            purpose.as_str().as_bytes(),
            kind.as_bytes(),
            id.as_bytes(),
            to.as_str().as_bytes(),
            code.0.as_bytes(),
        ] {
            inner.update([u8::try_from(part.len()).unwrap_or(u8::MAX)]);
            inner.update(part);
        }
        Self(Sha256::new_with_prefix(key.0).chain_update(inner.finalize()).finalize().into())
    }

    /// Compares without telling by its duration how much agrees.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }
}

impl fmt::Debug for CodeDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeDigest(…)")
    }
}

impl fmt::Display for CodeDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl TryFrom<String> for CodeDigest {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        let mut digest = [0; 32];
        hex::decode_to_slice(&text, &mut digest).map_err(|_| InvalidId::BadCharacter)?;
        Ok(Self(digest))
    }
}

impl From<CodeDigest> for String {
    fn from(digest: CodeDigest) -> Self {
        digest.to_string()
    }
}
