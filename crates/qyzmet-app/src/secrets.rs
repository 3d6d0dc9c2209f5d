//! The application's own secret, and the few things that are derived from it: tags, digests of codes, sealed texts.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf, hmac,
};
use qyzmet_domain::otp::DigestKey;
use subtle::ConstantTimeEq;

/// Keys derived from one master secret, a separate one for each purpose. Prints nothing.
pub struct Secrets {
    csrf: hmac::Key,
    codes: DigestKey,
    captcha: hmac::Key,
    texts: LessSafeKey,
    numbers: u64,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secrets(..)")
    }
}

/// A secret that is too short, or a sealed text that does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The master secret has fewer than 32 bytes.
    #[error("the master secret has fewer than 32 bytes")]
    TooShort,
    /// A sealed text was changed, or sealed with another secret.
    #[error("a sealed text does not open")]
    DoesNotOpen,
}

impl Secrets {
    /// Derives the keys of all purposes.
    ///
    /// # Errors
    /// [`SecretError::TooShort`] under 32 bytes.
    pub fn new(master: &[u8]) -> Result<Self, SecretError> {
        if master.len() < 32 {
            return Err(SecretError::TooShort);
        }
        let derive = |purpose: &[u8]| -> Result<[u8; 32], SecretError> {
            let mut key = [0; 32];
            hkdf::Salt::new(hkdf::HKDF_SHA256, b"qyzmet")
                .extract(master)
                .expand(&[purpose], hkdf::HKDF_SHA256)
                .and_then(|okm| okm.fill(&mut key))
                .map_err(|_| SecretError::TooShort)?;
            Ok(key)
        };
        let texts = UnboundKey::new(&AES_256_GCM, &derive(b"texts")?).map_err(|_| SecretError::TooShort)?;
        Ok(Self {
            csrf: hmac::Key::new(hmac::HMAC_SHA256, &derive(b"csrf")?),
            codes: DigestKey::new(derive(b"codes")?),
            captcha: hmac::Key::new(hmac::HMAC_SHA256, &derive(b"captcha")?),
            texts: LessSafeKey::new(texts),
            numbers: derive(b"numbers")?.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes)),
        })
    }

    /// The token that a form of this session carries.
    #[must_use]
    pub fn csrf_token(&self, session: &str) -> String {
        hex::encode(hmac::sign(&self.csrf, session.as_bytes()).as_ref())
    }

    /// Whether a form carries the token of this session.
    #[must_use]
    pub fn csrf_matches(&self, session: &str, token: &str) -> bool {
        self.csrf_token(session).as_bytes().ct_eq(token.as_bytes()).into()
    }

    /// The key under which the digests of one-time codes are made.
    #[must_use]
    pub fn codes(&self) -> &DigestKey {
        &self.codes
    }

    /// What follows from the token of a form, for one use of it.
    #[must_use]
    pub(crate) fn captcha(&self, what: &str, token: &str) -> [u8; 32] {
        let tag = hmac::sign(&self.captcha, format!("{what}:{token}").as_bytes());
        tag.as_ref().first_chunk().copied().unwrap_or_default()
    }

    /// The key with which counters are spread over their range.
    #[must_use]
    pub(crate) fn numbers(&self) -> u64 {
        self.numbers
    }

    /// Seals a text that must wait in the store, such as a message with a code.
    ///
    /// # Errors
    /// [`SecretError::DoesNotOpen`] if the cipher refuses, which has no known cause.
    pub fn seal(&self, nonce: [u8; NONCE_LEN], text: &str) -> Result<Vec<u8>, SecretError> {
        let mut sealed = text.as_bytes().to_vec();
        self.texts
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
            .map_err(|_| SecretError::DoesNotOpen)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens a sealed text.
    ///
    /// # Errors
    /// [`SecretError::DoesNotOpen`] when a byte was changed or the secret is another.
    pub fn open(&self, sealed: &[u8]) -> Result<String, SecretError> {
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN).ok_or(SecretError::DoesNotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SecretError::DoesNotOpen)?;
        let mut body = body.to_vec();
        let text =
            self.texts.open_in_place(nonce, Aad::empty(), &mut body).map_err(|_| SecretError::DoesNotOpen)?;
        String::from_utf8(text.to_vec()).map_err(|_| SecretError::DoesNotOpen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        Secrets::new(&[9; 32]).unwrap()
    }

    #[test]
    fn a_token_of_one_session_is_refused_in_another() {
        let token = secrets().csrf_token("a");
        assert!(secrets().csrf_matches("a", &token));
        assert!(!secrets().csrf_matches("b", &token));
    }

    #[test]
    fn a_sealed_text_opens_only_unchanged() {
        let mut sealed = secrets().seal([3; 12], "Код: 123456").unwrap();
        assert_eq!(secrets().open(&sealed).unwrap(), "Код: 123456");
        sealed[20] ^= 1;
        assert_eq!(secrets().open(&sealed), Err(SecretError::DoesNotOpen));
        assert_eq!(secrets().open(&[1, 2]), Err(SecretError::DoesNotOpen));
    }

    #[test]
    fn a_short_master_secret_is_refused() {
        assert_eq!(Secrets::new(b"short").unwrap_err(), SecretError::TooShort);
    }
}
