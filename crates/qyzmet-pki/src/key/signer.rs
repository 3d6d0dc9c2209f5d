//! A private key, in memory or in a token, that signs; nothing else in the product touches private key material.

use std::{fmt, sync::Arc};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rand::SystemRandom,
    rsa::{self, KeySize},
    signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaKeyPair},
};
use zeroize::Zeroizing;

use super::{
    KeyKind,
    token::{self, TokenError, TokenKey},
};
use crate::{
    algorithms::{DigestValue, SignatureAlgorithm},
    spki::PublicKey,
};

/// The key could not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The key in memory refused.
    #[error("the key could not sign")]
    KeyFailed,
    /// The token that holds the key did not sign.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The identity has no certificate to sign with.
    #[error("the identity holds no certificate")]
    NoCertificate,
    /// The kind of key has no place in this format.
    #[error("keys of this kind cannot sign in this format")]
    UnsupportedKind,
}

/// A key could not be made, read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The system's random source or the key generator failed.
    #[error("the key could not be generated")]
    Generation,
    /// The file is not a key in the form that is expected.
    #[error("the key file is malformed")]
    Malformed,
    /// The password does not open the file.
    #[error("the password does not open the key")]
    WrongPassword,
    /// The key is of a kind that is not supported; the text is its object identifier.
    #[error("keys of the kind {0} are not supported")]
    UnsupportedKind(String),
    /// The certificate in the file is not that of the key.
    #[error("the certificate does not belong to the key")]
    OtherCertificate,
    /// The key lives in a token, which it never leaves.
    #[error("the key does not leave its token")]
    InToken,
    /// The token that should hold or make the key.
    #[error(transparent)]
    Token(#[from] TokenError),
}

/// A private key that signs. Cheap to clone; `Debug` shows only its kind; the secret is wiped from memory at the end.
#[derive(Clone)]
pub struct Signer {
    inner: Arc<Inner>,
}

struct Inner {
    kind: KeyKind,
    holder: Holder,
    public_key_der: Vec<u8>,
}

/// Who holds the private key.
enum Holder {
    Memory { pair: Pair, pkcs8: Zeroizing<Vec<u8>> },
    Token(token::Worker),
}

enum Pair {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("kind", &self.inner.kind).finish_non_exhaustive()
    }
}

impl Signer {
    /// Makes a new key pair from the random source of the operating system.
    ///
    /// # Errors
    /// [`KeyError::Generation`] when the generator fails.
    pub fn generate(kind: KeyKind) -> Result<Self, KeyError> {
        let failed = |_| KeyError::Generation;
        let pkcs8 = match kind {
            KeyKind::EcP256 | KeyKind::EcP384 => {
                let pair = EcdsaKeyPair::generate(signing_algorithm(kind)).map_err(failed)?;
                pair.to_pkcs8v1().map_err(failed)?.as_ref().to_vec()
            }
            KeyKind::Rsa2048 => rsa_pkcs8(KeySize::Rsa2048)?,
            KeyKind::Rsa3072 => rsa_pkcs8(KeySize::Rsa3072)?,
            KeyKind::Ed25519 => {
                let pair = Ed25519KeyPair::generate().map_err(failed)?;
                pair.to_pkcs8v1().map_err(failed)?.as_ref().to_vec()
            }
        };
        Self::from_pkcs8(Zeroizing::new(pkcs8))
    }

    /// Reads an unencrypted PKCS#8 key; its kind is found from its algorithm.
    pub(crate) fn from_pkcs8(pkcs8: Zeroizing<Vec<u8>>) -> Result<Self, KeyError> {
        let kind = super::pem::kind_of_pkcs8(&pkcs8)?;
        let malformed = |_| KeyError::Malformed;
        let (pair, public_key_der) = match kind {
            KeyKind::EcP256 | KeyKind::EcP384 => {
                let pair = EcdsaKeyPair::from_pkcs8(signing_algorithm(kind), &pkcs8).map_err(malformed)?;
                let public = PublicKey::ec_to_der(kind, pair.public_key().as_ref());
                (Pair::Ec(pair), public)
            }
            KeyKind::Rsa2048 | KeyKind::Rsa3072 => {
                let pair = RsaKeyPair::from_pkcs8(&pkcs8).map_err(malformed)?;
                let public = PublicKey::rsa_to_der(pair.public_key().as_ref());
                (Pair::Rsa(pair), public)
            }
            KeyKind::Ed25519 => {
                let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&pkcs8).map_err(malformed)?;
                let public = PublicKey::ed25519_to_der(pair.public_key().as_ref());
                (Pair::Ed25519(pair), public)
            }
        };
        let holder = Holder::Memory { pair, pkcs8 };
        Ok(Self { inner: Arc::new(Inner { kind, holder, public_key_der }) })
    }

    /// A key in a token whose public half is known, for example from its certificate. The token is not touched before the
    /// first signature, which then fails with [`TokenError::OtherKey`] when the token holds another key.
    ///
    /// # Errors
    /// [`KeyError::Malformed`] or [`KeyError::UnsupportedKind`] when the public key is none that a token signs with.
    pub fn in_token(key: TokenKey, public_key_der: &[u8]) -> Result<Self, KeyError> {
        let public = PublicKey::from_der(public_key_der)?;
        let kind = KeyKind::of(&public).ok_or_else(|| KeyError::UnsupportedKind("public key".to_owned()))?;
        let public_key_der = public_key_der.to_vec();
        let holder = Holder::Token(token::Worker::start(key, kind, public_key_der.clone())?);
        Ok(Self { inner: Arc::new(Inner { kind, holder, public_key_der }) })
    }

    /// Opens a key from an encrypted PKCS#8 PEM file (PBES2: PBKDF2 with HMAC-SHA-256, AES-256-CBC).
    ///
    /// # Errors
    /// [`KeyError::WrongPassword`] when the password does not open it, [`KeyError::Malformed`] when it is no such file,
    /// [`KeyError::UnsupportedKind`] for other algorithms.
    pub fn from_encrypted_pem(pem: &str, password: &str) -> Result<Self, KeyError> {
        Self::from_pkcs8(super::pem::decrypt(pem, password)?)
    }

    /// Writes the key as an encrypted PKCS#8 PEM file that OpenSSL reads too.
    ///
    /// # Errors
    /// [`KeyError::Generation`] when the system's random source fails; [`KeyError::InToken`] for a key in a token.
    pub fn to_encrypted_pem(&self, password: &str) -> Result<String, KeyError> {
        super::pem::encrypt(self.pkcs8()?, password)
    }

    /// Signs the message: ECDSA as DER (r, s), RSA as PKCS#1 v1.5, Ed25519 as 64 bytes. Blocks while a token works, for half a
    /// minute at most.
    ///
    /// # Errors
    /// [`SignError::KeyFailed`] when the key refuses, [`SignError::Token`] when its token does.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        match &self.inner.holder {
            Holder::Memory { pair, .. } => pair.sign(message),
            Holder::Token(_) => self.sign_digest(&self.algorithm().digest().of(message)),
        }
    }

    /// Signs a message of which only the digest is at hand, computed with the digest that belongs to the key; so what is
    /// too large for the memory can be signed while it is written.
    ///
    /// # Errors
    /// [`SignError::UnsupportedKind`] for Ed25519, which signs messages only; otherwise as [`Signer::sign`].
    pub(crate) fn sign_digest(&self, digest: &DigestValue) -> Result<Vec<u8>, SignError> {
        match &self.inner.holder {
            Holder::Memory { pair, .. } => pair.sign_digest(digest),
            Holder::Token(worker) => Ok(worker.sign(digest.as_ref())?),
        }
    }

    /// The public key as SubjectPublicKeyInfo DER.
    #[must_use]
    pub fn public_key_der(&self) -> &[u8] {
        &self.inner.public_key_der
    }

    /// The kind of the key.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.inner.kind
    }

    pub(crate) fn algorithm(&self) -> SignatureAlgorithm {
        self.inner.kind.algorithm()
    }

    /// The secret itself, for writing key files.
    pub(crate) fn pkcs8(&self) -> Result<&[u8], KeyError> {
        match &self.inner.holder {
            Holder::Memory { pkcs8, .. } => Ok(pkcs8),
            Holder::Token(_) => Err(KeyError::InToken),
        }
    }
}

impl Pair {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let failed = |_| SignError::KeyFailed;
        match self {
            Self::Ec(pair) => Ok(pair.sign(&SystemRandom::new(), message).map_err(failed)?.as_ref().to_vec()),
            Self::Rsa(pair) => {
                let mut out = vec![0; pair.public_modulus_len()];
                pair.sign(&signature::RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut out)
                    .map_err(failed)?;
                Ok(out)
            }
            Self::Ed25519(pair) => Ok(pair.try_sign(message).map_err(failed)?.as_ref().to_vec()),
        }
    }

    fn sign_digest(&self, digest: &DigestValue) -> Result<Vec<u8>, SignError> {
        let failed = |_| SignError::KeyFailed;
        match self {
            Self::Ec(pair) => Ok(pair.sign_digest(digest).map_err(failed)?.as_ref().to_vec()),
            Self::Rsa(pair) => {
                let mut out = vec![0; pair.public_modulus_len()];
                pair.sign_digest(&signature::RSA_PKCS1_SHA256, digest, &mut out).map_err(failed)?;
                Ok(out)
            }
            Self::Ed25519(_) => Err(SignError::UnsupportedKind),
        }
    }
}

fn signing_algorithm(kind: KeyKind) -> &'static signature::EcdsaSigningAlgorithm {
    if kind == KeyKind::EcP384 {
        &signature::ECDSA_P384_SHA384_ASN1_SIGNING
    } else {
        &signature::ECDSA_P256_SHA256_ASN1_SIGNING
    }
}

fn rsa_pkcs8(size: KeySize) -> Result<Vec<u8>, KeyError> {
    let pair = rsa::KeyPair::generate(size).map_err(|_| KeyError::Generation)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyError::Generation)?;
    Ok(der.as_ref().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify_signature;

    #[test]
    fn a_signature_over_the_digest_is_one_over_the_message() {
        for kind in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048] {
            let signer = Signer::generate(kind).unwrap();
            let signature = signer.sign_digest(&signer.algorithm().digest().of(b"words")).unwrap();
            assert_eq!(verify_signature(signer.public_key_der(), b"words", &signature), Ok(()), "{kind:?}");
        }
        let signer = Signer::generate(KeyKind::Ed25519).unwrap();
        let digest = signer.algorithm().digest().of(b"words");
        assert_eq!(signer.sign_digest(&digest), Err(SignError::UnsupportedKind));
    }
}
