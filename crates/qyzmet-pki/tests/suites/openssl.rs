//! OpenSSL as a stranger: it accepts what we make, and we accept what it makes.

use std::fs;

use jiff::SignedDuration;
use qyzmet_pki::{
    Identity, Invalid, KeyKind, Reason, Signer, Verdict,
    authority::Revoked,
    cms::{self, Expect},
    pkcs12,
};
use tempfile::TempDir;

use crate::support::{World, chain_pem, must, now, organisation, person, run, tool};

const KINDS: [KeyKind; 3] = [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048];
/// OpenSSL must judge at the time of the tests, not at that of the machine.
const ATTIME: &str = "-attime 1795262400";

/// A folder with the world's root, chain and lists as PEM files.
fn folder(world: &World, identity: &Identity) -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("root.pem", world.root.certificate().unwrap().pem().as_bytes());
    write("chain.pem", chain_pem(world.issuing.chain()).as_bytes());
    write("own.pem", identity.chain[0].pem().as_bytes());
    write("root.crl", &world.root_crl);
    write("ca.crl", &world.crl);
    write("doc.json", b"{\"number\":\"+77010000001\"}\n");
    folder
}

#[test]
fn openssl_verifies_our_certificates_strictly_with_our_lists() {
    if !tool("openssl") {
        return;
    }
    for kind in KINDS {
        let world = World::new(kind);
        for profile in ["person-sign", "person-auth", "system-sign"] {
            let fields = if profile == "system-sign" { organisation() } else { person() };
            let identity = world.enrol(profile, kind, &fields);
            let folder = folder(&world, &identity);
            let folder = folder.path();
            must(folder, "openssl crl -in root.crl -CAfile root.pem -noout 2>&1 | grep -q 'verify OK'");
            must(
                folder,
                "openssl crl -inform DER -in ca.crl -CAfile chain.pem -out ca.crl.pem 2>&1 | grep -q 'verify OK'",
            );
            must(
                folder,
                "openssl crl -inform DER -in root.crl -out root.crl.pem && cat *.crl.pem > lists.pem",
            );
            let said = must(
                folder,
                &format!(
                    "openssl verify -x509_strict -crl_check_all {ATTIME} -CRLfile lists.pem -policy 1.2.398.3.3.2 \
                     -explicit_policy -CAfile root.pem -untrusted chain.pem own.pem"
                ),
            );
            assert!(said.contains("own.pem: OK"), "{said}");
        }
    }
}

#[test]
fn openssl_prints_the_kazakh_subject_and_usages() {
    if !tool("openssl") {
        return;
    }
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("person-sign", KeyKind::EcP256, &person());
    let folder = folder(&world, &identity);
    let text =
        must(folder.path(), "openssl x509 -in own.pem -noout -text -nameopt utf8,sep_comma_plus,-esc_msb");
    for expected in [
        "CN=ҮЛГІБАЕВА ӘСЕЛ,SN=ҮЛГІБАЕВА,serialNumber=IIN900101450007,C=KZ,GN=ҚАЙРАТҚЫЗЫ",
        "Digital Signature, Non Repudiation",
        "E-mail Protection, 1.2.398.3.3.4.1.1",
        "Policy: 1.2.398.3.3.2",
        "1.2.398.3.3.5:",
        "email:asel@example.kz",
        "URI:http://pki.example.kz/ca.crl",
        "OCSP - URI:http://ocsp.example.kz/",
    ] {
        assert!(text.contains(expected), "{expected} is missing in\n{text}");
    }
}

#[test]
fn openssl_verifies_our_signatures() {
    if !tool("openssl") {
        return;
    }
    for kind in KINDS {
        let world = World::new(KeyKind::EcP256);
        let identity = world.enrol("person-sign", kind, &person());
        let folder = folder(&world, &identity);
        let content = fs::read(folder.path().join("doc.json")).unwrap();
        fs::write(folder.path().join("doc.p7s"), cms::sign(&content, &identity, now()).unwrap()).unwrap();
        let verify = format!(
            "openssl cms -verify -cades -binary -inform DER -in doc.p7s {ATTIME} -content doc.json -CAfile root.pem -out out"
        );
        let said = must(folder.path(), &verify);
        assert!(said.contains("CAdES Verification successful"), "{said}");
        fs::write(folder.path().join("doc.json"), b"changed").unwrap();
        assert!(!run(folder.path(), &verify).0);
    }
}

#[test]
fn we_verify_the_signatures_of_openssl() {
    if !tool("openssl") {
        return;
    }
    for kind in KINDS {
        let world = World::new(KeyKind::EcP256);
        let identity = world.enrol("person-sign", kind, &person());
        let folder = folder(&world, &identity);
        let key = identity.signer.to_encrypted_pem("Құпия-1").unwrap();
        fs::write(folder.path().join("key.pem"), key).unwrap();
        let sign = "openssl cms -sign -cades -binary -md sha256 -outform DER -in doc.json -signer own.pem -inkey key.pem \
                    -passin pass:Құпия-1 -certfile chain.pem";
        must(folder.path(), &format!("{sign} -out detached.p7s && {sign} -nodetach -out attached.p7s"));
        must(folder.path(), &format!("{sign} -stream -indef -nodetach -out indefinite.p7s"));
        must(folder.path(), &format!("{sign} -keyid -out keyid.p7s"));
        let content = fs::read(folder.path().join("doc.json")).unwrap();
        for name in ["detached", "attached", "indefinite", "keyid"] {
            let signature = fs::read(folder.path().join(format!("{name}.p7s"))).unwrap();
            let verify =
                |content: &[u8]| cms::verify(content, &signature, &world.trust(), Expect::sign(), now());
            let verdict = verify(&content);
            assert!(verdict.valid().is_some(), "{kind:?} {name}: {verdict:?}");
            assert!(matches!(verify(b"changed"), Verdict::Invalid(Invalid::ContentChanged)), "{name}");
        }
        let enclosed = fs::read(folder.path().join("indefinite.p7s")).unwrap();
        assert_eq!(cms::enclosed_content(&enclosed).unwrap().as_deref(), Some(content.as_slice()));
    }
}

#[test]
fn openssl_names_the_reason_of_a_revocation() {
    if !tool("openssl") {
        return;
    }
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("person-sign", KeyKind::EcP256, &person());
    let folder = folder(&world, &identity);
    let entry = Revoked::certificate(&identity.chain[0], now(), Reason::KeyCompromise);
    let list = world.issuing.crl(&[entry], now(), now() + SignedDuration::from_hours(1), 7).unwrap();
    fs::write(folder.path().join("list.crl"), list).unwrap();
    let text = must(folder.path(), "openssl crl -inform DER -in list.crl -CAfile chain.pem -noout -text");
    assert!(text.contains("verify OK") && text.contains("Key Compromise"), "{text}");
    assert!(
        text.to_lowercase().contains(&format!("serial number: {}", identity.chain[0].serial())),
        "{text}"
    );
    must(folder.path(), "openssl crl -inform DER -in list.crl -out list.pem");
    let check = format!(
        "openssl verify -crl_check {ATTIME} -CRLfile list.pem -CAfile root.pem -untrusted chain.pem own.pem"
    );
    let (good, said) = run(folder.path(), &check);
    assert!(!good && said.contains("certificate revoked"), "{said}");
}

#[test]
fn key_files_are_read_both_ways() {
    if !tool("openssl") {
        return;
    }
    for kind in [KeyKind::EcP256, KeyKind::Rsa2048] {
        let world = World::new(KeyKind::EcP256);
        let identity = world.enrol("person-sign", kind, &person());
        let folder = folder(&world, &identity);
        let bytes = pkcs12::write(&identity, "Құпия-Сөз1", "asel").unwrap();
        fs::write(folder.path().join("ours.p12"), bytes).unwrap();
        let said = must(folder.path(), "openssl pkcs12 -in ours.p12 -passin pass:Құпия-Сөз1 -info -nodes");
        assert!(said.contains("PRIVATE KEY") && said.matches("BEGIN CERTIFICATE").count() == 3, "{said}");
        assert!(said.contains("AES-256-CBC") && said.contains("hmacWithSHA256"), "{said}");

        fs::write(folder.path().join("key.pem"), identity.signer.to_encrypted_pem("k").unwrap()).unwrap();
        let export =
            "openssl pkcs12 -export -inkey key.pem -passin pass:k -in own.pem -certfile chain.pem -name asel";
        must(folder.path(), &format!("{export} -passout pass:Құпия-Сөз1 -out theirs.p12"));
        must(folder.path(), &format!("{export} -legacy -passout pass:Қ1 -out legacy.p12"));
        for (name, password) in
            [("theirs.p12", "Құпия-Сөз1"), ("legacy.p12", "Қ1"), ("ours.p12", "Құпия-Сөз1")]
        {
            let bytes = fs::read(folder.path().join(name)).unwrap();
            let back =
                pkcs12::read(&bytes, password).unwrap_or_else(|error| panic!("{kind:?} {name}: {error}"));
            assert_eq!(back.chain[0], identity.chain[0]);
            assert_eq!(back.chain.len(), 3, "{name}");
            assert_eq!(back.signer.public_key_der(), identity.signer.public_key_der());
            let wrong = pkcs12::read(&bytes, "other").unwrap_err();
            assert_eq!(wrong, qyzmet_pki::KeyError::WrongPassword, "{name}");
        }
    }
}

#[test]
fn encrypted_keys_are_read_both_ways() {
    if !tool("openssl") {
        return;
    }
    for kind in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048, KeyKind::Rsa3072, KeyKind::Ed25519] {
        let folder = TempDir::new().unwrap();
        let signer = Signer::generate(kind).unwrap();
        fs::write(folder.path().join("ours.pem"), signer.to_encrypted_pem("Құпия").unwrap()).unwrap();
        must(
            folder.path(),
            "openssl pkey -in ours.pem -passin pass:Құпия -pubout -outform DER -out public.der",
        );
        assert_eq!(fs::read(folder.path().join("public.der")).unwrap(), signer.public_key_der(), "{kind:?}");
        must(
            folder.path(),
            "openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in ours.pem -passin pass:Құпия \
             -passout pass:other -out theirs.pem",
        );
        let theirs = fs::read_to_string(folder.path().join("theirs.pem")).unwrap();
        let back = Signer::from_encrypted_pem(&theirs, "other").unwrap();
        assert_eq!(back.public_key_der(), signer.public_key_der());
        assert!(Signer::from_encrypted_pem(&theirs, "wrong").is_err());
    }
}
