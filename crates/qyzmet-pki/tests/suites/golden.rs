//! Messages and lists made by other code and accepted by OpenSSL (samples/pki/golden).

use std::fs;

use qyzmet_pki::{
    Certificate, PathRules, Revocation, Trust,
    cms::{self, Expect},
};

use crate::support::{at, samples};

fn certificate(name: &str) -> Certificate {
    let path = samples("pki/golden").unwrap().join(name);
    Certificate::from_pem(&fs::read_to_string(path).unwrap()).unwrap()
}

fn file(name: &str) -> Vec<u8> {
    fs::read(samples("pki/golden").unwrap().join(name)).unwrap()
}

fn trust(root: &str, revocation: Revocation) -> Trust {
    let trust = Trust::new(vec![certificate(root)], vec![certificate("ica.pem")]);
    trust.with_rules(PathRules { revocation, ..PathRules::default() })
}

#[test]
fn signatures_of_other_code_hold_attached_and_detached() {
    if samples("pki/golden").is_none() {
        return;
    }
    let expect = Expect { purpose: certificate("user.pem").purpose() };
    let trust = trust("root.pem", Revocation::NotChecked);
    for name in ["att.p7s", "det.p7s"] {
        let verify =
            |content: &[u8]| cms::verify(content, &file(name), &trust, expect, at("2026-11-22T00:00:00Z"));
        let verdict = verify(&file("doc.txt"));
        assert!(verdict.valid().is_some(), "{name}: {verdict:?}");
        assert!(verify(b"other").valid().is_none(), "{name}");
    }
}

/// OpenSSL itself says nothing about the list with the wrong identifier; it must not clear anybody.
#[test]
fn partial_and_broken_lists_clear_nobody() {
    if samples("pki/golden").is_none() {
        return;
    }
    for (root, list) in [
        ("partroot.pem", "part.crl"),
        ("partroot.pem", "delta.crl"),
        ("bad-idp-oid-root.pem", "bad-idp-oid-part.crl"),
    ] {
        let trust = trust(root, Revocation::Required);
        trust.add_crl(&file(list)).unwrap();
        let verdict = trust.check(&certificate("ica.pem"), &[], at("2026-11-22T00:00:00Z"));
        assert!(verdict.valid().is_none(), "{list}: {verdict:?}");
    }
}
