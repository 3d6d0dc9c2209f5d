//! Public keys as SubjectPublicKeyInfo: family, bytes for verification, and DER.

use const_oid::ObjectIdentifier;

use crate::{
    algorithms::{DigestValue, sha1_identifier},
    asn1::{self, Malformed, Reader, integer_value, tag},
    key::KeyKind,
    oids,
};

/// The family of a public key, as far as the choice of an algorithm needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyFamily {
    P256,
    P384,
    P521,
    Rsa {
        bits: usize,
    },
    Ed25519,
    /// A key that this product cannot use (GOST until issue 4); its identifier is kept for the message.
    Other(ObjectIdentifier),
}

/// What a public key is made by, as far as deployments tell keys apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyAlgorithm {
    /// On an elliptic curve of NIST.
    Ec,
    /// RSA of any length.
    Rsa,
    /// Ed25519.
    Ed25519,
}

impl KeyAlgorithm {
    fn of(family: KeyFamily) -> Option<Self> {
        match family {
            KeyFamily::P256 | KeyFamily::P384 | KeyFamily::P521 => Some(Self::Ec),
            KeyFamily::Rsa { .. } => Some(Self::Rsa),
            KeyFamily::Ed25519 => Some(Self::Ed25519),
            KeyFamily::Other(_) => None,
        }
    }
}

/// A public key, ready for verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicKey {
    family: KeyFamily,
    bytes: Vec<u8>,
}

impl PublicKey {
    /// Reads SubjectPublicKeyInfo DER. An unknown algorithm is not an error here: it is met when a signature is verified.
    pub(crate) fn from_der(der: &[u8]) -> Result<Self, Malformed> {
        let mut fields = Reader::only(der, tag::SEQUENCE)?.reader();
        let mut algorithm = fields.sequence()?;
        let oid = algorithm.oid()?;
        let key = fields.expect(tag::BIT_STRING)?;
        fields.end()?;
        let bytes = key.bits()?;
        let family = match oid {
            oids::EC_PUBLIC_KEY => match algorithm.next()?.oid() {
                Ok(oids::P256) => KeyFamily::P256,
                Ok(oids::P384) => KeyFamily::P384,
                Ok(oids::P521) => KeyFamily::P521,
                Ok(other) => KeyFamily::Other(other),
                Err(_) => KeyFamily::Other(oid),
            },
            oids::RSA => KeyFamily::Rsa { bits: rsa_bits(bytes)? },
            oids::ED25519 => KeyFamily::Ed25519,
            other => KeyFamily::Other(other),
        };
        Ok(Self { family, bytes: bytes.to_vec() })
    }

    pub(crate) fn family(&self) -> KeyFamily {
        self.family
    }

    /// Nothing for a key that this product cannot use.
    pub(crate) fn algorithm(&self) -> Option<KeyAlgorithm> {
        KeyAlgorithm::of(self.family)
    }

    /// The content of the bit string: point, RSAPublicKey, or raw Ed25519 key.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The one encoding that this product writes and certifies; `None` for kinds that it does not.
    pub(crate) fn canonical_der(&self) -> Option<Vec<u8>> {
        match self.family {
            KeyFamily::P256 => Some(Self::ec_to_der(KeyKind::EcP256, &self.bytes)),
            KeyFamily::P384 => Some(Self::ec_to_der(KeyKind::EcP384, &self.bytes)),
            KeyFamily::Rsa { .. } => Some(Self::rsa_to_der(&self.bytes)),
            KeyFamily::Ed25519 => Some(Self::ed25519_to_der(&self.bytes)),
            KeyFamily::P521 | KeyFamily::Other(_) => None,
        }
    }

    /// SHA-1 over the content of the bit string (RFC 5280 section 4.2.1.2, method 1): an identifier, not a protection.
    pub(crate) fn identifier(&self) -> DigestValue {
        sha1_identifier(&self.bytes)
    }

    /// The SubjectPublicKeyInfo of an EC point.
    pub(crate) fn ec_to_der(kind: KeyKind, point: &[u8]) -> Vec<u8> {
        let curve = kind.curve().unwrap_or(oids::P256);
        let algorithm = asn1::sequence(&[&asn1::oid(oids::EC_PUBLIC_KEY), &asn1::oid(curve)]);
        asn1::sequence(&[&algorithm, &asn1::bit_string(point)])
    }

    /// The SubjectPublicKeyInfo of an RSAPublicKey.
    pub(crate) fn rsa_to_der(key: &[u8]) -> Vec<u8> {
        let algorithm = asn1::sequence(&[&asn1::oid(oids::RSA), &asn1::null()]);
        asn1::sequence(&[&algorithm, &asn1::bit_string(key)])
    }

    /// The SubjectPublicKeyInfo of an Ed25519 key.
    pub(crate) fn ed25519_to_der(key: &[u8]) -> Vec<u8> {
        asn1::sequence(&[&asn1::sequence(&[&asn1::oid(oids::ED25519)]), &asn1::bit_string(key)])
    }
}

fn rsa_bits(key: &[u8]) -> Result<usize, Malformed> {
    let mut fields = Reader::only(key, tag::SEQUENCE)?.reader();
    let modulus = integer_value(fields.expect(tag::INTEGER)?)?;
    let digits = modulus.strip_prefix(&[0]).unwrap_or(modulus);
    let top = digits.first().ok_or(Malformed)?;
    Ok(digits.len() * 8 - usize::try_from(top.leading_zeros()).map_err(|_| Malformed)?)
}
