//! Tests of what the authority refuses and of the usages it writes.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::{KeyKind, Purpose, Role, certificate::extensions::usage};

const ENDED: SignedDuration = SignedDuration::from_hours(10);

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn validity(hours: i64) -> Validity {
    Validity { not_before: now(), not_after: now() + SignedDuration::from_hours(hours) }
}

fn profile(id: &str) -> &'static Profile {
    Profiles::nca().unwrap().get(id).unwrap()
}

fn person() -> Person {
    Person::new(Some("Үлгібаева"), Some("Әсел"), "900101450007").unwrap()
}

/// Facts of the kind that a profile asks for.
pub(crate) fn facts(kind: HolderKind) -> SubjectFacts {
    let organisation = || Organisation::new("«ҮЛГІ» АҚ", "060340004567").unwrap();
    SubjectFacts::new(match kind {
        HolderKind::Person => Holder::Person(person()),
        HolderKind::Member => Holder::Member { person: person(), organisation: organisation() },
        HolderKind::Organisation => {
            Holder::Organisation { name: "ПОРТАЛ".to_owned(), organisation: organisation() }
        }
        HolderKind::Service => Holder::service("ҮЛГІ ОРТАЛЫҚ"),
        HolderKind::Server => Holder::Server { hosts: vec!["portal.example.kz".to_owned()] },
    })
    .unwrap()
}

fn root() -> Authority {
    let key = Signer::generate(KeyKind::EcP256).unwrap();
    let urls = Urls::below("http://pki.example.kz", "root");
    let facts = facts(HolderKind::Service);
    Authority::self_signed(key, profile("root"), &facts, [1; 20], validity(10), urls).unwrap()
}

fn issue(id: &str, key: KeyKind, facts: &SubjectFacts) -> Result<Certificate, IssueError> {
    let key = Signer::generate(key).unwrap();
    root().enrol(profile(id), facts, key, [0xff; 20], validity(5)).map(|identity| identity.chain[0].clone())
}

#[test]
fn purposes_and_roles_follow_the_profile() {
    for (id, purpose, role) in [
        ("person-sign", Purpose::Sign, Role::Person),
        ("person-auth", Purpose::Auth, Role::Person),
        ("person-single", Purpose::Sign, Role::Person),
        ("head-sign", Purpose::Sign, Role::Head),
        ("signatory-sign", Purpose::Sign, Role::CanSign),
        ("employee-sign", Purpose::Sign, Role::Employee),
        ("employee-auth", Purpose::Auth, Role::Employee),
        ("system-sign", Purpose::Sign, Role::InformationSystem),
        ("organisation-sign", Purpose::Sign, Role::Organisation),
        ("operator-sign", Purpose::Sign, Role::Operator),
        ("server", Purpose::Other, Role::Other),
        ("issuing", Purpose::Other, Role::Other),
    ] {
        let certificate = issue(id, KeyKind::EcP256, &facts(profile(id).holder())).unwrap();
        assert_eq!((certificate.purpose(), certificate.role()), (purpose, role), "{id}");
    }
}

/// The single key in use since 2024 signs and signs in; a key for one of both does not do the other.
#[test]
fn a_single_key_serves_both_purposes() {
    for key in [KeyKind::EcP256, KeyKind::Rsa2048] {
        for (id, signs, signs_in) in
            [("person-single", true, true), ("person-sign", true, false), ("person-auth", false, true)]
        {
            let certificate = issue(id, key, &facts(HolderKind::Person)).unwrap();
            let found = [Purpose::Sign, Purpose::Auth].map(|purpose| certificate.serves(purpose));
            assert_eq!(found, [signs, signs_in], "{id}");
        }
    }
}

#[test]
fn an_auth_key_agrees_or_enciphers_and_never_signs_documents() {
    use usage::{DIGITAL_SIGNATURE, KEY_AGREEMENT, KEY_ENCIPHERMENT, NON_REPUDIATION};
    for (key, other) in [(KeyKind::EcP256, KEY_AGREEMENT), (KeyKind::Rsa2048, KEY_ENCIPHERMENT)] {
        for (id, bits) in [
            ("person-auth", DIGITAL_SIGNATURE | other),
            ("person-sign", DIGITAL_SIGNATURE | NON_REPUDIATION),
            ("person-single", DIGITAL_SIGNATURE | NON_REPUDIATION | other),
        ] {
            let certificate = issue(id, key, &facts(HolderKind::Person)).unwrap();
            assert_eq!(certificate.extensions().key_usage, Some(bits), "{id}");
        }
    }
}

#[test]
fn serials_are_positive_and_keep_twenty_bytes() {
    for (given, first) in [([0xff; 20], 0x7f), ([0; 20], 0x10), ([0x80; 20], 0x10)] {
        let key = Signer::generate(KeyKind::EcP256).unwrap();
        let facts = facts(HolderKind::Person);
        let identity = root().enrol(profile("person-sign"), &facts, key, given, validity(5)).unwrap();
        assert_eq!(identity.chain[0].serial_bytes().len(), 20);
        assert_eq!(identity.chain[0].serial_bytes().first(), Some(&first));
    }
}

/// A form offers only what a profile allows; this is what stands behind the form.
#[test]
fn what_a_profile_does_not_allow_is_named() {
    let person = facts(HolderKind::Person);
    let with_email = facts(HolderKind::Service).with_email("ca@example.kz").unwrap();
    for (id, key, facts, error) in [
        ("person-sign", KeyKind::Ed25519, person.clone(), IssueError::KeyKind),
        ("issuing", KeyKind::EcP256, with_email, IssueError::Fact("e-mail")),
        ("person-sign", KeyKind::EcP256, person.clone().stored_in("drawer"), IssueError::Fact("key storage")),
        (
            "operator-sign",
            KeyKind::EcP256,
            facts(HolderKind::Member).stored_in("pkcs12"),
            IssueError::Fact("key storage"),
        ),
        (
            "employee-sign",
            KeyKind::EcP256,
            person,
            IssueError::Holder { expected: HolderKind::Member, found: HolderKind::Person },
        ),
    ] {
        assert_eq!(issue(id, key, &facts), Err(error), "{id}");
    }
}

#[test]
fn an_authority_that_publishes_no_lists_issues_to_nobody() {
    let key = Signer::generate(KeyKind::EcP256).unwrap();
    let silent = root().with_urls(Urls::default());
    let issued = silent.enrol(profile("person-sign"), &facts(HolderKind::Person), key, [2; 20], validity(5));
    let missing = "address of the responder or the issuer's certificate";
    assert_eq!(issued.err(), Some(IssueError::Fact(missing)));
}

#[test]
fn a_certificate_does_not_outlive_its_issuer() {
    let profile = profile("person-sign");
    for hours in [11, 0, -1] {
        let key = Signer::generate(KeyKind::EcP256).unwrap();
        let issued = root().enrol(profile, &facts(HolderKind::Person), key, [2; 20], validity(hours));
        assert_eq!(issued.err(), Some(IssueError::Validity), "{hours}");
    }
    assert!(profile.validity(now()).unwrap().not_after > now() + ENDED);
}

/// The intent in the journal, taken up after a crash, becomes the certificate; with a bit changed it becomes nothing.
#[test]
fn only_the_prepared_bytes_become_a_certificate() {
    let root = root();
    let (issuer, facts) = (root.issuer().unwrap(), facts(HolderKind::Person));
    let key = SubjectKey::from_der(Signer::generate(KeyKind::EcP256).unwrap().public_key_der()).unwrap();
    let profile = profile("person-single");
    let draft = Draft { profile, facts: &facts, key: &key, serial: [5; 20], validity: validity(5), shard: 7 };
    let body = issuer.prepare(&draft).unwrap();
    let again = issuer.read(body.der().to_vec(), profile, 7).unwrap();
    assert_eq!((again.der(), again.fingerprint()), (body.der(), body.fingerprint()));
    assert!(
        matches!(issuer.read(body.der().to_vec(), profile, 8), Err(IssueError::Lint(_))),
        "another shard"
    );
    let other = self::profile("person-sign");
    assert!(
        matches!(issuer.read(body.der().to_vec(), other, 7), Err(IssueError::Lint(_))),
        "another profile"
    );

    let signature = root.identity.signer.sign(body.der()).unwrap();
    let certificate = again.finish_verified(&signature, root.certificate().unwrap()).unwrap();
    assert!(certificate.der().windows(body.der().len()).any(|window| window == body.der()));
    assert!(
        certificate.verify_signature(root.certificate().unwrap().key()).is_ok(),
        "one algorithm in both places"
    );
    let wrong = body.finish_verified(&signature[1..], root.certificate().unwrap());
    assert_eq!(wrong, Err(IssueError::Signature));
}
