//! The kinds of keys that this cut of the product makes and uses.

use const_oid::ObjectIdentifier;

use crate::{
    algorithms::SignatureAlgorithm,
    oids,
    spki::{KeyFamily, PublicKey},
};

/// The kind of a key pair. GOST 34.10-2015 arrives with issue 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// ECDSA on P-256 with SHA-256.
    EcP256,
    /// ECDSA on P-384 with SHA-384.
    EcP384,
    /// RSA with 2048 bits, PKCS#1 v1.5 and SHA-256.
    Rsa2048,
    /// RSA with 3072 bits, PKCS#1 v1.5 and SHA-256.
    Rsa3072,
    /// Ed25519, for journal checkpoints.
    Ed25519,
}

impl KeyKind {
    /// The kind of a public key; `None` for a curve or a length that we do not sign with.
    pub(crate) fn of(public: &PublicKey) -> Option<Self> {
        match public.family() {
            KeyFamily::P256 => Some(Self::EcP256),
            KeyFamily::P384 => Some(Self::EcP384),
            KeyFamily::Rsa { bits: 2048 } => Some(Self::Rsa2048),
            KeyFamily::Rsa { bits: 3072 } => Some(Self::Rsa3072),
            KeyFamily::Ed25519 => Some(Self::Ed25519),
            KeyFamily::Rsa { .. } | KeyFamily::P521 | KeyFamily::Other(_) => None,
        }
    }

    /// The signature algorithm that a key of this kind signs with.
    pub(crate) fn algorithm(self) -> SignatureAlgorithm {
        match self {
            Self::EcP256 => SignatureAlgorithm::EcdsaSha256,
            Self::EcP384 => SignatureAlgorithm::EcdsaSha384,
            Self::Rsa2048 | Self::Rsa3072 => SignatureAlgorithm::RsaSha256,
            Self::Ed25519 => SignatureAlgorithm::Ed25519,
        }
    }

    /// The named curve of an EC key.
    pub(crate) fn curve(self) -> Option<ObjectIdentifier> {
        match self {
            Self::EcP256 => Some(oids::P256),
            Self::EcP384 => Some(oids::P384),
            Self::Rsa2048 | Self::Rsa3072 | Self::Ed25519 => None,
        }
    }
}
