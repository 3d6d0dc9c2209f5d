//! Reading of a profile file: its form by serde, its meaning word by word.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use const_oid::ObjectIdentifier;
use serde::Deserialize;

use super::{
    HolderKind, KeyRule, Profile, ProfileError, Rules,
    words::{ATTRIBUTES, EKUS, EXTENSIONS, ExtensionKind, Slot, USAGES, find},
};
use crate::certificate::extensions::usage;

/// The extension that says where the key lies, below the arc.
const KEY_STORAGE: &str = ".5";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    arc: String,
    country: String,
    keys: Vec<String>,
    policies: Vec<String>,
    subject: HashMap<HolderKind, Vec<String>>,
    purpose: HashMap<String, Purpose>,
    extensions: HashMap<String, Vec<String>>,
    storage: HashMap<String, String>,
    identified: BTreeMap<String, String>,
    profile: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Purpose {
    #[serde(default)]
    ekus: Vec<String>,
    usage: Usage,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Usage {
    ec: Vec<String>,
    rsa: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    holder: HolderKind,
    /// One purpose: the profile keeps its id.
    purpose: Option<String>,
    /// Several: one profile for each, its id lengthened by the purpose.
    #[serde(default)]
    purposes: Vec<String>,
    #[serde(default)]
    roles: Vec<String>,
    extensions: String,
    #[serde(default)]
    storage: Vec<String>,
    policies: Option<Vec<String>>,
    keys: Option<Vec<String>>,
    years: u8,
    #[serde(default)]
    authority: bool,
    path_length: Option<u8>,
    #[serde(default)]
    email: bool,
    #[serde(default)]
    hosts: bool,
}

pub(super) fn read(text: &str, arc: Option<&str>) -> Result<BTreeMap<String, Profile>, ProfileError> {
    let mut file: File = toml::from_str(text).map_err(|error| ProfileError::Form(error.to_string()))?;
    if let Some(arc) = arc {
        arc.clone_into(&mut file.arc);
    }
    let mut profiles = BTreeMap::new();
    for entry in &file.profile {
        let one = entry.purpose.iter().map(|purpose| (entry.id.clone(), purpose));
        let several = entry.purposes.iter().map(|purpose| (format!("{}-{purpose}", entry.id), purpose));
        for (id, purpose) in one.chain(several) {
            let rules = file.rules(entry, &id, purpose)?;
            rules.check()?;
            if profiles.insert(id.clone(), Profile { rules: Arc::new(rules) }).is_some() {
                return Err(ProfileError::Twice(id));
            }
        }
    }
    Ok(profiles)
}

impl File {
    fn rules(&self, entry: &Entry, id: &str, purpose: &str) -> Result<Rules, ProfileError> {
        let word = |place| move |word: &String| ProfileError::Word { place, word: word.clone() };
        let named = word("purpose");
        let purpose = self.purpose.get(purpose).ok_or_else(|| named(&purpose.to_owned()))?;
        let list =
            self.extensions.get(&entry.extensions).ok_or_else(|| word("extensions")(&entry.extensions))?;
        let subject = self.subject.get(&entry.holder).ok_or_else(|| word("subject")(&entry.id))?;
        let storage = entry.storage.iter().map(|name| {
            let text = self.storage.get(name).ok_or_else(|| word("storage")(name))?;
            Ok((name.clone(), self.oid(text)?))
        });
        let usage =
            |words: &[String]| words.iter().try_fold(0, |bits, w| Ok(bits | find("usage", w, &USAGES)?));
        Ok(Rules {
            id: id.to_owned(),
            holder: entry.holder,
            country: self.country.clone(),
            subject: slots("subject", subject, &ATTRIBUTES, false)?,
            extensions: slots("extensions", list, &EXTENSIONS, true)?,
            ekus: self.ekus(&purpose.ekus, &entry.roles)?,
            ec_usage: usage(&purpose.usage.ec)?,
            rsa_usage: usage(&purpose.usage.rsa)?,
            policies: self.oids(entry.policies.as_ref().unwrap_or(&self.policies))?,
            keys: entry
                .keys
                .as_ref()
                .unwrap_or(&self.keys)
                .iter()
                .map(|w| KeyRule::read(w))
                .collect::<Result<_, _>>()?,
            key_storage: self.oid(KEY_STORAGE)?,
            storage: storage.collect::<Result<_, _>>()?,
            identified: self
                .identified
                .iter()
                .map(|(name, text)| Ok((name.clone(), self.oid(text)?)))
                .collect::<Result<_, _>>()?,
            years: entry.years,
            authority: entry.authority.then_some(entry.path_length),
            email: entry.email,
            hosts: entry.hosts,
        })
    }

    /// The purpose's usages by name, then the roles by identifier.
    fn ekus(&self, purposes: &[String], roles: &[String]) -> Result<Vec<ObjectIdentifier>, ProfileError> {
        let named = purposes.iter().map(|word| find("ekus", word, &EKUS));
        named.chain(roles.iter().map(|text| self.oid(text))).collect()
    }

    fn oids(&self, texts: &[String]) -> Result<Vec<ObjectIdentifier>, ProfileError> {
        texts.iter().map(|text| self.oid(text)).collect()
    }

    /// An identifier; one that begins with a dot lies below the arc.
    fn oid(&self, text: &str) -> Result<ObjectIdentifier, ProfileError> {
        let whole = if text.starts_with('.') { format!("{}{text}", self.arc) } else { text.to_owned() };
        ObjectIdentifier::new(&whole).map_err(|_| ProfileError::Identifier(whole))
    }
}

fn slots<T: Copy>(
    place: &'static str,
    list: &[String],
    words: &[(&str, T)],
    may_be_critical: bool,
) -> Result<Vec<Slot<T>>, ProfileError> {
    list.iter().map(|word| Slot::read(place, word, words, may_be_critical)).collect()
}

impl Rules {
    /// What no form can exclude: a profile that could never be issued, or that RFC 5280 forbids.
    fn check(&self) -> Result<(), ProfileError> {
        use ExtensionKind as E;
        let has = |kind| self.extension(kind).is_some();
        let certifies = (self.ec_usage | self.rsa_usage) & usage::CERT_SIGN != 0;
        let rules = [
            (
                self.authority.is_some() == has(E::BasicConstraints),
                "an authority, and nobody else, has basicConstraints",
            ),
            (self.authority.is_some() == certifies, "an authority, and nobody else, signs certificates"),
            (
                has(E::KeyStorage) != self.storage.is_empty(),
                "a key storage is written and none is allowed, or the reverse",
            ),
            (
                has(E::ExtendedKeyUsage) != self.ekus.is_empty(),
                "extKeyUsage is written and there is none, or the reverse",
            ),
            (
                has(E::Policies) != self.policies.is_empty(),
                "certificatePolicies is written and there is none, or the reverse",
            ),
            (
                (self.email || self.hosts) == has(E::SubjectAltName),
                "subjectAltName is written and nothing belongs there, or the reverse",
            ),
            (!has(E::FreshestCrl) || has(E::DistributionPoints), "a delta list without a full one"),
            (
                has(E::KeyUsage) && has(E::SubjectKeyId) && has(E::AuthorityKeyId),
                "an extension that every certificate has is missing",
            ),
            (self.years > 0 && !self.keys.is_empty() && !self.subject.is_empty(), "nothing can be issued"),
        ];
        match rules.into_iter().find(|(holds, _)| !holds) {
            Some((_, how)) => Err(ProfileError::Contradiction { id: self.id.clone(), how }),
            None => Ok(()),
        }
    }
}
