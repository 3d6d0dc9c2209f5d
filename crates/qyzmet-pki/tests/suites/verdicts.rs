//! Each bad signature gets its own verdict, and what cannot be known is called undetermined.

use std::fs;

use jiff::SignedDuration;
use qyzmet_pki::{
    Identity, Invalid, KeyKind, Reason, Signer, Trust, Undetermined, Verdict,
    authority::Revoked,
    cms::{self, Expect},
};
use tempfile::TempDir;

use crate::support::{World, must, now, person, tool};

const CONTENT: &[u8] = b"{\"number\":\"+77010000001\"}\n";

struct Scene {
    world: World,
    identity: Identity,
    signature: Vec<u8>,
}

fn scene() -> Scene {
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("person-sign", KeyKind::EcP256, &person());
    let signature = cms::sign(CONTENT, &identity, now()).unwrap();
    Scene { world, identity, signature }
}

impl Scene {
    fn verdict(&self, trust: &Trust) -> Verdict {
        self.verdict_after(trust, 0)
    }

    fn verdict_after(&self, trust: &Trust, hours: i64) -> Verdict {
        cms::verify(
            CONTENT,
            &self.signature,
            trust,
            Expect::sign(),
            now() + SignedDuration::from_hours(hours),
        )
    }

    /// Trust with this list of the issuing authority.
    fn trust_with(&self, list: &[u8]) -> Trust {
        let trust = self.world.trust_without_lists();
        trust.add_crl(&self.world.root_crl).unwrap();
        trust.add_crl(list).unwrap();
        trust
    }

    fn list(&self, entries: &[Revoked], from: i64, until: i64) -> Vec<u8> {
        let hour = SignedDuration::from_hours(1);
        let (from, until) = (hour * i32::try_from(from).unwrap(), hour * i32::try_from(until).unwrap());
        self.world.issuing.crl(entries, now() + from, now() + until, 5).unwrap()
    }
}

#[test]
fn a_good_signature_is_valid_and_names_its_signer() {
    let scene = scene();
    let verdict = scene.verdict(&scene.world.trust());
    let signed = verdict.valid().unwrap_or_else(|| panic!("{verdict:?}"));
    assert_eq!(signed.certificate.subject().iin.as_deref(), Some("900101450007"));
    assert_eq!(signed.signed_at, Some(now()));
    assert_eq!(signed.chain, scene.identity.chain);
}

#[test]
fn time_decides() {
    let scene = scene();
    let trust = scene.world.trust();
    assert!(matches!(scene.verdict_after(&trust, 24 * 366), Verdict::Invalid(Invalid::Expired(_))));
    assert!(matches!(scene.verdict_after(&trust, -25), Verdict::Invalid(Invalid::NotYetValid(_))));
}

#[test]
fn a_revoked_certificate_is_refused_from_its_revocation_on() {
    let scene = scene();
    let revoked = Revoked::certificate(&scene.identity.chain[0], now(), Reason::KeyCompromise);
    let trust = scene.trust_with(&scene.list(&[revoked], 0, 24));
    let expected = Invalid::Revoked { at: now(), reason: Reason::KeyCompromise };
    assert!(matches!(scene.verdict(&trust), Verdict::Invalid(invalid) if invalid == expected));
    assert!(scene.verdict_after(&trust, -1).valid().is_some(), "an hour before, it was good");
}

#[test]
fn a_newer_list_takes_the_place_of_an_older_one() {
    let scene = scene();
    let hold = Revoked::certificate(&scene.identity.chain[0], now(), Reason::CertificateHold);
    let trust = scene.trust_with(&scene.list(&[hold], -2, 24));
    assert!(matches!(scene.verdict(&trust), Verdict::Invalid(Invalid::Revoked { .. })));
    trust.add_crl(&scene.list(&[], -1, 24)).unwrap();
    assert!(scene.verdict(&trust).valid().is_some(), "the hold was taken back");
}

#[test]
fn without_a_fresh_list_nothing_is_certain() {
    let scene = scene();
    let none = scene.verdict(&scene.world.trust_without_lists());
    assert!(matches!(none, Verdict::Undetermined(Undetermined::NoRevocationList(_))), "{none:?}");
    let stale = scene.verdict(&scene.trust_with(&scene.list(&[], -3, -2)));
    assert!(matches!(stale, Verdict::Undetermined(Undetermined::StaleRevocationList { .. })), "{stale:?}");
    let foreign = World::new(KeyKind::EcP256);
    let trust = scene.trust_with(&foreign.crl);
    assert!(matches!(scene.verdict(&trust), Verdict::Undetermined(Undetermined::NoRevocationList(_))));
}

#[test]
fn an_authentication_certificate_signs_no_document() {
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("person-auth", KeyKind::EcP256, &person());
    let signature = cms::sign(CONTENT, &identity, now()).unwrap();
    let judge = |expect| cms::verify(CONTENT, &signature, &world.trust(), expect, now());
    assert!(matches!(judge(Expect::sign()), Verdict::Invalid(Invalid::WrongPurpose { .. })));
    assert!(judge(Expect::auth()).valid().is_some());
}

#[test]
fn strangers_and_other_content_are_refused() {
    let scene = scene();
    let foreign = World::new(KeyKind::EcP256).trust();
    assert!(matches!(scene.verdict(&foreign), Verdict::Invalid(Invalid::UntrustedIssuer)));
    let other = cms::verify(b"other", &scene.signature, &scene.world.trust(), Expect::sign(), now());
    assert!(matches!(other, Verdict::Invalid(Invalid::ContentChanged)));
}

#[test]
fn the_key_of_another_signs_for_nobody() {
    let mut scene = scene();
    scene.identity.signer = Signer::generate(KeyKind::EcP256).unwrap();
    scene.signature = cms::sign(CONTENT, &scene.identity, now()).unwrap();
    assert!(matches!(scene.verdict(&scene.world.trust()), Verdict::Invalid(Invalid::WrongSignature)));
    scene.identity.signer = Signer::generate(KeyKind::Rsa2048).unwrap();
    scene.signature = cms::sign(CONTENT, &scene.identity, now()).unwrap();
    assert!(matches!(scene.verdict(&scene.world.trust()), Verdict::Invalid(Invalid::AlgorithmMismatch)));
}

/// Signatures that only OpenSSL would make for us: two signers, none, weak digests, short keys, no attributes.
#[test]
fn unusual_messages_get_their_own_refusal() {
    if !tool("openssl") {
        return;
    }
    let scene = scene();
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("doc", CONTENT);
    write("own.pem", scene.identity.chain[0].pem().as_bytes());
    write("key.pem", scene.identity.signer.to_encrypted_pem("k").unwrap().as_bytes());
    must(
        folder.path(),
        "openssl req -x509 -newkey rsa:1024 -nodes -subj /CN=x -keyout weak.key -out weak.pem -days 9 2>&1",
    );
    let own = "-signer own.pem -inkey key.pem -passin pass:k";
    let judge = |options: &str| {
        must(folder.path(), &format!("openssl cms -sign -binary -in doc -outform DER -out s.p7s {options}"));
        let signature = fs::read(folder.path().join("s.p7s")).unwrap();
        cms::verify(CONTENT, &signature, &scene.world.trust(), Expect::sign(), now())
    };
    let several = judge(&format!("{own} -signer weak.pem -inkey weak.key"));
    assert!(matches!(several, Verdict::Invalid(Invalid::SeveralSigners(2))), "{several:?}");
    let sha1 = judge(&format!("{own} -md sha1"));
    assert!(matches!(sha1, Verdict::Invalid(Invalid::WeakAlgorithm(_))), "{sha1:?}");
    let short = judge("-signer weak.pem -inkey weak.key -md sha256");
    assert!(matches!(short, Verdict::Invalid(Invalid::WeakAlgorithm(_))), "{short:?}");
    let bare = judge(&format!("{own} -md sha256 -noattr"));
    assert!(matches!(bare, Verdict::Invalid(Invalid::Attribute(_))), "{bare:?}");
    let alone = judge(&format!("{own} -md sha256 -nocerts"));
    assert!(matches!(alone, Verdict::Invalid(Invalid::NoCertificate)), "{alone:?}");
    must(folder.path(), "openssl crl2pkcs7 -nocrl -certfile own.pem -outform DER -out none.p7s");
    let none = fs::read(folder.path().join("none.p7s")).unwrap();
    let none = cms::verify(CONTENT, &none, &scene.world.trust(), Expect::sign(), now());
    assert!(matches!(none, Verdict::Invalid(Invalid::NoSigner)), "{none:?}");
}
