//! The words of a profile file: attributes, extensions, usages and kinds of keys, and what they mean in a certificate.

use std::fmt;

use const_oid::ObjectIdentifier;

use super::{KeyRule, ProfileError};
use crate::{asn1::tag, certificate::extensions::usage, oids};

/// A place in a list of attributes or extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot<T> {
    pub(crate) kind: T,
    /// Left out when there is nothing to write ("?").
    pub(crate) optional: bool,
    /// Critical ("!"); never true for an attribute.
    pub(crate) critical: bool,
}

impl<T: Copy> Slot<T> {
    /// Reads a word with its marks.
    pub(super) fn read(
        place: &'static str,
        word: &str,
        words: &[(&str, T)],
        may_be_critical: bool,
    ) -> Result<Self, ProfileError> {
        let (name, optional, critical) = match (word.strip_suffix('?'), word.strip_suffix('!')) {
            (Some(name), _) => (name, true, false),
            (_, Some(name)) if may_be_critical => (name, false, true),
            _ => (word, false, false),
        };
        Ok(Self { kind: find(place, name, words)?, optional, critical })
    }
}

/// What a word means.
pub(super) fn find<T: Copy>(place: &'static str, word: &str, words: &[(&str, T)]) -> Result<T, ProfileError> {
    let found = words.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning);
    found.ok_or_else(|| ProfileError::Word { place, word: word.to_owned() })
}

/// An attribute of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    CommonName,
    Surname,
    SerialNumber,
    Country,
    Organisation,
    OrganisationalUnit,
    GivenName,
}

pub(super) const ATTRIBUTES: [(&str, Attribute); 7] = [
    ("CN", Attribute::CommonName),
    ("SURNAME", Attribute::Surname),
    ("serialNumber", Attribute::SerialNumber),
    ("C", Attribute::Country),
    ("O", Attribute::Organisation),
    ("OU", Attribute::OrganisationalUnit),
    ("GIVENNAME", Attribute::GivenName),
];

impl Attribute {
    pub(crate) fn oid(self) -> ObjectIdentifier {
        match self {
            Self::CommonName => oids::COMMON_NAME,
            Self::Surname => oids::SURNAME,
            Self::SerialNumber => oids::SERIAL_NUMBER,
            Self::Country => oids::COUNTRY,
            Self::Organisation => oids::ORGANISATION,
            Self::OrganisationalUnit => oids::ORGANISATIONAL_UNIT,
            Self::GivenName => oids::GIVEN_NAME,
        }
    }

    /// The string type of the real certificates: PrintableString where X.520 demands it, UTF8String elsewhere.
    pub(crate) fn string_tag(self) -> u8 {
        match self {
            Self::SerialNumber | Self::Country => tag::PRINTABLE,
            _ => tag::UTF8,
        }
    }
}

/// An extension that a profile may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExtensionKind {
    BasicConstraints,
    KeyUsage,
    ExtendedKeyUsage,
    SubjectKeyId,
    AuthorityKeyId,
    SubjectAltName,
    Policies,
    AuthorityInfoAccess,
    DistributionPoints,
    FreshestCrl,
    KeyStorage,
    OcspNoCheck,
}

pub(super) const EXTENSIONS: [(&str, ExtensionKind); 12] = [
    ("basicConstraints", ExtensionKind::BasicConstraints),
    ("keyUsage", ExtensionKind::KeyUsage),
    ("extKeyUsage", ExtensionKind::ExtendedKeyUsage),
    ("subjectKeyIdentifier", ExtensionKind::SubjectKeyId),
    ("authorityKeyIdentifier", ExtensionKind::AuthorityKeyId),
    ("subjectAltName", ExtensionKind::SubjectAltName),
    ("certificatePolicies", ExtensionKind::Policies),
    ("authorityInfoAccess", ExtensionKind::AuthorityInfoAccess),
    ("cRLDistributionPoints", ExtensionKind::DistributionPoints),
    ("freshestCRL", ExtensionKind::FreshestCrl),
    ("keyStorage", ExtensionKind::KeyStorage),
    ("ocspNoCheck", ExtensionKind::OcspNoCheck),
];

impl ExtensionKind {
    /// The identifier; that of the key storage lies in the deployment's arc, so the profile knows it.
    pub(crate) fn oid(self, key_storage: ObjectIdentifier) -> ObjectIdentifier {
        match self {
            Self::BasicConstraints => oids::BASIC_CONSTRAINTS,
            Self::KeyUsage => oids::KEY_USAGE,
            Self::ExtendedKeyUsage => oids::EXTENDED_KEY_USAGE,
            Self::SubjectKeyId => oids::SUBJECT_KEY_ID,
            Self::AuthorityKeyId => oids::AUTHORITY_KEY_ID,
            Self::SubjectAltName => oids::SUBJECT_ALT_NAME,
            Self::Policies => oids::CERTIFICATE_POLICIES,
            Self::AuthorityInfoAccess => oids::AUTHORITY_INFO_ACCESS,
            Self::DistributionPoints => oids::CRL_DISTRIBUTION_POINTS,
            Self::FreshestCrl => oids::FRESHEST_CRL,
            Self::KeyStorage => key_storage,
            Self::OcspNoCheck => oids::OCSP_NO_CHECK,
        }
    }
}

pub(super) const USAGES: [(&str, u16); 6] = [
    ("digitalSignature", usage::DIGITAL_SIGNATURE),
    ("nonRepudiation", usage::NON_REPUDIATION),
    ("keyEncipherment", usage::KEY_ENCIPHERMENT),
    ("keyAgreement", usage::KEY_AGREEMENT),
    ("keyCertSign", usage::CERT_SIGN),
    ("cRLSign", usage::CRL_SIGN),
];

pub(super) const EKUS: [(&str, ObjectIdentifier); 5] = [
    ("serverAuth", oids::SERVER_AUTH),
    ("clientAuth", oids::CLIENT_AUTH),
    ("emailProtection", oids::EMAIL_PROTECTION),
    ("timeStamping", oids::TIME_STAMPING),
    ("OCSPSigning", oids::OCSP_SIGNING),
];

impl KeyRule {
    /// Reads `P-256`, `P-384` or `RSA-` with a number of bits that is still thought strong.
    pub(super) fn read(word: &str) -> Result<Self, ProfileError> {
        let bits = word.strip_prefix("RSA-").and_then(|bits| bits.parse().ok());
        match (word, bits) {
            ("P-256", _) => Ok(Self::P256),
            ("P-384", _) => Ok(Self::P384),
            (_, Some(bits)) if (2048..=8192).contains(&bits) => Ok(Self::Rsa(bits)),
            _ => Err(ProfileError::Word { place: "keys", word: word.to_owned() }),
        }
    }
}

impl fmt::Display for KeyRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::Rsa(bits) => write!(f, "RSA-{bits}"),
        }
    }
}
