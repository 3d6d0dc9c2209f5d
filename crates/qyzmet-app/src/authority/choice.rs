//! Which authority issues a certificate, where a deployment has several: by the kind of the key, the profile and the time left.

use jiff::Timestamp;
use qyzmet_pki::{KeyAlgorithm, authority::Profile, request::SubjectKey};
use serde::{Deserialize, Serialize};

use super::Issuer;

/// What an authority issues. An empty list stands for everything, so that an authority of which nothing is said issues all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Issues {
    /// Kinds of keys that it certifies.
    pub keys: Vec<KeyAlgorithm>,
    /// Ids of profiles by which it issues.
    pub profiles: Vec<String>,
}

impl Issues {
    /// Whether it certifies this key by this profile. The signing role asks the same: a portal in strange hands cannot have
    /// a certificate made by another authority than the deployment meant.
    #[must_use]
    pub fn allows(&self, profile: &Profile, key: &SubjectKey) -> bool {
        let of_kind = |wanted: &KeyAlgorithm| key.algorithm() == Some(*wanted);
        let by_profile = |wanted: &String| wanted == profile.id();
        (self.keys.is_empty() || self.keys.iter().any(of_kind))
            && (self.profiles.is_empty() || self.profiles.iter().any(by_profile))
    }
}

/// Chooses among the authorities that publish their own lists, are valid now and issue such certificates. One whose own key
/// is of the same kind comes first, since whoever uses that kind can verify it; then one that lasts until the certificate
/// ends; then the one that the ceremony names first.
pub(super) fn choose<'a>(
    issuers: &'a [Issuer],
    (profile, key): (&Profile, &SubjectKey),
    now: Timestamp,
) -> Option<&'a Issuer> {
    let until = profile.validity(now).ok()?.not_after;
    let serves = |issuer: &&Issuer| {
        let own = &issuer.certificate;
        issuer.publishes
            && own.not_before() <= now
            && now < own.not_after()
            && issuer.issues.allows(profile, key)
    };
    // The first of equals is kept.
    issuers.iter().filter(serves).min_by_key(|issuer| {
        let own = &issuer.certificate;
        (own.key_algorithm() != key.algorithm(), own.not_after() < until)
    })
}
