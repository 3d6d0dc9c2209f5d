//! An authority with its services, made for the measurement.

use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    Identity, KeyKind, Signer,
    authority::{Authority, Holder, HolderKind, Person, Profiles, SubjectFacts, Urls, Validity},
};

use crate::Outcome;

pub(crate) struct World {
    pub(crate) authority: Authority,
    pub(crate) now: Timestamp,
    validity: Validity,
}

impl World {
    pub(crate) fn new() -> Outcome<Self> {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse()?;
        let validity = Validity { not_before: now, not_after: now + SignedDuration::from_hours(240) };
        let key = Signer::generate(KeyKind::EcP256)?;
        let facts = SubjectFacts::new(Holder::service("ҰКО"))?;
        let urls = Urls::below("http://pki.example.kz", "ca");
        let root = Profiles::nca()?.get("root")?;
        let authority = Authority::self_signed(key, root, &facts, [1; 20], validity, urls)?;
        Ok(Self { authority, now, validity })
    }

    pub(crate) fn enrol(&self, profile: &str) -> Outcome<Identity> {
        let key = Signer::generate(KeyKind::EcP256)?;
        let profile = Profiles::nca()?.get(profile)?;
        let holder = match profile.holder() {
            HolderKind::Person => Holder::Person(Person::new(Some("ҮЛГІ"), None, "900101450007")?),
            _ => Holder::service("ҮЛГІ"),
        };
        let facts = SubjectFacts::new(holder)?;
        Ok(self.authority.enrol(profile, &facts, key, [2; 20], self.validity)?)
    }
}
