//! Certificate profiles: the conventions of the National Certification Authority as data.

use std::fmt;

use const_oid::ObjectIdentifier;

use crate::{certificate::extensions::usage, oids};

/// Where relying parties find lists, answers and the issuer's certificate; written into certificates as given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Urls {
    /// Revocation lists (CRL distribution point), mirrors included.
    pub crl: Vec<String>,
    /// OCSP responder (AIA).
    pub ocsp: Option<String>,
    /// The issuer's certificate (AIA).
    pub issuer: Option<String>,
    /// The certification practice statement, a policy qualifier.
    pub practice: Option<String>,
}

/// The kinds of certificates that the authority issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProfileKind {
    /// A root authority.
    Root,
    /// An issuing authority that issues end entities only (path length 0).
    Issuing,
    /// A natural person's signing certificate.
    PersonSign,
    /// A natural person's authentication certificate.
    PersonAuth,
    /// A signing certificate of the first head of an organisation.
    HeadSign,
    /// A signing certificate of an employee with the right to sign.
    CanSignSign,
    /// An employee's signing certificate.
    EmployeeSign,
    /// An employee's authentication certificate.
    EmployeeAuth,
    /// An organisation's information system at the gateway (SHEP).
    Organisation,
    /// The seal of the portal on documents.
    PortalSeal,
    /// A TLS server.
    Tls,
    /// A delegated OCSP responder (RFC 6960 section 4.2.2.2), trusted while its short life lasts.
    Responder,
    /// A time-stamping authority (RFC 3161 section 2.3).
    TimeStamp,
}

/// A profile: a kind and the addresses to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The kind.
    pub kind: ProfileKind,
    /// The addresses.
    pub urls: Urls,
}

impl Profile {
    /// A profile of the kind without any address.
    #[must_use]
    pub fn new(kind: ProfileKind) -> Self {
        Self { kind, urls: Urls::default() }
    }

    /// The same profile with addresses.
    #[must_use]
    pub fn with_urls(self, urls: Urls) -> Self {
        Self { urls, ..self }
    }
}

/// The subject of a certificate to be issued. Personal: `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SubjectFields {
    /// CN: "SURNAME GIVEN-NAME" in capitals, or the name of a system or authority.
    pub common_name: String,
    /// SURNAME.
    pub surname: Option<String>,
    /// GIVENNAME, which holds the patronymic.
    pub patronymic: Option<String>,
    /// IIN, 12 digits.
    pub iin: Option<String>,
    /// BIN, 12 digits.
    pub bin: Option<String>,
    /// O.
    pub organisation: Option<String>,
    /// E-mail for subjectAltName.
    pub email: Option<String>,
    /// Host names for a TLS certificate.
    pub dns_names: Vec<String>,
}

impl fmt::Debug for SubjectFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubjectFields").finish_non_exhaustive()
    }
}

impl ProfileKind {
    /// True for certificates of authorities.
    #[must_use]
    pub fn is_authority(self) -> bool {
        matches!(self, Self::Root | Self::Issuing)
    }

    /// True for the services of an authority and for machines: no person and no organisation is named.
    pub(super) fn is_service(self) -> bool {
        matches!(self, Self::Root | Self::Issuing | Self::Tls | Self::Responder | Self::TimeStamp)
    }

    pub(super) fn needs_iin(self) -> bool {
        !self.is_service() && !matches!(self, Self::Organisation | Self::PortalSeal)
    }

    pub(super) fn needs_bin(self) -> bool {
        !self.is_service() && !matches!(self, Self::PersonSign | Self::PersonAuth)
    }

    /// Extended key usages: the purpose first, then whose it is.
    pub(super) fn ekus(self) -> Vec<ObjectIdentifier> {
        let organisation =
            |purpose, role: &[ObjectIdentifier]| [&[purpose, oids::NCA_ORGANISATION], role].concat();
        match self {
            Self::Root | Self::Issuing => vec![],
            Self::PersonSign => vec![oids::EMAIL_PROTECTION, oids::NCA_PERSON],
            Self::PersonAuth => vec![oids::CLIENT_AUTH, oids::NCA_PERSON],
            Self::HeadSign => organisation(oids::EMAIL_PROTECTION, &[oids::NCA_HEAD]),
            Self::CanSignSign => organisation(oids::EMAIL_PROTECTION, &[oids::NCA_CAN_SIGN]),
            Self::EmployeeSign => organisation(oids::EMAIL_PROTECTION, &[oids::NCA_EMPLOYEE]),
            Self::EmployeeAuth => organisation(oids::CLIENT_AUTH, &[oids::NCA_EMPLOYEE]),
            Self::Organisation => organisation(oids::EMAIL_PROTECTION, &[oids::NCA_SYSTEM]),
            Self::PortalSeal => organisation(oids::EMAIL_PROTECTION, &[]),
            Self::Tls => vec![oids::SERVER_AUTH],
            Self::Responder => vec![oids::OCSP_SIGNING],
            Self::TimeStamp => vec![oids::TIME_STAMPING],
        }
    }

    /// Key usage bits; an AUTH key of RSA enciphers, one of an elliptic curve agrees.
    pub(super) fn key_usage(self, rsa: bool) -> u16 {
        match self {
            Self::Root | Self::Issuing => usage::CERT_SIGN | usage::CRL_SIGN,
            Self::PersonAuth | Self::EmployeeAuth if rsa => {
                usage::DIGITAL_SIGNATURE | usage::KEY_ENCIPHERMENT
            }
            Self::PersonAuth | Self::EmployeeAuth => usage::DIGITAL_SIGNATURE | usage::KEY_AGREEMENT,
            Self::Tls | Self::Responder | Self::TimeStamp => usage::DIGITAL_SIGNATURE,
            _ => usage::DIGITAL_SIGNATURE | usage::NON_REPUDIATION,
        }
    }
}
