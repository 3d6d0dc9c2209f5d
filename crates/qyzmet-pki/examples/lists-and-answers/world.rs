//! An authority with its services, made for the measurement.

use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    Identity, KeyKind, Signer,
    authority::{Authority, Profile, ProfileKind, SubjectFields, Validity},
};

use crate::Outcome;

pub(crate) struct World {
    pub(crate) authority: Authority,
    pub(crate) now: Timestamp,
    validity: Validity,
}

fn named(name: &str) -> SubjectFields {
    SubjectFields {
        common_name: name.to_owned(),
        iin: Some("900101450007".to_owned()),
        ..SubjectFields::default()
    }
}

impl World {
    pub(crate) fn new() -> Outcome<Self> {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse()?;
        let validity = Validity { not_before: now, not_after: now + SignedDuration::from_hours(240) };
        let key = Signer::generate(KeyKind::EcP256)?;
        let root = Profile::new(ProfileKind::Root);
        let authority = Authority::self_signed(key, &root, &named("ҰКО"), [1; 20], validity)?;
        Ok(Self { authority, now, validity })
    }

    pub(crate) fn enrol(&self, kind: ProfileKind) -> Outcome<Identity> {
        let key = Signer::generate(KeyKind::EcP256)?;
        Ok(self.authority.enrol(&Profile::new(kind), &named("ҮЛГІ"), key, [2; 20], self.validity)?)
    }
}
