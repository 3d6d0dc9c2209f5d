//! Time-stamps before the eyes of OpenSSL, and tokens of others before ours.

use std::{fs, path::Path};

use jiff::SignedDuration;
use qyzmet_pki::{
    Certificate, Invalid, KeyKind, PathRules, Revocation, Trust,
    tsp::{self, Accuracy, Failure, Imprint, NotStamped, Request, Stamper, StamperError},
};
use tempfile::TempDir;

use crate::{
    responders::{POLICIES, stamper},
    support::{World, at, chain_pem, must, now, person, run, samples, serial, tool},
};

const CONTENT: &[u8] = b"{\"number\":\"+77010000001\"}";
const ATTIME: &str = "-attime 1795262400";

fn folder(world: &World) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("root.pem"), world.root.certificate().unwrap().pem()).unwrap();
    fs::write(folder.path().join("chain.pem"), chain_pem(world.issuing.chain())).unwrap();
    fs::write(folder.path().join("doc"), CONTENT).unwrap();
    folder
}

/// The answer to the question that OpenSSL wrote, as a file beside it.
fn answered(folder: &Path, stamper: &Stamper) {
    let request = fs::read(folder.join("q.tsq")).unwrap();
    fs::write(folder.join("r.tsr"), stamper.answer(&request, serial(9), Some(now()))).unwrap();
}

#[test]
fn openssl_asks_and_verifies_our_tokens() {
    if !tool("openssl") {
        return;
    }
    for key in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048] {
        let world = World::new(KeyKind::EcP256);
        let stamper = stamper(&world, key);
        let folder = folder(&world);
        let folder = folder.path();
        for query in [
            "-sha256 -cert",
            "-sha384 -cert",
            "-sha512 -cert -no_nonce",
            "-sha256 -cert -tspolicy 1.2.398.3.3.2.6.2",
        ] {
            must(folder, &format!("openssl ts -query -data doc {query} -out q.tsq"));
            answered(folder, &stamper);
            let verify =
                format!("openssl ts -verify -in r.tsr -CAfile root.pem -untrusted chain.pem {ATTIME}");
            for against in ["-queryfile q.tsq", "-data doc"] {
                let said = must(folder, &format!("{verify} {against} 2>&1"));
                assert!(said.contains("Verification: OK"), "{key:?} {query}: {said}");
            }
            let text = must(folder, "openssl ts -reply -in r.tsr -text 2>&1");
            let policy = if query.contains("tspolicy") { POLICIES[1] } else { POLICIES[0] };
            for words in [
                "Status: Granted.",
                policy,
                "Time stamp: Nov 21 12:00:00 2026 GMT",
                "Ordering: no",
                "TIME-STAMPING AUTHORITY",
            ] {
                assert!(text.contains(words), "{words} is missing in\n{text}");
            }
            assert!(text.contains("Accuracy: 0x01 seconds"), "{text}");
            fs::write(folder.join("changed"), b"changed").unwrap();
            assert!(!run(folder, &format!("{verify} -data changed")).0);
        }
    }
}

#[test]
fn a_certificate_is_enclosed_only_when_it_is_asked_for() {
    let world = World::new(KeyKind::EcP256);
    let stamper = stamper(&world, KeyKind::EcP256);
    let mut request = Request::new(Imprint::of(CONTENT), Some(&[1, 2, 3]));
    let token = |request: &Request| stamper.stamp(request, serial(9), now()).unwrap();
    let long = token(&request).len();
    assert!(tsp::verify(&token(&request), CONTENT, &world.trust(), now()).is_ok());
    request.with_certificate = false;
    assert!(token(&request).len() + 1000 < long);
    let refused = tsp::verify(&token(&request), CONTENT, &world.trust(), now());
    assert_eq!(refused.unwrap_err(), NotStamped::Invalid(Invalid::NoCertificate));
}

#[test]
fn openssl_reads_why_a_request_is_refused() {
    if !tool("openssl") {
        return;
    }
    let world = World::new(KeyKind::EcP256);
    let stamper = stamper(&world, KeyKind::EcP256);
    let folder = folder(&world);
    let folder = folder.path();
    let cases = [
        ("-sha1", "unrecognized or unsupported algorithm identifier"),
        ("-sha256 -tspolicy 1.2.3", "the requested TSA policy is not supported by the TSA"),
    ];
    for (query, words) in cases {
        must(folder, &format!("openssl ts -query -data doc {query} -out q.tsq"));
        answered(folder, &stamper);
        let text = must(folder, "openssl ts -reply -in r.tsr -text 2>&1");
        assert!(text.contains("Status: Rejected.") && text.contains(words), "{text}");
    }
    for (failure, words) in [
        (Failure::BadRequest, "transaction not permitted or supported"),
        (Failure::BadDataFormat, "the data submitted has the wrong format"),
        (Failure::TimeNotAvailable, "the TSA's time source is not available"),
        (Failure::UnacceptedExtension, "the requested extension is not supported by the TSA"),
        (Failure::SystemFailure, "the request cannot be handled due to system failure"),
    ] {
        fs::write(folder.join("r.tsr"), failure.der()).unwrap();
        let text = must(folder, "openssl ts -reply -in r.tsr -text 2>&1");
        assert!(text.contains(words), "{failure:?}: {text}");
    }
}

#[test]
fn a_token_proves_its_content_at_its_time_to_whoever_trusts_the_root() {
    let world = World::new(KeyKind::EcP256);
    let stamper = stamper(&world, KeyKind::EcP256);
    let request = Request::new(Imprint::of(CONTENT), Some(&[0xff, 0x01]));
    let response = stamper.answer(&request.to_der(), serial(9), Some(now()));
    let token = tsp::token_of(&response, &request).expect("the token of this request");
    let stamped = tsp::verify(&token, CONTENT, &world.trust(), now()).unwrap();
    assert_eq!((stamped.info.at, stamped.info.nonce.clone()), (now(), request.nonce.clone()));
    assert_eq!(stamped.info.policy(), POLICIES[0]);
    assert_eq!(stamped.chain.len(), 3);
    let refusal = |content: &[u8], trust: &Trust, hours: i64| {
        tsp::verify(&token, content, trust, now() + SignedDuration::from_hours(hours)).unwrap_err()
    };
    assert_eq!(refusal(b"other", &world.trust(), 0), NotStamped::Invalid(Invalid::ContentChanged));
    let stranger = World::new(KeyKind::EcP256);
    assert_eq!(refusal(CONTENT, &stranger.trust(), 0), NotStamped::Invalid(Invalid::UntrustedIssuer));
    let late = refusal(CONTENT, &world.trust(), 24 * 400);
    assert!(matches!(late, NotStamped::Invalid(Invalid::Expired(_))), "{late:?}");
    assert!(matches!(refusal(CONTENT, &world.trust(), 48), NotStamped::Undetermined(_)), "the lists ended");
    let other = Request::new(Imprint::of(CONTENT), Some(&[5]));
    assert_eq!(tsp::token_of(&response, &other), None, "another nonce");
}

#[test]
fn only_a_certificate_for_stamping_alone_stamps() {
    let world = World::new(KeyKind::EcP256);
    let person = world.enrol("person-sign", KeyKind::EcP256, &person());
    let refused = Stamper::new(person, &POLICIES, Accuracy::seconds(1));
    assert_eq!(refused.unwrap_err(), StamperError::Usage);
    let identity = world.enrol("time-stamp", KeyKind::EcP256, &crate::support::authority_name("T"));
    for policies in [&[][..], &["none"]] {
        let refused = Stamper::new(identity.clone(), policies, Accuracy::seconds(1));
        assert_eq!(refused.unwrap_err(), StamperError::Policy);
    }
}

/// A person's signature around the words of a token is no token.
#[test]
fn a_signature_by_another_key_is_no_stamp() {
    let world = World::new(KeyKind::EcP256);
    let person = world.enrol("person-sign", KeyKind::EcP256, &person());
    let signature = qyzmet_pki::cms::sign(CONTENT, &person, now()).unwrap();
    let refused = tsp::verify(&signature, CONTENT, &world.trust(), now()).unwrap_err();
    assert_eq!(refused, NotStamped::Invalid(Invalid::Malformed("signed content")));
}

/// Tokens of the production and test environments: the nonce may be negative, and there is neither accuracy nor name.
#[test]
fn real_tokens_of_the_national_authority_are_read() {
    let Some(folder) = samples("nca") else { return };
    for (name, time, policy) in [
        ("tsp-prod-gost512-token-2026.der", "2026-07-20T09:08:07Z", "1.2.398.3.3.2.6.4"),
        ("tsp-gost2004-token.der", "2022-09-18T13:20:14Z", "1.2.398.3.3.2.6.1"),
    ] {
        let info = tsp::claimed(&fs::read(folder.join(name)).unwrap()).unwrap();
        assert_eq!((info.accuracy, info.policy().as_str()), (None, policy), "{name}");
        assert_eq!(info.at, at(time), "{name}");
    }
}

/// A token made by other code (samples/pki/golden).
#[test]
fn a_golden_token_holds() {
    let Some(folder) = samples("pki/golden") else { return };
    let file = |name: &str| fs::read(folder.join(name)).unwrap();
    let pem = |name: &str| Certificate::from_pem(&String::from_utf8(file(name)).unwrap()).unwrap();
    let request = Request::from_der(&file("ts.req")).unwrap();
    let token = tsp::token_of(&file("ts.rsp"), &request).unwrap();
    let trust = Trust::new(vec![pem("root.pem")], vec![pem("ica.pem")]);
    let trust = trust.with_rules(PathRules { revocation: Revocation::NotChecked, ..PathRules::default() });
    let stamped = tsp::verify(&token, &file("doc.txt"), &trust, at("2026-11-22T00:00:00Z")).unwrap();
    assert_eq!(stamped.chain[0], pem("tsa.pem"));
}
