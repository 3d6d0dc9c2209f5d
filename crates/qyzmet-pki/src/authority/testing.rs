//! An invented root for the unit tests of what an authority publishes.

use super::{Authority, Holder, Person, Profile, Profiles, SubjectFacts, Urls, Validity};
use crate::{KeyKind, Signer};

/// A profile by its id.
pub(crate) fn profile(id: &str) -> &'static Profile {
    Profiles::nca().unwrap().get(id).unwrap()
}

/// An invented person.
pub(crate) fn person() -> SubjectFacts {
    SubjectFacts::new(Holder::Person(Person::new(Some("Үлгі"), None, "900101450007").unwrap())).unwrap()
}

/// An invented service.
pub(crate) fn service(name: &str) -> SubjectFacts {
    SubjectFacts::new(Holder::service(name)).unwrap()
}

/// A root that is valid for so long.
pub(crate) fn root(kind: KeyKind, validity: Validity) -> Authority {
    let urls = Urls {
        crl: vec!["http://pki.example.kz/people.crl".to_owned()],
        issuer: Some("http://pki.example.kz/root.crt".to_owned()),
        ..Urls::default()
    };
    let key = Signer::generate(kind).unwrap();
    Authority::self_signed(key, profile("root"), &service("ROOT"), [1; 20], validity, urls).unwrap()
}
