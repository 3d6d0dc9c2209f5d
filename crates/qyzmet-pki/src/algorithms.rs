//! The one table of signature and digest algorithms; a new family (GOST 34.10-2015, issue 4) is added here and nowhere else.

use aws_lc_rs::{
    digest,
    signature::{self, ParsedPublicKey, VerificationAlgorithm},
};
use const_oid::ObjectIdentifier;

use crate::{
    asn1::{self, Element, Malformed, Reader, small_uint, tag},
    oids,
    spki::{KeyFamily, PublicKey},
    verdict::Invalid,
};

/// A digest algorithm that is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digest {
    Sha256,
    Sha384,
    Sha512,
}

/// A digest value, without a heap allocation.
pub(crate) type DigestValue = digest::Digest;

impl Digest {
    pub(crate) fn of(self, bytes: &[u8]) -> DigestValue {
        digest::digest(self.implementation(), bytes)
    }

    /// A digest over bytes that come in pieces.
    pub(crate) fn begin(self) -> digest::Context {
        digest::Context::new(self.implementation())
    }

    fn implementation(self) -> &'static digest::Algorithm {
        match self {
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        }
    }

    pub(crate) fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Sha256 => oids::SHA256,
            Self::Sha384 => oids::SHA384,
            Self::Sha512 => oids::SHA512,
        }
    }

    /// Finds the digest by its identifier; weak and unknown ones are told apart.
    pub(crate) fn from_oid(oid: ObjectIdentifier) -> Result<Self, Invalid> {
        match oid {
            oids::SHA256 => Ok(Self::Sha256),
            oids::SHA384 => Ok(Self::Sha384),
            oids::SHA512 => Ok(Self::Sha512),
            oids::SHA1 | oids::MD5 => Err(Invalid::WeakAlgorithm(oid.to_string())),
            other => Err(Invalid::UnsupportedAlgorithm(other.to_string())),
        }
    }
}

/// SHA-1, where it only names things (key identifiers, OCSP's certificate identifiers) and protects nothing.
pub(crate) fn sha1_identifier(bytes: &[u8]) -> DigestValue {
    digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes)
}

/// A signature algorithm that is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignatureAlgorithm {
    EcdsaSha256,
    EcdsaSha384,
    EcdsaSha512,
    RsaSha256,
    RsaSha384,
    RsaSha512,
    PssSha256,
    PssSha384,
    PssSha512,
    Ed25519,
}

impl SignatureAlgorithm {
    /// The algorithm with which a key of this family signs certificates and lists here.
    pub(crate) fn of(family: KeyFamily) -> Option<Self> {
        match family {
            KeyFamily::P256 => Some(Self::EcdsaSha256),
            KeyFamily::P384 => Some(Self::EcdsaSha384),
            KeyFamily::P521 => Some(Self::EcdsaSha512),
            KeyFamily::Rsa { .. } => Some(Self::RsaSha256),
            KeyFamily::Ed25519 => Some(Self::Ed25519),
            KeyFamily::Other(_) => None,
        }
    }

    /// Reads an AlgorithmIdentifier of a certificate or list.
    pub(crate) fn read(identifier: Element<'_>) -> Result<Self, Invalid> {
        let malformed = |_: Malformed| Invalid::Malformed("algorithm identifier");
        let mut fields = identifier.reader();
        let oid = fields.oid().map_err(malformed)?;
        Ok(match oid {
            oids::ECDSA_SHA256 => Self::EcdsaSha256,
            oids::ECDSA_SHA384 => Self::EcdsaSha384,
            oids::ECDSA_SHA512 => Self::EcdsaSha512,
            oids::RSA_SHA256 => Self::RsaSha256,
            oids::RSA_SHA384 => Self::RsaSha384,
            oids::RSA_SHA512 => Self::RsaSha512,
            oids::ED25519 => Self::Ed25519,
            oids::RSA_PSS => return read_pss(fields).map_err(malformed)?.ok_or_else(|| unsupported(oid)),
            oids::ECDSA_SHA1 | oids::RSA_SHA1 | oids::RSA_MD5 | oids::DSA_SHA1 => {
                return Err(Invalid::WeakAlgorithm(oid.to_string()));
            }
            other => return Err(unsupported(other)),
        })
    }

    /// Reads the signatureAlgorithm of a CMS signer, where RSA may be named by the key alone (RFC 5754 section 3.2).
    pub(crate) fn read_in_cms(identifier: Element<'_>, digest: Digest) -> Result<Self, Invalid> {
        let oid = identifier.reader().oid().map_err(|_| Invalid::Malformed("algorithm identifier"))?;
        if oid == oids::RSA {
            return Ok(match digest {
                Digest::Sha256 => Self::RsaSha256,
                Digest::Sha384 => Self::RsaSha384,
                Digest::Sha512 => Self::RsaSha512,
            });
        }
        Self::read(identifier)
    }

    /// The AlgorithmIdentifier as DER.
    pub(crate) fn to_der(self) -> Vec<u8> {
        match self {
            Self::EcdsaSha256 => asn1::sequence(&[&asn1::oid(oids::ECDSA_SHA256)]),
            Self::EcdsaSha384 => asn1::sequence(&[&asn1::oid(oids::ECDSA_SHA384)]),
            Self::EcdsaSha512 => asn1::sequence(&[&asn1::oid(oids::ECDSA_SHA512)]),
            Self::RsaSha256 => asn1::sequence(&[&asn1::oid(oids::RSA_SHA256), &asn1::null()]),
            Self::RsaSha384 => asn1::sequence(&[&asn1::oid(oids::RSA_SHA384), &asn1::null()]),
            Self::RsaSha512 => asn1::sequence(&[&asn1::oid(oids::RSA_SHA512), &asn1::null()]),
            Self::Ed25519 => asn1::sequence(&[&asn1::oid(oids::ED25519)]),
            Self::PssSha256 | Self::PssSha384 | Self::PssSha512 => {
                asn1::sequence(&[&asn1::oid(oids::RSA_PSS)])
            }
        }
    }

    /// The digest that belongs to the signature.
    pub(crate) fn digest(self) -> Digest {
        match self {
            Self::EcdsaSha256 | Self::RsaSha256 | Self::PssSha256 => Digest::Sha256,
            Self::EcdsaSha384 | Self::RsaSha384 | Self::PssSha384 => Digest::Sha384,
            Self::EcdsaSha512 | Self::RsaSha512 | Self::PssSha512 | Self::Ed25519 => Digest::Sha512,
        }
    }

    /// Verifies a signature; the key must be of the family that the algorithm asks for.
    pub(crate) fn verify(self, key: &PublicKey, message: &[u8], value: &[u8]) -> Result<(), Invalid> {
        let algorithm = self.implementation(key)?;
        let parsed =
            ParsedPublicKey::new(algorithm, key.bytes()).map_err(|_| Invalid::Malformed("public key"))?;
        parsed.verify_sig(message, value).map_err(|_| Invalid::WrongSignature)
    }

    fn implementation(self, key: &PublicKey) -> Result<&'static dyn VerificationAlgorithm, Invalid> {
        if let KeyFamily::Rsa { bits } = key.family()
            && bits < 2048
        {
            return Err(Invalid::WeakAlgorithm(format!("RSA with {bits} bits")));
        }
        Ok(match (self, key.family()) {
            (Self::EcdsaSha256, KeyFamily::P256) => &signature::ECDSA_P256_SHA256_ASN1,
            (Self::EcdsaSha384, KeyFamily::P256) => &signature::ECDSA_P256_SHA384_ASN1,
            (Self::EcdsaSha512, KeyFamily::P256) => &signature::ECDSA_P256_SHA512_ASN1,
            (Self::EcdsaSha256, KeyFamily::P384) => &signature::ECDSA_P384_SHA256_ASN1,
            (Self::EcdsaSha384, KeyFamily::P384) => &signature::ECDSA_P384_SHA384_ASN1,
            (Self::EcdsaSha512, KeyFamily::P384) => &signature::ECDSA_P384_SHA512_ASN1,
            (Self::EcdsaSha256, KeyFamily::P521) => &signature::ECDSA_P521_SHA256_ASN1,
            (Self::EcdsaSha384, KeyFamily::P521) => &signature::ECDSA_P521_SHA384_ASN1,
            (Self::EcdsaSha512, KeyFamily::P521) => &signature::ECDSA_P521_SHA512_ASN1,
            (Self::RsaSha256, KeyFamily::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA256,
            (Self::RsaSha384, KeyFamily::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA384,
            (Self::RsaSha512, KeyFamily::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA512,
            (Self::PssSha256, KeyFamily::Rsa { .. }) => &signature::RSA_PSS_2048_8192_SHA256,
            (Self::PssSha384, KeyFamily::Rsa { .. }) => &signature::RSA_PSS_2048_8192_SHA384,
            (Self::PssSha512, KeyFamily::Rsa { .. }) => &signature::RSA_PSS_2048_8192_SHA512,
            (Self::Ed25519, KeyFamily::Ed25519) => &signature::ED25519,
            (_, KeyFamily::Other(oid)) => return Err(unsupported(oid)),
            _ => return Err(Invalid::AlgorithmMismatch),
        })
    }
}

/// Verifies a plain signature with the algorithm that belongs to the kind of key: ECDSA with the digest of its curve,
/// RSA PKCS#1 v1.5 with SHA-256, or Ed25519. It is the counterpart of [`crate::Signer::sign`].
///
/// # Errors
/// [`Invalid::WrongSignature`] for a wrong value; [`Invalid::Malformed`], [`Invalid::WeakAlgorithm`] or
/// [`Invalid::UnsupportedAlgorithm`] for a key that cannot be used.
pub fn verify_signature(public_key_der: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Invalid> {
    let key = PublicKey::from_der(public_key_der).map_err(|_| Invalid::Malformed("public key"))?;
    if let KeyFamily::Other(oid) = key.family() {
        return Err(unsupported(oid));
    }
    let algorithm = SignatureAlgorithm::of(key.family()).ok_or(Invalid::AlgorithmMismatch)?;
    algorithm.verify(&key, message, signature)
}

fn unsupported(oid: ObjectIdentifier) -> Invalid {
    Invalid::UnsupportedAlgorithm(oid.to_string())
}

/// RSASSA-PSS parameters where digest, mask digest and salt length agree; anything else is not supported.
fn read_pss(mut fields: Reader<'_>) -> Result<Option<SignatureAlgorithm>, Malformed> {
    let mut parameters = fields.sequence()?;
    let Some(hash) = parameters.optional(tag::explicit(0))? else { return Ok(None) };
    let hash = hash.reader().sequence()?.oid()?;
    let Some(mask) = parameters.optional(tag::explicit(1))? else { return Ok(None) };
    let mut mask = mask.reader().sequence()?;
    let mask_ok = mask.oid()? == oids::MGF1 && mask.sequence()?.oid()? == hash;
    let Some(salt) = parameters.optional(tag::explicit(2))? else { return Ok(None) };
    let salt = small_uint(salt.reader().expect(tag::INTEGER)?)?;
    Ok(match (hash, salt) {
        _ if !mask_ok => None,
        (oids::SHA256, 32) => Some(SignatureAlgorithm::PssSha256),
        (oids::SHA384, 48) => Some(SignatureAlgorithm::PssSha384),
        (oids::SHA512, 64) => Some(SignatureAlgorithm::PssSha512),
        _ => None,
    })
}
