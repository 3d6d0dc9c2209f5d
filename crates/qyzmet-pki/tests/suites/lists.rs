//! Revocation lists of every form before the eyes of OpenSSL, of pkilint and of our own path validation.

use std::{fs, io::Cursor};

use jiff::SignedDuration;
use qyzmet_pki::{
    Identity, Invalid, KeyKind, Reason, SerialNumber, Undetermined, Verdict,
    crl::{self, Draft, Part, Revoked},
};
use tempfile::TempDir;

use crate::support::{World, chain_pem, must, now, person, pkilint, samples, tool};

const ADDRESS: &str = "http://pki.example.kz/ca.crl";
const DELTA_ADDRESS: &str = "http://pki.example.kz/ca-delta.crl";

fn draft(number: u64) -> Draft {
    Draft::full(number, now() - SignedDuration::from_hours(1), now() + SignedDuration::from_hours(24))
}

fn part(address: &str) -> Part {
    Part { addresses: vec![address.to_owned()], only_users: true }
}

fn write(world: &World, draft: &Draft, entries: &[Revoked]) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    crl::write(world.issuing.identity(), draft, || entries.iter().map(|entry| Ok(*entry)), &mut out).unwrap();
    out.into_inner()
}

/// Entries with every reason, one of them with the time since when the key is suspect.
fn entries() -> Vec<Revoked> {
    let serial = |code| SerialNumber::new(&[0x40 | code; 20]).unwrap();
    let entry = |code| Revoked::new(serial(code), now(), Reason::from_code(code).unwrap());
    let mut entries: Vec<Revoked> = [0, 1, 3, 4, 5, 6, 9].map(entry).to_vec();
    entries.push(
        Revoked::new(serial(15), now(), Reason::KeyCompromise).since(now() - SignedDuration::from_hours(9)),
    );
    entries
}

/// Each form of list, by name.
fn every_form(world: &World) -> Vec<(&'static str, Vec<u8>)> {
    let removed = Revoked::new(SerialNumber::new(&[0x31; 20]).unwrap(), now(), Reason::RemoveFromCrl);
    vec![
        ("empty", write(world, &draft(7), &[])),
        ("full", write(world, &draft(7).with_deltas_at(vec![DELTA_ADDRESS.to_owned()]), &entries())),
        ("part", write(world, &draft(7).of_part(part(ADDRESS)), &entries())),
        ("delta", write(world, &draft(9).since(7), &[&entries()[..], &[removed]].concat())),
        ("part-delta", write(world, &draft(9).of_part(part(ADDRESS)).since(7), &[removed])),
    ]
}

#[test]
fn openssl_verifies_and_names_what_each_list_says() {
    if !tool("openssl") {
        return;
    }
    for kind in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048] {
        let world = World::new(kind);
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("chain.pem"), chain_pem(world.issuing.chain())).unwrap();
        for (name, list) in every_form(&world) {
            fs::write(folder.path().join(name), list).unwrap();
            let text = must(
                folder.path(),
                &format!("openssl crl -inform DER -in {name} -CAfile chain.pem -noout -text 2>&1"),
            );
            assert!(text.contains("verify OK"), "{name}: {text}");
            let expected: &[&str] = match name {
                "empty" => &["No Revoked Certificates", "X509v3 CRL Number: \n                7"],
                "full" => &["X509v3 Freshest CRL", DELTA_ADDRESS, "Certificate Hold", "Invalidity Date"],
                "part" => &["X509v3 Issuing Distribution Point: critical", ADDRESS, "Only User Certificates"],
                "delta" => &["X509v3 Delta CRL Indicator: critical\n                7", "Remove From CRL"],
                _ => &["X509v3 Delta CRL Indicator: critical", "X509v3 Issuing Distribution Point: critical"],
            };
            for words in expected {
                assert!(text.contains(words), "{name}: {words} is missing in\n{text}");
            }
        }
    }
}

#[test]
fn pkilint_finds_no_error_in_any_list() {
    let Some(lint) = pkilint("lint_crl") else { return };
    for kind in [KeyKind::EcP256, KeyKind::Rsa2048] {
        let world = World::new(kind);
        let folder = TempDir::new().unwrap();
        for (name, list) in every_form(&world) {
            fs::write(folder.path().join(name), list).unwrap();
            let said = must(
                folder.path(),
                &format!("{lint} lint -t CRL -p PKIX -s ERROR --document-format DER {name}"),
            );
            assert_eq!(said.trim(), "", "{kind:?} {name}");
        }
    }
}

/// x509-cert 0.3.0 writes 1.3.6.1.5.5.7.1.11 instead of 2.5.29.28, and neither OpenSSL nor pkilint notices.
#[test]
fn the_distribution_point_has_its_right_identifier_byte_for_byte() {
    let world = World::new(KeyKind::EcP256);
    let list = write(&world, &draft(7).of_part(part("http://a.kz/1")), &[]);
    // Extension { 2.5.29.28, critical, { [0] { [0] { [6] address } }, [1] TRUE } }, assembled by hand.
    let golden = b"\x30\x22\x06\x03\x55\x1d\x1c\x01\x01\xff\x04\x18\x30\x16\
        \xa0\x11\xa0\x0f\x86\x0dhttp://a.kz/1\x81\x01\xff";
    let wrong = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x01\x0b";
    assert!(contains(&list, golden) && !contains(&list, wrong), "{list:x?}");
    if let Some(bad) = samples("pki/golden/bad-idp-oid-part.crl") {
        let bad = fs::read(bad).unwrap();
        assert!(
            contains(&bad, wrong) && !contains(&bad, b"\x06\x03\x55\x1d\x1c"),
            "the check would catch it"
        );
    }
}

fn contains(whole: &[u8], part: &[u8]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}

/// What path validation says about a person when it knows the root's list and these.
fn verdict(world: &World, person: &Identity, lists: &[Vec<u8>]) -> Verdict {
    let trust = world.trust_without_lists();
    trust.add_crl(&world.root_crl).unwrap();
    for list in lists {
        trust.add_crl(list).unwrap();
    }
    trust.check(&person.chain[0], &person.chain[1..], now())
}

#[test]
fn a_part_speaks_about_its_own_certificates_only() {
    let world = World::new(KeyKind::EcP256);
    let person = world.enrol("person-sign", KeyKind::EcP256, &person());
    let own = write(&world, &draft(1).of_part(part(ADDRESS)), &entries());
    assert!(verdict(&world, &person, &[own]).valid().is_some());
    let other = write(&world, &draft(1).of_part(part("http://pki.example.kz/other.crl")), &entries());
    assert!(matches!(
        verdict(&world, &person, &[other]),
        Verdict::Undetermined(Undetermined::NoRevocationList(_))
    ));
    let entry = Revoked::certificate(&person.chain[0], now(), Reason::CertificateHold);
    let held = write(&world, &draft(1).of_part(part(ADDRESS)), &[entry]);
    let expected = Invalid::Revoked { at: now(), reason: Reason::CertificateHold };
    assert!(matches!(verdict(&world, &person, &[held]), Verdict::Invalid(found) if found == expected));
}

#[test]
fn a_delta_condemns_beside_a_full_list_and_clears_nobody_alone() {
    let world = World::new(KeyKind::EcP256);
    let person = world.enrol("person-sign", KeyKind::EcP256, &person());
    let entry = Revoked::certificate(&person.chain[0], now(), Reason::KeyCompromise);
    let full = write(&world, &draft(7), &[]);
    let delta = write(&world, &draft(8).since(7), &[entry]);
    let condemned = verdict(&world, &person, &[full, delta]);
    assert!(matches!(condemned, Verdict::Invalid(Invalid::Revoked { .. })), "{condemned:?}");
    let alone = verdict(&world, &person, &[write(&world, &draft(8).since(7), &[])]);
    assert!(alone.valid().is_none(), "{alone:?}");
}
