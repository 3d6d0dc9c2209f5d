//! x509-limbo: the cases that are about paths, names and lists (not about TLS host names), with every deviation listed.

use qyzmet_pki::{Certificate, PathRules, Revocation, Trust, Verdict};
use serde_json::Value;

use crate::support::{at, gunzip, now, samples};

/// Cases about TLS host names and about a caller's own depth limit, which this crate does not offer.
const ABOUT_OTHER_THINGS: [&str; 5] =
    ["webpki::san::", "webpki::cn::", "pathlen::max-chain-depth", "ca-as-leaf-wrong-san", "san::ip-in-dns"];

/// Cases that we accept although limbo refuses, each with our reason.
const ACCEPTED: [(&str, &str); 18] = [
    ("crl::crlnumber-missing", "lists are ordered by thisUpdate; the number is not used"),
    (
        "rfc5280::aki::leaf-missing-aki",
        "key identifiers only help to find a path; old real certificates lack them",
    ),
    ("rfc5280::aki::cross-signed-root-missing-aki", "as above"),
    ("rfc5280::san::noncritical-with-empty-subject", "a duty of the issuer; nothing is decided by it"),
    ("rfc5280::serial::negative", "PKITS 4.4.14 demands that negative serials are accepted"),
    ("rfc5280::ski::intermediate-missing-ski", "key identifiers only help to find a path"),
    ("webpki::aki::root-with-aki-missing-keyidentifier", "a rule of the CA/Browser Forum"),
    ("webpki::aki::root-with-aki-authoritycertissuer", "a rule of the CA/Browser Forum"),
    ("webpki::aki::root-with-aki-all-fields", "a rule of the CA/Browser Forum"),
    ("webpki::aki::root-with-aki-ski-mismatch", "a rule of the CA/Browser Forum"),
    (
        "webpki::eku::ee-critical-eku",
        "a rule of the CA/Browser Forum; our own purpose check reads the usages",
    ),
    ("webpki::eku::ee-without-eku", "a rule of the CA/Browser Forum; our own purpose check reads the usages"),
    ("webpki::forbidden-p192-leaf", "the leaf's key is judged when a signature is verified under it"),
    ("webpki::forbidden-dsa-leaf", "the leaf's key is judged when a signature is verified under it"),
    ("webpki::forbidden-rsa-not-divisible-by-8-in-root", "a rule of the CA/Browser Forum"),
    ("webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf", "a rule of the CA/Browser Forum"),
    (
        "webpki::ee-basicconstraints-ca",
        "a TLS rule; an authority's purpose is Other, so it cannot sign documents",
    ),
    ("webpki::ca-as-leaf", "a TLS rule; an authority's purpose is Other, so it cannot sign documents"),
];

#[test]
fn limbo_gives_the_expected_verdicts_but_for_the_listed_deviations() {
    let Some(path) = samples("pki/limbo-testcases.json.gz") else { return };
    let suite: Value = serde_json::from_slice(&gunzip(&path)).unwrap();
    let cases = suite["testcases"].as_array().unwrap();
    let (mut run, mut accepted, mut refused) = (0, Vec::new(), Vec::new());
    for case in cases {
        let id = case["id"].as_str().unwrap();
        if ABOUT_OTHER_THINGS.iter().any(|part| id.contains(part)) {
            continue;
        }
        run += 1;
        match (verdict(case), case["expected_result"] == "SUCCESS") {
            (Some(Verdict::Valid(_)), false) => accepted.push(id),
            (Some(Verdict::Valid(_)), true) => {}
            (_, false) => {}
            (other, true) => {
                eprintln!("{id}: {other:?}");
                refused.push(id);
            }
        }
    }
    eprintln!("limbo: {} cases, {run} run, {} deviations", cases.len(), accepted.len() + refused.len());
    assert_eq!(accepted, ACCEPTED.map(|(id, _)| id), "accepted although limbo refuses");
    assert_eq!(refused, Vec::<&str>::new(), "refused although limbo accepts");
}

/// The verdict, or `None` when a certificate cannot even be read.
fn verdict(case: &Value) -> Option<Verdict> {
    let list = |name: &str| case[name].as_array().unwrap().iter().map(|pem| pem.as_str().unwrap());
    let readable =
        |name: &str| list(name).filter_map(|pem| Certificate::from_pem(pem).ok()).collect::<Vec<_>>();
    let crls: Vec<&str> = list("crls").collect();
    let revocation = if crls.is_empty() { Revocation::NotChecked } else { Revocation::Required };
    let trust = Trust::new(readable("trusted_certs"), vec![]);
    let trust = trust.with_rules(PathRules { revocation, ..PathRules::default() });
    for pem in crls {
        // A list that cannot be read counts as absent.
        let _ = trust.add_crl(&der_of(pem));
    }
    let leaf = Certificate::from_pem(case["peer_certificate"].as_str().unwrap()).ok()?;
    let time = case["validation_time"].as_str().map_or_else(now, at);
    Some(trust.check(&leaf, &readable("untrusted_intermediates"), time))
}

fn der_of(pem: &str) -> Vec<u8> {
    use base64::Engine;
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    base64::engine::general_purpose::STANDARD.decode(body).unwrap()
}
