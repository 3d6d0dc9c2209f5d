//! Ceremonies from the plan to the record.

use std::{fs, os::unix::fs::PermissionsExt};

use qyzmet_pki::verify_signature;
use tempfile::tempdir;

use super::world::{
    ATTIME, LIBRARY, PIN, Room, SMALL, issue, keys_in_token, make_token, must, now, secret, tell_in_process,
    tools,
};
use crate::{
    config::{KeyFile, TokenPlace},
    files,
    nca::{NcaError, ceremony::Ceremony, open::Nca, plan::Plan, secret::Source, sha256},
};

/// What the small ceremony leaves out: an authority with RSA, and both services.
const REST: &str = r#"
[[certificate]]
name = "ca-rsa"
for = "issuing"
issuer = "root"
common-name = "КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)"
key = { kind = "rsa-3072", passphrase = { file = "ca.secret" } }
days = 3650
list-days = 7
urls = { crl = ["http://pki.example.kz/pki/crl/root.crl"], issuer = "http://pki.example.kz/pki/ca/root.crt" }

[[certificate]]
name = "ocsp"
for = "ocsp"
issuer = "ca"
common-name = "OCSP RESPONDER"
key = { kind = "ec-p256", passphrase = { file = "ca.secret" } }
days = 365
urls = { issuer = "http://pki.example.kz/pki/ca/ca.crt" }

[[certificate]]
name = "tsa"
for = "timestamp"
issuer = "ca"
common-name = "TIME-STAMPING AUTHORITY"
key = { kind = "ec-p256", passphrase = { file = "ca.secret" } }
days = 1095
urls = { crl = ["http://pki.example.kz/pki/crl/ca.crl"], issuer = "http://pki.example.kz/pki/ca/ca.crt" }
"#;

#[test]
fn openssl_accepts_everything_that_a_ceremony_makes() {
    if !tools(&["openssl", "pdftotext"]) {
        return;
    }
    let folder = tempdir().unwrap();
    let room = Room::new(folder.path());
    room.write(&[SMALL, REST].concat());
    let plan = Plan::read(&room.ceremony_file()).unwrap();
    let signatures = room.approve(&[0, 1]);
    let ceremony = Ceremony { plan: &plan, signatures: &signatures, now: now(), printed: true };
    let record = ceremony.carry_out(&room.nca(), &super::world::random, &mut |_| {}).unwrap().record;
    let nca = room.nca().root().to_owned();

    must(&nca, "cp certificates/root.pem roots.pem");
    let verify = |purpose: &str, name: &str| {
        must(
            &nca,
            &format!(
                "openssl verify -x509_strict {ATTIME} {purpose} -CAfile roots.pem -untrusted certificates/ca.pem certificates/{name}.pem"
            ),
        )
    };
    for (purpose, name) in [
        ("", "root"),
        ("", "ca"),
        ("", "ca-rsa"),
        ("-purpose ocsphelper", "ocsp"),
        ("-purpose timestampsign", "tsa"),
    ] {
        assert!(verify(purpose, name).contains("OK"), "{name}");
    }
    for (name, issuer) in [("root", "root"), ("ca", "ca"), ("ca-rsa", "ca-rsa")] {
        let list = format!(
            "openssl crl -inform DER -in lists/{name}.crl -CAfile certificates/{issuer}.pem -noout 2>&1"
        );
        assert!(must(&nca, &list).contains("verify OK"), "{name}");
    }
    let text = must(&nca, "openssl x509 -in certificates/ocsp.pem -noout -text");
    assert!(text.contains("OCSP Signing") && text.contains("OCSP No Check"), "{text}");
    let text = must(&nca, "openssl x509 -in certificates/tsa.pem -noout -text");
    assert!(text.contains("X509v3 Extended Key Usage: critical") && text.contains("Time Stamping"), "{text}");

    assert_eq!(record.ceremony_sha256, sha256(&room.bytes()));
    assert_eq!((record.approvers.len(), record.certificates.len()), (2, 5));
    for made in &record.certificates {
        let key = room.nca().key(&made.name);
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600, "{}", made.name);
        let passphrase =
            if made.name == "root" { "Түбір құпиясы" } else { "Орталық құпиясы" };
        must(
            &nca,
            &format!(
                "openssl pkey -in keys/{}.pem -passin 'pass:{passphrase}' -pubout -outform DER -out pub",
                made.name
            ),
        );
        assert_eq!(made.spki_sha256, sha256(&fs::read(nca.join("pub")).unwrap()), "{}", made.name);
    }
    for (lang, word) in [
        ("kk", "Кілттер рәсімінің хаттамасы"),
        ("ru", "Протокол церемонии ключей"),
        ("en", "Report of the key ceremony"),
    ] {
        let text = must(&nca, &format!("pdftotext -layout report.{lang}.pdf -"));
        let first = &record.certificates[0].certificate_sha256[..4];
        assert!(text.contains(word) && text.contains(first) && text.contains("Адам 1"), "{text}");
    }
}

#[test]
fn a_ceremony_is_held_once() {
    let folder = tempdir().unwrap();
    let room = Room::new(folder.path());
    room.write(SMALL);
    room.hold().unwrap();
    let before = fs::read(room.nca().key("root")).unwrap();
    assert!(matches!(room.hold(), Err(NcaError::Finished(_))));
    assert_eq!(fs::read(room.nca().key("root")).unwrap(), before);
}

#[test]
fn a_ceremony_takes_no_foreign_folder() {
    let folder = tempdir().unwrap();
    let room = Room::new(folder.path());
    room.write(SMALL);
    fs::create_dir_all(room.nca().root().join("keys")).unwrap();
    fs::write(room.nca().key("root"), "a key of somebody").unwrap();
    assert!(matches!(room.hold(), Err(NcaError::Foreign(_))));
    assert_eq!(fs::read(room.nca().key("root")).unwrap(), b"a key of somebody");
}

#[test]
fn an_empty_secret_makes_no_key() {
    let folder = tempdir().unwrap();
    let room = Room::new(folder.path());
    room.write(SMALL);
    fs::write(folder.path().join("root.secret"), "\n").unwrap();
    let refusal = room.hold().unwrap_err().to_string();
    assert!(refusal.contains("root.secret") && refusal.contains("holds no secret"), "{refusal}");
    assert!(!room.nca().key("root").exists());
}

/// The small ceremony with the authority's key in a token.
pub(super) fn in_token() -> String {
    SMALL.replace("passphrase = { file = \"ca.secret\" }", "token = \"hsm\"")
}

#[test]
fn keys_in_a_token_are_made_there_and_work() {
    if !tools(&["softhsm2-util", "pkcs11-tool", "openssl"]) {
        return;
    }
    let folder = tempdir().unwrap();
    let Some(place) = std::env::var_os("QYZMET_ROOM") else {
        make_token(folder.path());
        let room = [("QYZMET_ROOM", folder.path().display().to_string())];
        let (good, said) =
            tell_in_process("stories::keys_in_a_token_are_made_there_and_work", folder.path(), &room);
        assert!(good, "{said}");
        return;
    };
    let room = Room::new(place.as_ref());
    room.write(&in_token());
    let record = room.hold().unwrap().record;
    assert_eq!(record.certificates[1].key_place, "token hsm");
    assert!(!room.nca().key("ca").exists());
    assert_eq!(keys_in_token(&room.folder), 1);
    let nca = Nca::open(&room.nca()).unwrap();
    let issued = issue(nca.identity("ca", &secret(PIN)).unwrap(), 9);
    fs::write(room.nca().file("own.pem"), issued.pem()).unwrap();
    let verify = format!(
        "openssl verify -x509_strict {ATTIME} -CAfile certificates/root.pem -untrusted certificates/ca.pem own.pem"
    );
    assert!(must(room.nca().root(), &verify).contains("own.pem: OK"));

    // The same key by the configuration of the portal.
    let place = TokenPlace {
        library: LIBRARY.into(),
        token: "nca".to_owned(),
        label: "ca".to_owned(),
        id: None,
        pin: Source::File(room.folder.join("pin.secret")),
    };
    let certificates = vec![room.nca().certificate("ca"), room.nca().certificate("root")];
    let file = KeyFile { token: Some(place), certificates, ..KeyFile::default() };
    let signer = files::identity(&file).unwrap().signer;
    let signature = signer.sign(b"words").unwrap();
    assert!(verify_signature(signer.public_key_der(), b"words", &signature).is_ok());
    let without = KeyFile { certificates: Vec::new(), ..file };
    assert!(files::identity(&without).unwrap_err().to_string().contains("needs a certificate"));

    // Another ceremony must not take the key over that this one has made.
    fs::rename(room.nca().root(), room.folder.join("other")).unwrap();
    assert!(matches!(room.hold(), Err(NcaError::KeyExists { name }) if name == "ca"));
}
