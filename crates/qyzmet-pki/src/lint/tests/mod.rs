//! For every rule a body that breaks it; and every profile, with every kind of key, breaks none.

mod cases;
mod parts;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use self::{
    cases::{EXTENSIONS, FIELDS},
    parts::{KEY, Parts},
};
use super::{Body, Finding, Severity, Wanted, lint, rules};
use crate::{
    KeyKind, Signer,
    asn1::{self, Element, Reader, tag},
    authority::{
        Authority, Draft, Holder, Issuer, Organisation, Person, Profile, Profiles, SubjectFacts, Urls,
    },
    oids,
    request::SubjectKey,
};

fn profile(id: &str) -> &'static Profile {
    Profiles::nca().unwrap().get(id).unwrap()
}

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn issuer() -> Issuer {
    let facts = SubjectFacts::new(Holder::service("ҮЛГІ ОРТАЛЫҚ")).unwrap();
    let signer = Signer::generate(KeyKind::EcP256).unwrap();
    let root = profile("root");
    let valid = root.validity(now() - SignedDuration::from_hours(1)).unwrap();
    let delta = vec!["http://pki.example.kz/pki/crl/ca/{shard}-delta.crl".to_owned()];
    let urls = Urls { delta, ..Urls::below("http://pki.example.kz", "ca") };
    let root = Authority::self_signed(signer, root, &facts, [1; 20], valid, urls).unwrap();
    root.issuer().unwrap()
}

fn person() -> Person {
    Person::new(Some("Үлгібаева"), Some("Әсел"), "900101450007").unwrap()
}

/// A body by the profile, as the builder makes it.
fn body_of(issuer: &Issuer, id: &str, key: KeyKind, holder: Holder) -> Vec<u8> {
    let facts = SubjectFacts::new(holder).unwrap();
    let facts = if profile(id).takes_email() { facts.with_email("asel@example.kz").unwrap() } else { facts };
    let key = SubjectKey::from_der(Signer::generate(key).unwrap().public_key_der()).unwrap();
    let valid = profile(id).validity(now()).unwrap();
    let draft =
        Draft { profile: profile(id), facts: &facts, key: &key, serial: [5; 20], validity: valid, shard: 3 };
    issuer.prepare(&draft).unwrap().der().to_vec()
}

/// Names of the rules that speak up about a body.
fn broken(der: &[u8], issuer: &Issuer, id: &str) -> Vec<&'static str> {
    let findings = lint(der, &Wanted { issuer, profile: profile(id), shard: 3 });
    findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn each_breakage_is_found_by_its_rules_and_by_no_others() {
    let issuer = issuer();
    let organisation = Organisation::new("«ҮЛГІ» АҚ", "060340004567").unwrap();
    let holder = Holder::Member { organisation, person: person() };
    let good = body_of(&issuer, "employee-sign", KeyKind::EcP256, holder);
    for (number, (expected, change)) in FIELDS.iter().chain(&EXTENSIONS).enumerate() {
        let found = broken(&change(Parts::of(&good)).der(), &issuer, "employee-sign");
        assert_eq!(found, *expected, "case {number}");
    }
}

#[test]
fn an_authority_and_a_responder_have_rules_of_their_own() {
    let issuer = issuer();
    let service = || Holder::service("ҮЛГІ");
    let authority = body_of(&issuer, "issuing", KeyKind::EcP256, service());
    for value in
        [&asn1::sequence(&[&asn1::boolean_true()])[..], &asn1::sequence(&[]), &[0x30, 6, 1, 1, 0xff, 2, 1, 1]]
    {
        let changed = Parts::of(&authority).extension(oids::BASIC_CONSTRAINTS, value).der();
        assert_eq!(broken(&changed, &issuer, "issuing"), ["basic_constraints"]);
    }
    let responder = body_of(&issuer, "responder", KeyKind::EcP256, service());
    let changed = Parts::of(&responder).extension(oids::OCSP_NO_CHECK, &asn1::boolean_true()).der();
    assert_eq!(broken(&changed, &issuer, "responder"), ["ocsp_no_check"]);
}

/// A key in two encodings would have two names in the list of used keys.
#[test]
fn a_key_in_another_encoding_is_found() {
    let issuer = issuer();
    let body = body_of(&issuer, "person-sign", KeyKind::Rsa2048, Holder::Person(person()));
    let parts = Parts::of(&body);
    let null = asn1::sequence(&[&asn1::oid(oids::RSA), &asn1::null()]);
    let without = asn1::sequence(&[&asn1::oid(oids::RSA)]);
    let key = &parts.fields[KEY];
    let bits = Reader::only(key, tag::SEQUENCE).map(Element::reader).map(|mut fields| {
        assert_eq!(fields.next().unwrap().raw, null);
        fields.next().unwrap().raw.to_vec()
    });
    let other = asn1::sequence(&[&without, &bits.unwrap()]);
    assert_eq!(broken(&parts.field(KEY, other).der(), &issuer, "person-sign"), ["key"]);
}

#[test]
fn no_rule_is_without_a_case_that_breaks_it() {
    let tried: BTreeSet<&str> =
        FIELDS.iter().chain(&EXTENSIONS).flat_map(|(rules, _)| rules.iter().copied()).collect();
    let all: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    // Broken in the test about authorities and responders.
    let elsewhere: BTreeSet<&str> = ["ocsp_no_check"].into();
    assert_eq!(&tried | &elsewhere, all);
    assert!(rules::ALL.iter().all(|rule| !rule.citation.is_empty()));
}

#[test]
fn every_profile_with_every_kind_of_key_is_without_a_finding() {
    let issuer = issuer();
    let organisation = || Organisation::new("«ҮЛГІ» АҚ", "060340004567").unwrap();
    for profile in Profiles::nca().unwrap().iter() {
        use crate::authority::HolderKind as K;
        for key in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048] {
            let holder = match profile.holder() {
                K::Person => Holder::Person(person()),
                K::Member => Holder::Member { organisation: organisation(), person: person() },
                K::Organisation => {
                    Holder::Organisation { name: "ПОРТАЛ".to_owned(), organisation: organisation() }
                }
                K::Service => Holder::service("ҮЛГІ"),
                K::Server => Holder::Server { hosts: vec!["portal.example.kz".to_owned()] },
            };
            // A root outlives nothing but itself: it is prepared where it is founded.
            if profile.id() != "root" {
                let body = body_of(&issuer, profile.id(), key, holder);
                assert_eq!(broken(&body, &issuer, profile.id()), Vec::<&str>::new(), "{}", profile.id());
            }
        }
    }
}

#[test]
fn what_is_no_body_is_one_finding() {
    let issuer = issuer();
    let good = body_of(&issuer, "person-sign", KeyKind::EcP256, Holder::Person(person()));
    assert!(Body::read(&good).is_some());
    for der in [&good[..good.len() - 1], &[], b"\x30\x00", &[&good[..], &[0]].concat()] {
        assert_eq!(broken(der, &issuer, "person-sign"), ["encoding"]);
    }
    let finding = Finding { rule: "a", citation: "b", severity: Severity::Error, what: "c" };
    assert_eq!(finding.to_string(), "a: c (b)");
}
