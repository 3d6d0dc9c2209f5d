//! The kinds of keys that this cut of the product makes and uses.

use const_oid::ObjectIdentifier;

use crate::{algorithms::SignatureAlgorithm, oids};

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
