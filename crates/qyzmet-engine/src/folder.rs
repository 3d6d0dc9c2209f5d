//! The folder of a service as bytes in memory, and the version that follows from them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use qyzmet_domain::InvalidId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Files by their path inside the folder, `/` between parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder(pub BTreeMap<String, Vec<u8>>);

/// Content hash of a folder: a case keeps the version it started with. 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version(String);

impl Folder {
    /// SHA-256 over names and bytes, each preceded by its length so that no two folders can be confused.
    #[must_use]
    pub fn version(&self) -> Version {
        let mut hash = Sha256::new();
        for (name, bytes) in &self.0 {
            for part in [name.as_bytes(), bytes] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
        }
        Version(hex::encode(hash.finalize()))
    }
}

impl Version {
    /// 64 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Version {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        if text.len() != 64 {
            return Err(InvalidId::WrongLength);
        }
        let is_hex = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        if text.bytes().all(is_hex) { Ok(Self(text.to_owned())) } else { Err(InvalidId::BadCharacter) }
    }
}

impl TryFrom<String> for Version {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> Folder {
        Folder(files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect())
    }

    #[test]
    fn the_version_follows_every_name_and_byte() {
        let version = folder(&[("a", "bc")]).version();
        assert_eq!(version, folder(&[("a", "bc")]).version());
        assert_ne!(version, folder(&[("ab", "c")]).version());
        assert_ne!(version, folder(&[("a", "bd")]).version());
        assert_eq!(version.as_str().parse(), Ok(version));
    }
}
