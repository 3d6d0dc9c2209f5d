//! Certificate profiles: what an authority writes into the certificates of each kind, read from data.

mod file;
mod words;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use const_oid::ObjectIdentifier;
use jiff::{Span, Timestamp, tz::TimeZone};

pub(crate) use self::words::{Attribute, ExtensionKind, Slot};
use super::{IssueError, Validity};
use crate::{
    certificate::Certificate,
    spki::{KeyFamily, PublicKey},
};

/// The profiles of the National Certification Authority, which a deployment may take over, move to its own arc or replace.
pub const NCA: &str = include_str!("../../../profiles/nca.toml");

/// Profiles could not be read, or a profile is not among them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The text is not TOML of this form; the reason names the line and what is wrong.
    #[error("the profiles cannot be read: {0}")]
    Form(String),
    /// A word is none of those that its place allows.
    #[error("{place} of the profiles has no {word:?}")]
    Word {
        /// The place, such as `extensions`.
        place: &'static str,
        /// What stands there.
        word: String,
    },
    /// An object identifier is malformed.
    #[error("{0:?} is no object identifier")]
    Identifier(String),
    /// Two profiles have the same id.
    #[error("the profile {0:?} is described twice")]
    Twice(String),
    /// No profile has this id.
    #[error("there is no profile {0:?}")]
    Unknown(String),
    /// A profile contradicts itself; the text says how.
    #[error("the profile {id:?} contradicts itself: {how}")]
    Contradiction {
        /// Which profile.
        id: String,
        /// In what.
        how: &'static str,
    },
}

/// Whose certificate it is, as far as its name goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolderKind {
    /// A natural person.
    Person,
    /// A natural person in an organisation.
    Member,
    /// An organisation or one of its information systems.
    Organisation,
    /// An authority, a responder, a time-stamping authority.
    Service,
    /// A host.
    Server,
}

/// All profiles of a deployment.
#[derive(Debug, Clone)]
pub struct Profiles {
    by_id: BTreeMap<String, Profile>,
}

impl Profiles {
    /// The profiles of [`NCA`] under its own arc.
    ///
    /// # Errors
    /// [`ProfileError`] when the built-in text is broken, which a test excludes.
    pub fn nca() -> Result<&'static Self, ProfileError> {
        static PROFILES: LazyLock<Result<Profiles, ProfileError>> =
            LazyLock::new(|| Profiles::parse(NCA, None));
        PROFILES.as_ref().map_err(Clone::clone)
    }

    /// Reads profiles; `arc`, where given, takes the place of the one in the text.
    ///
    /// # Errors
    /// [`ProfileError`], which names the place.
    pub fn parse(text: &str, arc: Option<&str>) -> Result<Self, ProfileError> {
        Ok(Self { by_id: file::read(text, arc)? })
    }

    /// The profile with this id, such as `person-sign`.
    ///
    /// # Errors
    /// [`ProfileError::Unknown`].
    pub fn get(&self, id: &str) -> Result<&Profile, ProfileError> {
        self.by_id.get(id).ok_or_else(|| ProfileError::Unknown(id.to_owned()))
    }

    /// All profiles, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.by_id.values()
    }
}

/// A profile: everything about a certificate that does not depend on its holder. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    rules: Arc<Rules>,
}

/// What a profile says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    pub(crate) id: String,
    pub(crate) holder: HolderKind,
    pub(crate) country: String,
    /// Attributes of the subject's name, in order.
    pub(crate) subject: Vec<Slot<Attribute>>,
    /// Extensions, in order.
    pub(crate) extensions: Vec<Slot<ExtensionKind>>,
    /// Extended key usages, the purpose first, then whose it is.
    pub(crate) ekus: Vec<ObjectIdentifier>,
    pub(crate) ec_usage: u16,
    pub(crate) rsa_usage: u16,
    pub(crate) policies: Vec<ObjectIdentifier>,
    pub(crate) keys: Vec<KeyRule>,
    /// The extension that says where the key lies.
    pub(crate) key_storage: ObjectIdentifier,
    /// Where the key may lie; the first is meant when nothing is said.
    pub(crate) storage: Vec<(String, ObjectIdentifier)>,
    pub(crate) identified: Vec<(String, ObjectIdentifier)>,
    pub(crate) years: u8,
    /// `None` for end entities, else the authority's path length.
    pub(crate) authority: Option<Option<u8>>,
    pub(crate) email: bool,
    pub(crate) hosts: bool,
}

/// A kind of subject key that a profile allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyRule {
    P256,
    P384,
    /// RSA of at least so many bits.
    Rsa(usize),
}

impl Profile {
    /// The id, such as `person-sign`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.rules.id
    }

    /// Whose certificate it is.
    #[must_use]
    pub fn holder(&self) -> HolderKind {
        self.rules.holder
    }

    /// Where the private key may lie, by name; the first is meant when nothing is said. Empty when nothing is written.
    pub fn storages(&self) -> impl Iterator<Item = &str> {
        self.rules.storage.iter().map(|(name, _)| name.as_str())
    }

    /// Kinds of keys that are allowed, in words: `P-256`, `RSA-2048` (of at least so many bits).
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.rules.keys.iter().map(ToString::to_string).collect()
    }

    /// Whether an e-mail address may stand in it (as subjectAltName).
    #[must_use]
    pub fn takes_email(&self) -> bool {
        self.rules.email
    }

    /// Extended key usages in dotted form, the purpose first.
    #[must_use]
    pub fn ekus(&self) -> Vec<String> {
        self.rules.ekus.iter().map(ToString::to_string).collect()
    }

    /// True for the certificates of authorities.
    #[must_use]
    pub fn is_authority(&self) -> bool {
        self.rules.authority.is_some()
    }

    /// For how many years at most it is issued.
    #[must_use]
    pub fn years(&self) -> u8 {
        self.rules.years
    }

    /// The whole time for which this profile is issued, from the given moment (cut to whole seconds).
    ///
    /// # Errors
    /// [`IssueError::Validity`] when the end lies outside the calendar.
    pub fn validity(&self, from: Timestamp) -> Result<Validity, IssueError> {
        let outside = |_| IssueError::Validity;
        let not_before = Timestamp::from_second(from.as_second()).map_err(outside)?;
        let years = Span::new().try_years(self.rules.years).map_err(outside)?;
        let end = not_before.to_zoned(TimeZone::UTC).checked_add(years).map_err(outside)?;
        Ok(Validity { not_before, not_after: end.timestamp() })
    }

    /// Whether a certificate was issued by this profile, as far as its usages and policies tell: a certificate of another
    /// profile always differs in one of them.
    #[must_use]
    pub fn describes(&self, certificate: &Certificate) -> bool {
        let (rules, found) = (&self.rules, certificate.extensions());
        let ekus = found.extended_usage.as_deref().unwrap_or_default();
        let (own, way) = ekus.split_at(rules.ekus.len().min(ekus.len()));
        let way_is_known = way.iter().all(|eku| rules.identified.iter().any(|(_, known)| known == eku));
        own == rules.ekus
            && way.len() <= 1
            && way_is_known
            && found.key_usage == Some(rules.usage(certificate.key()))
            && found.policies.as_deref().unwrap_or_default() == rules.policies
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }
}

impl Rules {
    /// Key usage bits for a key of this family.
    pub(crate) fn usage(&self, key: &PublicKey) -> u16 {
        if matches!(key.family(), KeyFamily::Rsa { .. }) { self.rsa_usage } else { self.ec_usage }
    }

    /// The place of an extension in this profile, if it has one.
    pub(crate) fn extension(&self, kind: ExtensionKind) -> Option<&Slot<ExtensionKind>> {
        self.extensions.iter().find(|slot| slot.kind == kind)
    }
}

impl KeyRule {
    /// Whether a key is of this kind.
    pub(crate) fn allows(self, key: &PublicKey) -> bool {
        match (self, key.family()) {
            (Self::P256, KeyFamily::P256) | (Self::P384, KeyFamily::P384) => true,
            (Self::Rsa(least), KeyFamily::Rsa { bits }) => bits >= least,
            _ => false,
        }
    }
}
