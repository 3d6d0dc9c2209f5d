//! Answers about single certificates, asked by OpenSSL over POST and by curl over GET.

use super::{Checker, pkilint};

/// The answer's first line about the person's certificate.
fn ask(checker: &Checker, more: &str) -> String {
    checker.must(&format!(
        "openssl ocsp -issuer ca.pem {more} -cert own.pem -url {} -CAfile root.pem -verify_other ca.pem -respout answer.der",
        checker.url("/pki/ocsp")
    ))
}

/// [R839-8.P3] [R839-10.P7]
#[test]
fn an_answer_follows_a_change_at_once_and_is_signed_by_the_delegated_key() {
    let checker = Checker::start();
    for hash in ["-sha1", "-sha256"] {
        let said = ask(&checker, hash);
        assert!(said.contains("Response verify OK") && said.contains("own.pem: good"), "{said}");
        assert!(!said.contains("WARNING"), "the nonce is repeated: {said}");
    }
    lint(&checker);
    checker.change("hold", &[]);
    let said = ask(&checker, "");
    assert!(said.contains("own.pem: revoked") && said.contains("Reason: certificateHold"), "{said}");
    lint(&checker);
    checker.change("release", &[]);
    assert!(ask(&checker, "").contains("own.pem: good"));
    checker.change("revoke", &["--reason", "superseded"]);
    let said = ask(&checker, "");
    assert!(said.contains("own.pem: revoked") && said.contains("Reason: superseded"), "{said}");
    let said = checker.must("openssl ocsp -respin answer.der -noverify -resp_text");
    assert!(said.contains("OCSP Signing") && said.contains("OCSP No Check"), "{said}");
    lint(&checker);
}

/// [R839-10.P7]
#[test]
fn an_answer_by_get_is_the_same_and_says_how_long_it_may_be_kept() {
    let checker = Checker::start();
    checker.must("openssl ocsp -issuer ca.pem -cert own.pem -no_nonce -reqout question.der");
    let base64 = checker.must("openssl base64 -A -in question.der | sed 's/+/%2B/g; s/\\//%2F/g; s/=/%3D/g'");
    let url = checker.url(&format!("/pki/ocsp/{}", base64.trim()));
    let head = checker.must(&format!("curl -sS -D - -o answer.der {url}")).to_lowercase();
    assert!(head.contains("content-type: application/ocsp-response"), "{head}");
    assert!(head.contains("cache-control: max-age=60, public") && head.contains("etag: \""), "{head}");
    let said = checker.must(
        "openssl ocsp -issuer ca.pem -cert own.pem -respin answer.der -CAfile root.pem -verify_other ca.pem",
    );
    assert!(said.contains("own.pem: good"), "{said}");
    // The question with a nonce is for one client: nobody keeps its answer.
    checker.must("openssl ocsp -issuer ca.pem -cert own.pem -reqout question.der");
    let base64 = checker.must("openssl base64 -A -in question.der | sed 's/+/%2B/g; s/\\//%2F/g; s/=/%3D/g'");
    let url = checker.url(&format!("/pki/ocsp/{}", base64.trim()));
    let head = checker.must(&format!("curl -sS -D - -o answer.der {url}")).to_lowercase();
    assert!(head.contains("cache-control: no-store"), "{head}");
}

/// [R839-10.P7]
#[test]
fn what_the_authority_never_made_is_unknown_and_a_stranger_is_not_spoken_for() {
    let checker = Checker::start();
    let url = checker.url("/pki/ocsp");
    let (_, said) = checker.run(&format!(
        "openssl ocsp -issuer ca.pem -serial 0x0123456789 -url {url} -CAfile root.pem -verify_other ca.pem"
    ));
    assert!(said.contains("0x0123456789: unknown"), "{said}");
    let (_, said) = checker.run(&format!("openssl ocsp -issuer own.pem -serial 1 -url {url} -noverify"));
    assert!(said.contains("unauthorized (6)"), "{said}");
    checker.must("printf 'no question' > bad.der");
    checker.must(&format!(
        "curl -sS -o bad-answer.der --data-binary @bad.der -H 'content-type: application/ocsp-request' {url}"
    ));
    let (_, said) = checker.run("openssl ocsp -respin bad-answer.der -noverify");
    assert!(said.contains("malformedrequest (1)"), "{said}");
}

/// pkilint finds no error in the last answer.
fn lint(checker: &Checker) {
    let Some(lint) = pkilint("lint_ocsp_response") else { return };
    let said = checker.must(&format!("{lint} lint -s ERROR --document-format DER answer.der"));
    assert_eq!(said.trim(), "");
}
