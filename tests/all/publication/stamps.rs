//! Time-stamps, asked for and verified by OpenSSL.

use super::Checker;

const CURL: &str = "curl -sS --fail -H 'content-type: application/timestamp-query' --data-binary @q.tsq";
const VERIFY: &str = "openssl ts -verify -in r.tsr -CAfile root.pem -untrusted ca.pem";

#[test]
fn openssl_verifies_a_time_stamp_that_names_its_certificate_by_sha_256() {
    let checker = Checker::start();
    checker.must("printf 'қол қойылған құжат' > doc");
    for query in ["-sha256 -cert", "-sha512 -cert", "-sha384 -cert -no_nonce"] {
        checker.must(&format!("openssl ts -query -data doc {query} -out q.tsq"));
        let head = checker.must(&format!("{CURL} -D - -o r.tsr {}", checker.url("/pki/tsp")));
        assert!(head.to_lowercase().contains("content-type: application/timestamp-reply"), "{head}");
        let said = checker.must(&format!("{VERIFY} -queryfile q.tsq"));
        assert!(said.contains("Verification: OK"), "{query}: {said}");
        assert!(checker.must(&format!("{VERIFY} -data doc")).contains("Verification: OK"));
        let text = checker.must("openssl ts -reply -in r.tsr -text");
        assert!(text.contains("Accuracy: 0x01 seconds"), "{text}");
        checker.must("openssl ts -reply -in r.tsr -token_out -out t.der");
        let parsed = checker.must("openssl asn1parse -inform DER -in t.der");
        assert!(parsed.contains("id-smime-aa-signingCertificateV2"), "{parsed}");
    }
    checker.must("printf 'басқа құжат' > doc");
    assert!(!checker.run(&format!("{VERIFY} -data doc")).0, "another document");
}

#[test]
fn a_request_that_cannot_be_stamped_is_told_why() {
    let checker = Checker::start();
    checker.must("printf 'құжат' > doc");
    for (make, why) in [
        ("openssl ts -query -data doc -sha1 -cert -out q.tsq", "unrecognized or unsupported algorithm"),
        ("openssl ts -query -data doc -sha256 -tspolicy 1.2.3.4 -out q.tsq", "policy is not supported"),
        ("printf 'no request' > q.tsq", "wrong format"),
    ] {
        checker.must(make);
        checker.must(&format!("{CURL} -o r.tsr {}", checker.url("/pki/tsp")));
        let text = checker.must("openssl ts -reply -in r.tsr -text");
        assert!(text.contains("Status: Rejected.") && text.contains(why), "{make}: {text}");
    }
}
