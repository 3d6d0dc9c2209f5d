//! A subject's public key, found to be strong and written in exactly one way.

use aws_lc_rs::signature::{self, ParsedPublicKey, VerificationAlgorithm};

use super::{KeyId, rsa};
use crate::spki::{KeyAlgorithm, KeyFamily, PublicKey};

/// Why a key is not certified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakKey {
    /// The bytes are no SubjectPublicKeyInfo, or not its one canonical form.
    #[error("the public key is malformed")]
    Malformed,
    /// The key is of a kind that is not certified here.
    #[error("keys of this kind are not certified")]
    UnsupportedKind,
    /// The point is not on the curve, is the identity, or is not written in full (SEC 1, 3.2.2.1).
    #[error("the point of the key is not on its curve")]
    Point,
    /// RSA: the modulus is too short, too long, or not of whole bytes.
    #[error("an RSA key of {0} bits is not certified")]
    Size(usize),
    /// RSA: the exponent is even, small or huge (FIPS 186-5, A.1.1: odd, above 2^16, below 2^256).
    #[error("the exponent of the RSA key is not usable")]
    Exponent,
    /// RSA: the modulus is even or has a small factor.
    #[error("the modulus of the RSA key has a small factor")]
    SmallFactor,
    /// RSA: the primes are so close that Fermat's method finds them.
    #[error("the primes of the RSA key are too close")]
    ClosePrimes,
    /// RSA: the modulus has the fingerprint of a faulty generator in smart cards (ROCA, CVE-2017-15361).
    #[error("the RSA key comes from a generator that is known to be broken")]
    Roca,
    /// The key stands on a list of keys that others have ([`super::KnownKeys`]).
    #[error("the key is on a list of weak or published keys")]
    Known,
}

/// A public key that may be certified, as far as the key alone can tell. Cheap enough to make for every request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectKey {
    der: Vec<u8>,
    key: PublicKey,
}

impl SubjectKey {
    /// Reads SubjectPublicKeyInfo and judges the strength of the key.
    ///
    /// # Errors
    /// [`WeakKey`], which says in what it is weak.
    pub fn from_der(spki_der: &[u8]) -> Result<Self, WeakKey> {
        let key = PublicKey::from_der(spki_der).map_err(|_| WeakKey::Malformed)?;
        match key.family() {
            KeyFamily::P256 => check_point(65, &signature::ECDSA_P256_SHA256_ASN1, &key)?,
            KeyFamily::P384 => check_point(97, &signature::ECDSA_P384_SHA384_ASN1, &key)?,
            KeyFamily::Rsa { .. } => rsa::check(key.bytes())?,
            KeyFamily::Ed25519 if key.bytes().len() == 32 => {}
            KeyFamily::Ed25519 => return Err(WeakKey::Malformed),
            KeyFamily::P521 | KeyFamily::Other(_) => return Err(WeakKey::UnsupportedKind),
        }
        let der = key.canonical_der().filter(|der| der == spki_der).ok_or(WeakKey::Malformed)?;
        Ok(Self { der, key })
    }

    /// SubjectPublicKeyInfo DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The name of the key, by which the caller looks for an earlier use or a block.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.der)
    }

    /// What the key is made by.
    #[must_use]
    pub fn algorithm(&self) -> Option<KeyAlgorithm> {
        self.key.algorithm()
    }

    /// The modulus of an RSA key, without zeros before it.
    pub(super) fn rsa_modulus(&self) -> Option<Vec<u8>> {
        matches!(self.key.family(), KeyFamily::Rsa { .. }).then(|| rsa::modulus(self.key.bytes()))?
    }

    pub(crate) fn public_key(&self) -> &PublicKey {
        &self.key
    }
}

/// Checks that the point is written in full and lies on the curve; the identity has a shorter form and falls out.
fn check_point(
    length: usize,
    algorithm: &'static dyn VerificationAlgorithm,
    key: &PublicKey,
) -> Result<(), WeakKey> {
    if key.bytes().len() != length || key.bytes().first() != Some(&4) {
        return Err(WeakKey::Point);
    }
    ParsedPublicKey::new(algorithm, key.bytes()).map(drop).map_err(|_| WeakKey::Point)
}
