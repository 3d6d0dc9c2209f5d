//! The ceremony file as it is written, before its rules are checked.

use std::collections::BTreeMap;

use qyzmet_pki::{KeyKind, authority::Urls};
use serde::Deserialize;
use toml::Spanned;

use super::{super::secret::Source, Approver, Duty, KeyPlace, Planned, TokenPlan};

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    #[serde(rename = "ec-p256")]
    EcP256,
    #[serde(rename = "ec-p384")]
    EcP384,
    #[serde(rename = "rsa-2048")]
    Rsa2048,
    #[serde(rename = "rsa-3072")]
    Rsa3072,
}

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawPlan {
    pub(super) title: String,
    pub(super) approver: Vec<RawApprover>,
    #[serde(default)]
    pub(super) token: BTreeMap<String, TokenPlan>,
    pub(super) certificate: Vec<RawPlanned>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawApprover {
    pub(super) name: String,
    pub(super) certificate_sha256: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawPlanned {
    pub(super) name: Spanned<String>,
    #[serde(rename = "for")]
    pub(super) duty: Duty,
    pub(super) issuer: Option<Spanned<String>>,
    pub(super) common_name: String,
    pub(super) organisation: Option<String>,
    pub(super) key: Spanned<RawKey>,
    pub(super) days: Spanned<u32>,
    pub(super) list_days: Option<u32>,
    #[serde(default)]
    pub(super) urls: RawUrls,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawKey {
    pub(super) kind: Kind,
    pub(super) passphrase: Option<Source>,
    pub(super) token: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawUrls {
    pub(super) crl: Vec<String>,
    pub(super) delta: Vec<String>,
    pub(super) ocsp: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) practice: Option<String>,
}

impl RawApprover {
    /// As OpenSSL prints it, with colons, or as we do.
    pub(super) fn fingerprint(&self) -> String {
        self.certificate_sha256.get_ref().replace(':', "").to_lowercase()
    }

    /// Who may approve, by the pinned certificate.
    pub(super) fn approver(self) -> Approver {
        Approver { certificate_sha256: self.fingerprint(), name: self.name }
    }
}

impl RawPlanned {
    /// Both places were checked before: exactly one is given.
    pub(super) fn planned(self) -> Planned {
        let key = self.key.into_inner();
        let place = match (key.passphrase, key.token) {
            (Some(source), _) => KeyPlace::File(source),
            (None, token) => KeyPlace::Token(token.unwrap_or_default()),
        };
        let RawUrls { crl, delta, ocsp, issuer, practice } = self.urls;
        Planned {
            name: self.name.into_inner(),
            duty: self.duty,
            issuer: self.issuer.map(Spanned::into_inner),
            common_name: self.common_name,
            organisation: self.organisation,
            kind: match key.kind {
                Kind::EcP256 => KeyKind::EcP256,
                Kind::EcP384 => KeyKind::EcP384,
                Kind::Rsa2048 => KeyKind::Rsa2048,
                Kind::Rsa3072 => KeyKind::Rsa3072,
            },
            place,
            days: self.days.into_inner(),
            list_days: self.list_days,
            urls: Urls { crl, delta, ocsp, issuer, practice },
        }
    }
}
