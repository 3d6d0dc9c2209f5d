//! Tests with messages that no honest program makes.

use jiff::{SignedDuration, Timestamp};

use super::{
    Expect,
    sign::{around_data, assemble, attribute, signing_certificate},
    verify,
};
use crate::{
    KeyKind, Signer,
    algorithms::Digest,
    asn1::{self, tag},
    authority::{Authority, Holder, Person, Profiles, SubjectFacts, Urls, Validity},
    identity::Identity,
    oids,
    trust::{PathRules, Revocation, Trust},
    verdict::{Invalid, Verdict},
};

const CONTENT: &[u8] = b"content";

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn world() -> (Identity, Trust) {
    let hour = SignedDuration::from_hours(1);
    let validity = Validity { not_before: now() - hour, not_after: now() + hour };
    let facts = |holder| SubjectFacts::new(holder).unwrap();
    let person = Holder::Person(Person::new(None, Some("ҮЛГІ"), "900101450007").unwrap());
    let key = || Signer::generate(KeyKind::EcP256).unwrap();
    let profile = |id| Profiles::nca().unwrap().get(id).unwrap();
    let (root, name) = (profile("root"), facts(Holder::service("ҮЛГІ")));
    let urls = Urls::below("http://pki.example.kz", "ca");
    let root = Authority::self_signed(key(), root, &name, [1; 20], validity, urls).unwrap();
    let identity = root.enrol(profile("person-sign"), &facts(person), key(), [2; 20], validity).unwrap();
    let rules = PathRules { revocation: Revocation::NotChecked, ..PathRules::default() };
    let trust = Trust::new(vec![root.certificate().unwrap().clone()], vec![]).with_rules(rules);
    (identity, trust)
}

fn content_type() -> Vec<u8> {
    attribute(oids::CONTENT_TYPE, &asn1::oid(oids::DATA))
}

fn digest() -> Vec<u8> {
    attribute(oids::MESSAGE_DIGEST, &asn1::octet_string(Digest::Sha256.of(CONTENT).as_ref()))
}

fn judge(attributes: &[Vec<u8>]) -> Verdict {
    let (identity, trust) = world();
    let message =
        assemble(&asn1::raw_tlv(tag::SET, &attributes.concat()), &identity, &around_data(&identity)).unwrap();
    verify(CONTENT, &message, &trust, Expect::sign(), now())
}

fn refusal(attributes: &[Vec<u8>]) -> Option<Invalid> {
    match judge(attributes) {
        Verdict::Invalid(invalid) => Some(invalid),
        Verdict::Valid(_) | Verdict::Undetermined(_) => None,
    }
}

/// A 2019 signature of the official kit has its attributes out of order and holds only as encoded.
#[test]
fn unsorted_attributes_hold_as_they_are_encoded() {
    assert!(judge(&[digest(), content_type()]).valid().is_some());
    assert!(judge(&[content_type(), digest()]).valid().is_some());
}

#[test]
fn attributes_occur_once_and_have_one_value() {
    let repeated = Some(Invalid::Attribute("messageDigest"));
    assert_eq!(refusal(&[content_type(), digest(), digest()]), repeated);
    assert_eq!(refusal(&[content_type()]), repeated);
    assert_eq!(refusal(&[digest()]), Some(Invalid::Attribute("contentType")));
    let value = asn1::octet_string(Digest::Sha256.of(CONTENT).as_ref());
    let two = asn1::sequence(&[&asn1::oid(oids::MESSAGE_DIGEST), &asn1::set(&[&value, &value])]);
    assert_eq!(refusal(&[content_type(), two]), repeated);
    let none = asn1::sequence(&[&asn1::oid(oids::MESSAGE_DIGEST), &asn1::set(&[])]);
    assert_eq!(refusal(&[content_type(), none]), repeated);
}

#[test]
fn the_content_type_must_be_that_of_the_message() {
    let other = attribute(oids::CONTENT_TYPE, &asn1::oid(oids::SIGNED_DATA));
    assert_eq!(refusal(&[other, digest()]), Some(Invalid::Attribute("contentType")));
}

#[test]
fn a_signing_certificate_of_another_is_refused() {
    let (other, _) = world();
    let named = attribute(oids::SIGNING_CERTIFICATE_V2, &signing_certificate(&other.chain[0]));
    assert_eq!(refusal(&[content_type(), digest(), named]), Some(Invalid::OtherCertificate));
    let hash = asn1::octet_string(&[0; 20]);
    let v1 = asn1::sequence(&[&asn1::sequence(&[&asn1::sequence(&[&hash])])]);
    let v1 = attribute(oids::SIGNING_CERTIFICATE, &v1);
    assert_eq!(refusal(&[content_type(), digest(), v1]), Some(Invalid::OtherCertificate));
}

#[test]
fn an_algorithm_of_another_key_family_is_refused() {
    let (identity, trust) = world();
    let message = super::sign(CONTENT, &identity, now()).unwrap();
    let ecdsa = asn1::sequence(&[&asn1::oid(oids::ECDSA_SHA256)]);
    let place = message.windows(ecdsa.len()).rposition(|window| window == ecdsa).unwrap();
    // The identifier of Ed25519 padded to the same length would not parse; that of ECDSA with SHA-384 has it.
    let mut changed = message;
    changed[place + ecdsa.len() - 1] = 3;
    let verdict = verify(CONTENT, &changed, &trust, Expect::sign(), now());
    assert!(matches!(verdict, Verdict::Invalid(Invalid::AlgorithmMismatch)), "{verdict:?}");
}
