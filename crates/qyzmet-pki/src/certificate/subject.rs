//! The holder of a certificate as the National Certification Authority writes it, and what the certificate is for.

use std::fmt;

use const_oid::ObjectIdentifier;

use super::{
    extensions::{Extensions, usage},
    name::Name,
};
use crate::oids;

/// The holder. Personal: `Debug` shows nothing of it.
///
/// Identifiers are raw text: official test certificates carry numbers with wrong check digits, so they are judged
/// where they are used, not here.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// CN: surname and given name, or the name of a system.
    pub common_name: Option<String>,
    /// SURNAME.
    pub surname: Option<String>,
    /// GIVENNAME, which holds the patronymic.
    pub patronymic: Option<String>,
    /// Digits after "IIN" in serialNumber.
    pub iin: Option<String>,
    /// Digits after "BIN" in OU (or, in old certificates, in serialNumber).
    pub bin: Option<String>,
    /// O: name of the organisation.
    pub organisation: Option<String>,
    /// C.
    pub country: Option<String>,
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").field("organisation", &self.bin.is_some()).finish_non_exhaustive()
    }
}

impl Subject {
    /// Reads the attributes wherever they stand: their order differs between generations of certificates.
    pub(crate) fn from_name(name: &Name) -> Self {
        let mut subject = Self::default();
        for (kind, value) in name.attributes() {
            let place = match kind {
                oids::COMMON_NAME => &mut subject.common_name,
                oids::SURNAME => &mut subject.surname,
                oids::GIVEN_NAME => &mut subject.patronymic,
                oids::ORGANISATION => &mut subject.organisation,
                oids::COUNTRY => &mut subject.country,
                oids::SERIAL_NUMBER | oids::ORGANISATIONAL_UNIT => {
                    subject.take_number(&value);
                    continue;
                }
                _ => continue,
            };
            place.get_or_insert(value);
        }
        subject
    }

    fn take_number(&mut self, value: &str) {
        if let Some(iin) = value.strip_prefix("IIN") {
            self.iin.get_or_insert(iin.to_owned());
        } else if let Some(bin) = value.strip_prefix("BIN") {
            self.bin.get_or_insert(bin.to_owned());
        }
    }
}

/// What the key of a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Signing documents (emailProtection with nonRepudiation).
    Sign,
    /// Proving who one is (clientAuth).
    Auth,
    /// Neither: an authority, a server, a responder.
    Other,
}

/// The role of the holder, from the extended key usages of the National Certification Authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A natural person for himself or herself.
    Person,
    /// The first head of an organisation.
    Head,
    /// An employee with the right to sign.
    CanSign,
    /// An employee with the right to sign financial documents.
    Finance,
    /// An officer of human resources.
    HumanResources,
    /// An employee.
    Employee,
    /// An information system of an organisation.
    InformationSystem,
    /// An operator of the National Certification Authority.
    Operator,
    /// An organisation without a closer role.
    Organisation,
    /// No role of this convention.
    Other,
}

/// Whether the key also proves who one is: what signing keys do that agree on keys or encipher them, as the single key of
/// a person does since 28.04.2024; a key for signing alone may do neither.
pub(super) fn signs_in(extensions: &Extensions) -> bool {
    let bits = extensions.key_usage.unwrap_or(0);
    let single = bits & (usage::KEY_AGREEMENT | usage::KEY_ENCIPHERMENT) != 0;
    match purpose(extensions) {
        Purpose::Auth => true,
        Purpose::Sign => single && bits & usage::DIGITAL_SIGNATURE != 0,
        Purpose::Other => false,
    }
}

/// The purpose, from extended key usage first and key usage second.
pub(super) fn purpose(extensions: &Extensions) -> Purpose {
    let bits = extensions.key_usage.unwrap_or(0);
    let has = |oid| extensions.extended_usage.as_deref().unwrap_or_default().contains(&oid);
    if extensions.basic_constraints.is_some_and(|constraints| constraints.ca) {
        return Purpose::Other;
    }
    let may_sign = bits & usage::NON_REPUDIATION != 0;
    match (has(oids::EMAIL_PROTECTION), has(oids::CLIENT_AUTH)) {
        (true, true) if !may_sign => Purpose::Auth,
        (true, _) if bits == 0 || may_sign => Purpose::Sign,
        (false, true) if bits == 0 || bits & usage::DIGITAL_SIGNATURE != 0 => Purpose::Auth,
        _ => Purpose::Other,
    }
}

/// The role: the closest one that the certificate names.
pub(super) fn role(ekus: &[ObjectIdentifier]) -> Role {
    const ROLES: [(ObjectIdentifier, Role); 8] = [
        (oids::NCA_OPERATOR, Role::Operator),
        (oids::NCA_HEAD, Role::Head),
        (oids::NCA_CAN_SIGN, Role::CanSign),
        (oids::NCA_FINANCE, Role::Finance),
        (oids::NCA_HR, Role::HumanResources),
        (oids::NCA_EMPLOYEE, Role::Employee),
        (oids::NCA_SYSTEM, Role::InformationSystem),
        (oids::NCA_PERSON, Role::Person),
    ];
    let named = ROLES.into_iter().find(|(oid, _)| ekus.contains(oid)).map(|(_, role)| role);
    let fallback = if ekus.contains(&oids::NCA_ORGANISATION) { Role::Organisation } else { Role::Other };
    named.unwrap_or(fallback)
}
