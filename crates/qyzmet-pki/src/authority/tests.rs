//! Tests of what the authority refuses and of the usages it writes.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::{KeyKind, Purpose, Role, certificate::extensions::usage};

fn validity(hours: i64) -> Validity {
    let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    Validity { not_before: now, not_after: now + SignedDuration::from_hours(hours) }
}

fn fields() -> SubjectFields {
    SubjectFields {
        common_name: "ҮЛГІБАЕВА ӘСЕЛ".to_owned(),
        iin: Some("900101450007".to_owned()),
        bin: Some("060340004567".to_owned()),
        dns_names: vec!["portal.example.kz".to_owned()],
        ..SubjectFields::default()
    }
}

fn root() -> Authority {
    let key = Signer::generate(KeyKind::EcP256).unwrap();
    Authority::self_signed(key, &Profile::new(ProfileKind::Root), &fields(), [1; 20], validity(10)).unwrap()
}

fn issue(kind: ProfileKind, key: KeyKind, fields: &SubjectFields) -> Result<Certificate, IssueError> {
    let key = Signer::generate(key).unwrap();
    root().issue(&Profile::new(kind), fields, key.public_key_der(), [0xff; 20], validity(5))
}

#[test]
fn purposes_and_roles_follow_the_profile() {
    use ProfileKind as K;
    for (kind, purpose, role) in [
        (K::PersonSign, Purpose::Sign, Role::Person),
        (K::PersonAuth, Purpose::Auth, Role::Person),
        (K::HeadSign, Purpose::Sign, Role::Head),
        (K::CanSignSign, Purpose::Sign, Role::CanSign),
        (K::EmployeeSign, Purpose::Sign, Role::Employee),
        (K::EmployeeAuth, Purpose::Auth, Role::Employee),
        (K::Organisation, Purpose::Sign, Role::InformationSystem),
        (K::PortalSeal, Purpose::Sign, Role::Organisation),
        (K::Tls, Purpose::Other, Role::Other),
        (K::Issuing, Purpose::Other, Role::Other),
    ] {
        let certificate = issue(kind, KeyKind::EcP256, &fields()).unwrap();
        assert_eq!((certificate.purpose(), certificate.role()), (purpose, role), "{kind:?}");
    }
}

#[test]
fn an_auth_key_agrees_or_enciphers_and_never_signs_documents() {
    for (key, other) in [(KeyKind::EcP256, usage::KEY_AGREEMENT), (KeyKind::Rsa2048, usage::KEY_ENCIPHERMENT)]
    {
        let certificate = issue(ProfileKind::PersonAuth, key, &fields()).unwrap();
        assert_eq!(certificate.extensions().key_usage, Some(usage::DIGITAL_SIGNATURE | other));
        let certificate = issue(ProfileKind::PersonSign, key, &fields()).unwrap();
        assert_eq!(
            certificate.extensions().key_usage,
            Some(usage::DIGITAL_SIGNATURE | usage::NON_REPUDIATION)
        );
    }
}

#[test]
fn serials_are_positive_and_keep_twenty_bytes() {
    let key = Signer::generate(KeyKind::EcP256).unwrap();
    for (given, first) in [([0xff; 20], 0x7f), ([0; 20], 0x10), ([0x80; 20], 0x10)] {
        let profile = Profile::new(ProfileKind::PersonSign);
        let certificate =
            root().issue(&profile, &fields(), key.public_key_der(), given, validity(5)).unwrap();
        assert_eq!(certificate.serial_bytes().len(), 20);
        assert_eq!(certificate.serial_bytes().first(), Some(&first));
    }
}

#[test]
fn missing_fields_are_named() {
    let without = |change: fn(&mut SubjectFields)| {
        let mut fields = fields();
        change(&mut fields);
        fields
    };
    for (kind, subject, field) in [
        (ProfileKind::PersonSign, without(|f| f.iin = None), "iin"),
        (ProfileKind::PersonSign, without(|f| f.iin = Some("90010145000".to_owned())), "iin"),
        (ProfileKind::EmployeeSign, without(|f| f.bin = None), "bin"),
        (ProfileKind::PersonAuth, without(|f| f.common_name = " ".to_owned()), "common_name"),
        (ProfileKind::Tls, without(|f| f.dns_names.clear()), "dns_names"),
        (ProfileKind::PersonSign, without(|f| f.email = Some("әсел@example.kz".to_owned())), "email"),
    ] {
        assert_eq!(issue(kind, KeyKind::EcP256, &subject), Err(IssueError::Subject(field)), "{kind:?}");
    }
}

#[test]
fn a_certificate_does_not_outlive_its_issuer() {
    let key = Signer::generate(KeyKind::EcP256).unwrap();
    let profile = Profile::new(ProfileKind::PersonSign);
    let issued = root().issue(&profile, &fields(), key.public_key_der(), [2; 20], validity(11));
    assert_eq!(issued, Err(IssueError::Validity));
    let broken = root().issue(&profile, &fields(), b"no key", [2; 20], validity(5));
    assert_eq!(broken, Err(IssueError::PublicKey));
}
