//! Wycheproof signature vectors through our own verification.

use qyzmet_pki::{Invalid, verify_signature};
use serde_json::Value;

use crate::support::{gunzip, samples};

fn check(file: &str, count: usize) {
    let Some(path) = samples(&format!("pki/wycheproof/{file}_test.json.gz")) else { return };
    let suite: Value = serde_json::from_slice(&gunzip(&path)).unwrap();
    let mut run = 0;
    let mut wrong = Vec::new();
    for group in suite["testGroups"].as_array().unwrap() {
        let key = bytes(&group["publicKeyDer"]);
        for test in group["tests"].as_array().unwrap() {
            let verdict = verify_signature(&key, &bytes(&test["msg"]), &bytes(&test["sig"]));
            let fits = match test["result"].as_str().unwrap() {
                "valid" => verdict.is_ok(),
                "invalid" => verdict == Err(Invalid::WrongSignature),
                // PKCS#1 without the NULL parameter: both answers are acceptable to the suite.
                _ => true,
            };
            run += 1;
            if !fits {
                wrong.push(format!("{} {}: {verdict:?}", test["tcId"], test["comment"]));
            }
        }
    }
    assert_eq!(run, count);
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
    eprintln!("Wycheproof {file}: {run} vectors as expected");
}

#[test]
fn ecdsa_p256_vectors_give_the_expected_verdicts() {
    check("ecdsa_secp256r1_sha256", 484);
}

#[test]
fn ecdsa_p384_vectors_give_the_expected_verdicts() {
    check("ecdsa_secp384r1_sha384", 504);
}

#[test]
fn rsa_2048_vectors_give_the_expected_verdicts() {
    check("rsa_signature_2048_sha256", 259);
}

#[test]
fn ed25519_vectors_give_the_expected_verdicts() {
    check("ed25519", 151);
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}
