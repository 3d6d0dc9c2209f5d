//! Whose certificate it will be: facts from registers, checked in form, never taken from the request for a certificate.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::profile::HolderKind;

/// Characters of one fact; registers know none that is longer.
const LONGEST: usize = 1024;

/// A fact cannot stand in a certificate; the text names it, never its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the fact {0} cannot stand in a certificate")]
pub struct FactError(pub &'static str);

/// A natural person. Personal: `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawPerson", into = "RawPerson")]
pub struct Person(RawPerson);

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPerson {
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    iin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    patronymic: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    surname: Option<String>,
}

impl Person {
    /// A person as the register writes them; some have no surname, some no given name, nobody has neither. The IIN is
    /// twelve digits; its check digit is the register's affair, since official test people have wrong ones.
    ///
    /// # Errors
    /// [`FactError`], which names the fact.
    pub fn new(surname: Option<&str>, given_name: Option<&str>, iin: &str) -> Result<Self, FactError> {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let (surname, given_name) = (owned(surname), owned(given_name));
        Self::try_from(RawPerson { surname, given_name, patronymic: None, iin: iin.to_owned() })
    }

    /// The same person with a patronymic.
    ///
    /// # Errors
    /// [`FactError`] when it is no text.
    pub fn with_patronymic(self, patronymic: Option<&str>) -> Result<Self, FactError> {
        Self::try_from(RawPerson { patronymic: patronymic.map(str::to_owned), ..self.0 })
    }

    /// IIN.
    #[must_use]
    pub fn iin(&self) -> &str {
        &self.0.iin
    }

    /// Surname, then given name, in capitals: the common name of the real certificates.
    pub(super) fn common_name(&self) -> String {
        let parts = [self.0.surname.as_deref(), self.0.given_name.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ").to_uppercase()
    }

    pub(super) fn surname(&self) -> Option<String> {
        self.0.surname.as_deref().map(str::to_uppercase)
    }

    pub(super) fn patronymic(&self) -> Option<String> {
        self.0.patronymic.as_deref().map(str::to_uppercase)
    }
}

impl TryFrom<RawPerson> for Person {
    type Error = FactError;

    fn try_from(raw: RawPerson) -> Result<Self, FactError> {
        let names =
            [("surname", &raw.surname), ("given name", &raw.given_name), ("patronymic", &raw.patronymic)];
        for (fact, name) in names {
            name.as_deref().map_or(Ok(()), |name| check_text(name, fact))?;
        }
        if raw.surname.is_none() && raw.given_name.is_none() {
            return Err(FactError("surname"));
        }
        check_digits(&raw.iin, "IIN")?;
        Ok(Self(raw))
    }
}

impl From<Person> for RawPerson {
    fn from(person: Person) -> Self {
        person.0
    }
}

/// An organisation: its name and BIN.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawOrganisation", into = "RawOrganisation")]
pub struct Organisation(RawOrganisation);

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOrganisation {
    bin: String,
    name: String,
}

impl Organisation {
    /// An organisation as the register writes it; the BIN is twelve digits.
    ///
    /// # Errors
    /// [`FactError`], which names the fact.
    pub fn new(name: &str, bin: &str) -> Result<Self, FactError> {
        Self::try_from(RawOrganisation { name: name.to_owned(), bin: bin.to_owned() })
    }

    /// Name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// BIN.
    #[must_use]
    pub fn bin(&self) -> &str {
        &self.0.bin
    }
}

impl TryFrom<RawOrganisation> for Organisation {
    type Error = FactError;

    fn try_from(raw: RawOrganisation) -> Result<Self, FactError> {
        check_text(&raw.name, "organisation")?;
        check_digits(&raw.bin, "BIN")?;
        Ok(Self(raw))
    }
}

impl From<Organisation> for RawOrganisation {
    fn from(organisation: Organisation) -> Self {
        organisation.0
    }
}

/// Who holds the key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Holder {
    /// A natural person for himself or herself.
    Person(Person),
    /// A natural person in an organisation.
    Member {
        /// The organisation.
        organisation: Organisation,
        /// The person.
        person: Person,
    },
    /// An organisation, or one of its information systems.
    Organisation {
        /// The name of the system, or of the organisation itself.
        name: String,
        /// The organisation.
        organisation: Organisation,
    },
    /// An authority or a service of it.
    Service {
        /// Its name.
        name: String,
        /// The organisation that runs it.
        #[serde(skip_serializing_if = "Option::is_none")]
        organisation: Option<String>,
    },
    /// A host on the network, by its names.
    Server {
        /// DNS names, the principal one first.
        hosts: Vec<String>,
    },
}

impl Holder {
    /// An authority or a service of it.
    #[must_use]
    pub fn service(name: &str) -> Self {
        Self::Service { name: name.to_owned(), organisation: None }
    }

    /// The kind of holder, which a profile must be for.
    #[must_use]
    pub fn kind(&self) -> HolderKind {
        match self {
            Self::Person(_) => HolderKind::Person,
            Self::Member { .. } => HolderKind::Member,
            Self::Organisation { .. } => HolderKind::Organisation,
            Self::Service { .. } => HolderKind::Service,
            Self::Server { .. } => HolderKind::Server,
        }
    }

    fn check(&self) -> Result<(), FactError> {
        match self {
            // A person and an organisation were checked when they were made.
            Self::Person(_) | Self::Member { .. } => Ok(()),
            Self::Organisation { name, .. } => check_text(name, "name"),
            Self::Service { name, organisation } => {
                check_text(name, "name")?;
                organisation.as_deref().map_or(Ok(()), |name| check_text(name, "organisation"))
            }
            Self::Server { hosts } if hosts.is_empty() => Err(FactError("hosts")),
            Self::Server { hosts } => hosts.iter().try_for_each(|host| check_host(host)),
        }
    }
}

/// Everything that a certificate says of its subject. Personal: `Debug` shows only the kind of holder.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawFacts", into = "RawFacts")]
pub struct SubjectFacts(RawFacts);

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFacts {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    holder: Holder,
    #[serde(skip_serializing_if = "Option::is_none")]
    identified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<String>,
}

impl fmt::Debug for SubjectFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubjectFacts").field("holder", &self.0.holder.kind()).finish_non_exhaustive()
    }
}

impl SubjectFacts {
    /// The holder alone.
    ///
    /// # Errors
    /// [`FactError`], which names the fact.
    pub fn new(holder: Holder) -> Result<Self, FactError> {
        Self::try_from(RawFacts { email: None, holder, identified: None, storage: None })
    }

    /// With an e-mail address, which becomes a subjectAltName.
    ///
    /// # Errors
    /// [`FactError`] when it is no address in ASCII.
    pub fn with_email(self, email: &str) -> Result<Self, FactError> {
        Self::try_from(RawFacts { email: Some(email.to_owned()), ..self.0 })
    }

    /// With the place of the private key, by the profile's name for it (`pkcs12`, `kaztoken`).
    #[must_use]
    pub fn stored_in(self, storage: &str) -> Self {
        Self(RawFacts { storage: Some(storage.to_owned()), ..self.0 })
    }

    /// With the way in which the holder was identified, by the profile's name for it (`centre`, `remote`).
    #[must_use]
    pub fn identified(self, way: &str) -> Self {
        Self(RawFacts { identified: Some(way.to_owned()), ..self.0 })
    }

    /// Who holds the key.
    #[must_use]
    pub fn holder(&self) -> &Holder {
        &self.0.holder
    }

    /// The e-mail address.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    pub(super) fn storage(&self) -> Option<&str> {
        self.0.storage.as_deref()
    }

    pub(super) fn way_identified(&self) -> Option<&str> {
        self.0.identified.as_deref()
    }
}

impl TryFrom<RawFacts> for SubjectFacts {
    type Error = FactError;

    fn try_from(raw: RawFacts) -> Result<Self, FactError> {
        raw.holder.check()?;
        raw.email.as_deref().map_or(Ok(()), check_email)?;
        Ok(Self(raw))
    }
}

impl From<SubjectFacts> for RawFacts {
    fn from(facts: SubjectFacts) -> Self {
        facts.0
    }
}

fn check_text(text: &str, fact: &'static str) -> Result<(), FactError> {
    let trimmed = !text.is_empty() && text.trim() == text;
    let clean = trimmed && text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    if clean { Ok(()) } else { Err(FactError(fact)) }
}

fn check_digits(number: &str, fact: &'static str) -> Result<(), FactError> {
    let fits = number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(()) } else { Err(FactError(fact)) }
}

/// A mailbox that an rfc822Name can hold (RFC 5280 section 4.2.1.6): ASCII, one "@", something on both sides.
fn check_email(email: &str) -> Result<(), FactError> {
    let wrong = FactError("e-mail");
    let (local, host) = email.split_once('@').ok_or(wrong)?;
    let graphic = email.bytes().all(|byte| byte.is_ascii_graphic()) && email.len() <= 254;
    let local_fits = !local.is_empty() && local.len() <= 64;
    if graphic && local_fits && !host.contains('@') {
        check_host(host).map_err(|_| wrong)
    } else {
        Err(wrong)
    }
}

/// A DNS name in the preferred syntax (RFC 1034 section 3.5), at most 253 characters.
fn check_host(host: &str) -> Result<(), FactError> {
    let label_fits = |label: &str| {
        let alphabet = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        !label.is_empty() && label.len() <= 63 && alphabet && !label.starts_with('-') && !label.ends_with('-')
    };
    if host.len() <= 253 && host.split('.').all(label_fits) { Ok(()) } else { Err(FactError("host")) }
}
