//! Every profile before the eyes of OpenSSL and of pkilint.

use std::{fmt::Write, fs, path::Path};

use qyzmet_pki::{
    Certificate, KeyKind, Signer,
    authority::{Authority, Draft, Holder, HolderKind, Organisation, Profile, Profiles, SubjectFacts, Urls},
    request::SubjectKey,
};
use tempfile::TempDir;

use crate::support::{World, chain_pem, must, named_person, now, pkilint, profile, tool};

const KINDS: [KeyKind; 3] = [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048];
/// OpenSSL must judge at the time of the tests, not at that of the machine.
const ATTIME: &str = "-attime 1795262400";
/// The shard in which all certificates of these tests stand.
const SHARD: u16 = 7;

/// An invented holder of the kind that the profile is for, with everything that the profile takes.
fn facts(profile: &Profile) -> SubjectFacts {
    let organisation = || Organisation::new("«ҮЛГІ» АҚ", "060340004567").unwrap();
    let holder = match profile.holder() {
        HolderKind::Person => Holder::Person(named_person()),
        HolderKind::Member => Holder::Member { organisation: organisation(), person: named_person() },
        HolderKind::Organisation => {
            Holder::Organisation { name: "ПОРТАЛ".to_owned(), organisation: organisation() }
        }
        HolderKind::Service => Holder::service("ҮЛГІ ОРТАЛЫҚ"),
        HolderKind::Server => Holder::Server { hosts: vec!["portal.example.kz".to_owned()] },
    };
    let facts = SubjectFacts::new(holder).unwrap();
    if profile.takes_email() {
        facts.with_email("asel@example.kz").unwrap().identified("remote")
    } else {
        facts
    }
}

/// A certificate by the profile; a root signs itself.
fn certificate(world: &World, profile: &Profile, kind: KeyKind) -> Certificate {
    let (signer, facts) = (Signer::generate(kind).unwrap(), facts(profile));
    let urls = Urls::below("http://pki.example.kz", "ca");
    if profile.id() == "root" {
        let valid = profile.validity(now()).unwrap();
        let root = Authority::self_signed(signer, profile, &facts, [9; 20], valid, urls).unwrap();
        return root.certificate().unwrap().clone();
    }
    let issuing = world.issuing.clone().with_urls(urls);
    let key = SubjectKey::from_der(signer.public_key_der()).unwrap();
    let mut validity = profile.validity(now()).unwrap();
    validity.not_after = validity.not_after.min(issuing.certificate().unwrap().not_after());
    issuing
        .issue(&Draft { profile, facts: &facts, key: &key, serial: [9; 20], validity, shard: SHARD })
        .unwrap()
}

fn write(folder: &Path, world: &World, certificate: &Certificate) {
    let own_root = certificate.issuer_common_name() == certificate.subject().common_name;
    let root = if own_root { certificate.pem() } else { world.root.certificate().unwrap().pem() };
    fs::write(folder.join("root.pem"), root).unwrap();
    fs::write(folder.join("chain.pem"), chain_pem(world.issuing.chain())).unwrap();
    fs::write(folder.join("own.pem"), certificate.pem()).unwrap();
}

#[test]
fn openssl_verifies_every_profile_strictly_with_every_kind_of_key() {
    if !tool("openssl") {
        return;
    }
    for kind in KINDS {
        let world = World::new(kind);
        for profile in Profiles::nca().unwrap().iter() {
            // An authority below one of path length 0 would be refused, as it should be.
            if profile.id() == "issuing" {
                continue;
            }
            let folder = TempDir::new().unwrap();
            write(folder.path(), &world, &certificate(&world, profile, kind));
            let verify =
                format!("openssl verify -x509_strict {ATTIME} -CAfile root.pem -untrusted chain.pem own.pem");
            let said = must(folder.path(), &verify);
            assert!(said.contains("own.pem: OK"), "{}: {said}", profile.id());
        }
        let folder = TempDir::new().unwrap();
        write(folder.path(), &world, world.issuing.certificate().unwrap());
        must(folder.path(), &format!("openssl verify -x509_strict {ATTIME} -CAfile root.pem own.pem"));
    }
}

#[test]
fn pkilint_finds_no_error_in_any_profile() {
    let Some(lint) = pkilint("lint_pkix_cert") else { return };
    let folder = TempDir::new().unwrap();
    let lint = |certificate: &Certificate, what: &str| {
        fs::write(folder.path().join("own.pem"), certificate.pem()).unwrap();
        let said = must(folder.path(), &format!("{lint} lint -s WARNING own.pem"));
        assert_eq!(said.trim(), "", "{what}");
    };
    let world = World::new(KeyKind::EcP256);
    for profile in Profiles::nca().unwrap().iter() {
        lint(&certificate(&world, profile, KeyKind::EcP256), profile.id());
    }
    for kind in [KeyKind::EcP384, KeyKind::Rsa2048] {
        let world = World::new(kind);
        for id in ["root", "person-single", "person-auth", "responder", "time-stamp"] {
            lint(&certificate(&world, profile(id), kind), id);
        }
    }
}

/// What OpenSSL prints, without what differs each time: keys, their identifiers, signatures.
fn text(certificate: &Certificate) -> String {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("own.pem"), certificate.pem()).unwrap();
    let show = "openssl x509 -in own.pem -noout -text -nameopt utf8,sep_comma_plus,-esc_msb";
    let is_hex = |line: &&str| {
        let line = line.trim();
        line.contains(':') && line.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':')
    };
    must(folder.path(), show).lines().filter(|line| !is_hex(line)).fold(String::new(), |mut text, line| {
        writeln!(text, "{}", line.trim_end()).unwrap();
        text
    })
}

/// `QYZMET_GOLDEN=write` writes the file anew.
#[test]
fn openssl_prints_every_profile_as_it_always_did() {
    if !tool("openssl") {
        return;
    }
    let world = World::new(KeyKind::EcP256);
    let mut found = String::new();
    for profile in Profiles::nca().unwrap().iter() {
        let certificate = certificate(&world, profile, KeyKind::EcP256);
        write!(found, "== {}\n{}", profile.id(), text(&certificate)).unwrap();
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/profiles.txt");
    if std::env::var_os("QYZMET_GOLDEN").is_some_and(|value| value == "write") {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(&golden, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&golden).unwrap(), "QYZMET_GOLDEN=write, and read the difference");
}
