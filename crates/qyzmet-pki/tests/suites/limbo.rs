//! x509-limbo: the cases that are about paths, names and lists (not about TLS host names), with every deviation listed.

use qyzmet_pki::{Certificate, PathRules, Revocation, Trust, Verdict};
use serde_json::Value;

use crate::support::{at, gunzip, now, samples};

/// Cases about TLS host names and about a caller's own depth limit, which this crate does not offer.
const ABOUT_OTHER_THINGS: [&str; 5] = ["webpki::san::", "webpki::cn::", "pathlen::max-chain-depth", "ca-as-leaf-wrong-san", "san::ip-in-dns"];

/// Cases that we accept although limbo refuses, each with our reason.
const ACCEPTED: [(&str, &str); 0] = [];

/// Cases that we refuse although limbo accepts, each with our reason.
const REFUSED: [(&str, &str); 0] = [];

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
    let listed = |list: &[(&'static str, &str)]| list.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    eprintln!("limbo: {} cases, {run} run, {} deviations", cases.len(), accepted.len() + refused.len());
    assert_eq!(accepted, listed(&ACCEPTED), "accepted");
    assert_eq!(refused, listed(&REFUSED), "refused");
}

/// The verdict, or `None` when a certificate cannot even be read.
fn verdict(case: &Value) -> Option<Verdict> {
    let list = |name: &str| case[name].as_array().unwrap().iter().map(|pem| pem.as_str().unwrap());
    let readable = |name: &str| list(name).filter_map(|pem| Certificate::from_pem(pem).ok()).collect::<Vec<_>>();
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
