//! Encryption at rest: AES-256-GCM under a key of each document's own.
//!
//! The document's key is derived (HKDF-SHA-256) from a configured key and the document's name, so the same key never
//! encrypts two contents and a constant nonce is safe; and putting the same content again writes the same bytes. The
//! header names the configured key, so that keys can be changed without touching what lies there.

use std::collections::BTreeMap;
use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use qyzmet_domain::DocumentId;
use zeroize::Zeroize;

use super::DocumentError;

/// First bytes of every document: what it is and in which version.
const MAGIC: &[u8] = b"QYZDOC1";

/// A configured key and its name.
pub struct DocumentKey {
    /// Name, 1 to 32 bytes: it stands unencrypted in every document.
    pub name: String,
    /// The secret; wiped from here when the key is taken over.
    pub secret: [u8; 32],
}

/// The configured keys: one that encrypts, and any number that still open what is older.
pub struct Keys {
    current: String,
    known: BTreeMap<String, Prk>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.current)
    }
}

impl Keys {
    /// Takes over the current key and the older ones.
    pub fn new(current: DocumentKey, older: Vec<DocumentKey>) -> Result<Self, DocumentError> {
        let name = current.name.clone();
        let mut known = BTreeMap::new();
        for mut key in older.into_iter().chain([current]) {
            if key.name.is_empty() || key.name.len() > 32 {
                return Err(DocumentError::Config("the name of a key has 1 to 32 bytes".to_owned()));
            }
            let secret = Salt::new(HKDF_SHA256, b"qyzmet documents").extract(&key.secret);
            key.secret.zeroize();
            if known.insert(key.name, secret).is_some() {
                return Err(DocumentError::Config("two keys have the same name".to_owned()));
            }
        }
        Ok(Self { current: name, known })
    }

    /// Encrypts under the current key.
    pub(super) fn seal(&self, id: DocumentId, bytes: &[u8]) -> Result<Vec<u8>, DocumentError> {
        let header = header(&self.current);
        let failed = |_| DocumentError::Config("the current key cannot encrypt".to_owned());
        let key = self
            .known
            .get(&self.current)
            .ok_or(Unspecified)
            .and_then(|key| derive(key, id))
            .map_err(failed)?;
        let mut body = bytes.to_vec();
        key.seal_in_place_append_tag(nonce(), aad(&header, id), &mut body).map_err(failed)?;
        Ok([header, body].concat())
    }

    /// Decrypts; whatever was changed, also in the header or in the name, is damage.
    pub(super) fn open(&self, id: DocumentId, sealed: &[u8]) -> Result<Vec<u8>, DocumentError> {
        let name = key_name(sealed).ok_or(DocumentError::Damaged(id))?;
        let key = self
            .known
            .get(name)
            .ok_or_else(|| DocumentError::UnknownKey { document: id, key: name.to_owned() })?;
        let (header, body) = sealed.split_at(MAGIC.len() + 1 + name.len());
        let mut body = body.to_vec();
        let length = derive(key, id)
            .and_then(|key| key.open_in_place(nonce(), aad(header, id), &mut body).map(|plain| plain.len()))
            .map_err(|_| DocumentError::Damaged(id))?;
        body.truncate(length);
        Ok(body)
    }

    /// Whether a document is encrypted under the current key.
    pub(super) fn is_current(&self, sealed: &[u8]) -> bool {
        key_name(sealed) == Some(self.current.as_str())
    }
}

fn header(key: &str) -> Vec<u8> {
    let length = u8::try_from(key.len()).unwrap_or(u8::MAX);
    [MAGIC, &[length], key.as_bytes()].concat()
}

fn key_name(sealed: &[u8]) -> Option<&str> {
    let (length, rest) = sealed.strip_prefix(MAGIC)?.split_first()?;
    std::str::from_utf8(rest.get(..usize::from(*length))?).ok()
}

fn derive(key: &Prk, id: DocumentId) -> Result<LessSafeKey, Unspecified> {
    let info = [id.as_bytes().as_slice()];
    let own = key.expand(&info, &AES_256_GCM)?;
    Ok(LessSafeKey::new(UnboundKey::from(own)))
}

/// Each document has a key of its own, which encrypts one content only.
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}

fn aad(header: &[u8], id: DocumentId) -> Aad<Vec<u8>> {
    Aad::from([header, id.as_bytes()].concat())
}
