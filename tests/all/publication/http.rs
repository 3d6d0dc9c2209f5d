//! HTTP as curl sees it: who may keep what and how long, and clear errors.

use xtask::demo::world::Engine;

use super::Checker;
use crate::harness::Portal;

/// Status and headers in small letters.
fn head(checker: &Checker, line: &str) -> (u16, String) {
    let said = checker.must(&format!("curl -sS -D - -o body {line}"));
    let status = said.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, said.to_lowercase())
}

fn value<'a>(head: &'a str, name: &str) -> &'a str {
    let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("no {name} in {head}")).trim()
}

#[test]
fn lists_and_certificates_are_kept_until_their_end_and_fetched_once() {
    let checker = Checker::start();
    for (path, media) in [
        ("/pki/crl/ca.crl", "application/pkix-crl"),
        ("/pki/crl/root.crl", "application/pkix-crl"),
        ("/pki/crl/ca/delta.crl", "application/pkix-crl"),
        ("/pki/crl/ca/0.crl", "application/pkix-crl"),
        ("/pki/ca/ca.crt", "application/pkix-cert"),
    ] {
        checker.wait_for(path);
        let url = checker.url(path);
        let (status, whole) = head(&checker, &url);
        assert_eq!((status, value(&whole, "content-type")), (200, media), "{path}");
        let kept: u64 = value(&whole, "cache-control")
            .split([',', '='])
            .nth(1)
            .and_then(|seconds| seconds.parse().ok())
            .expect("a max-age");
        assert!(kept > 3_600, "{path}: {whole}");
        assert!(whole.contains("must-revalidate") && value(&whole, "expires").ends_with("gmt"), "{whole}");
        let (etag, modified) = (value(&whole, "etag"), value(&whole, "last-modified"));
        let (status, head_only) = head(&checker, &format!("--head {url}"));
        assert_eq!((status, value(&head_only, "etag")), (200, etag), "{path}");
        assert_eq!(value(&head_only, "content-length"), value(&whole, "content-length"), "{path}");
        for condition in [format!("If-None-Match: {etag}"), format!("If-Modified-Since: {}", dated(modified))]
        {
            let (status, none) = head(&checker, &format!("-H '{condition}' {url}"));
            assert_eq!(status, 304, "{path} {condition}");
            assert_eq!(value(&none, "etag"), etag);
        }
        let (status, _) = head(&checker, &format!("-H 'If-None-Match: \"other\"' {url}"));
        assert_eq!(status, 200);
    }
}

#[test]
fn what_cannot_be_answered_is_refused_with_a_clear_status() {
    let checker = Checker::start();
    checker.must("head -c 40000 /dev/zero > long");
    let post = |media: &str, file: &str, path: &str| {
        format!("-H 'content-type: {media}' --data-binary @{file} {}", checker.url(path))
    };
    let (question, request) = ("application/ocsp-request", "application/timestamp-query");
    checker.must("printf x > short");
    for (line, status) in [
        (checker.url("/pki/crl/nobody.crl"), 404),
        (checker.url("/pki/crl/ca"), 404),
        (checker.url("/pki/crl/ca/9999.crl"), 404),
        (checker.url("/pki/crl/ca/full.crl"), 404),
        (checker.url("/pki/ca/nobody.crt"), 404),
        (checker.url("/pki/ca/..%2f..%2fkeys%2fpassword.crt"), 404),
        (checker.url("/pki/ocsp"), 400),
        (checker.url("/pki/tsp"), 405),
        (format!("-X DELETE {}", checker.url("/pki/crl/ca.crl")), 405),
        (format!("-X PUT {}", checker.url("/pki/ocsp")), 405),
        (post("text/plain", "short", "/pki/ocsp"), 415),
        (post("text/plain", "short", "/pki/tsp"), 415),
        (post(question, "long", "/pki/ocsp"), 413),
        (post(request, "long", "/pki/tsp"), 413),
    ] {
        let (given, told) = head(&checker, &line);
        assert_eq!(given, status, "{line}\n{told}");
    }
    assert!(head(&checker, &checker.url("/pki/tsp")).1.contains("allow: post"));
}

#[test]
fn an_address_that_asks_too_fast_is_told_when_to_ask_again_and_people_are_not() {
    let portal = Portal::prepared(Engine::Sqlite, |world| {
        world.set("QYZMET_LIMITS__PKI_REQUESTS_PER_SECOND", "3");
    });
    let folder = tempfile::tempdir().expect("a folder");
    let checker = Checker { portal, folder, serial: String::new() };
    let urls = vec![format!("-o body {}", checker.url("/pki/ca/ca.crt")); 30].join(" ");
    let said = checker.must(&format!("curl -sS -D - {urls}")).to_lowercase();
    let of = |status: &str| said.matches(&format!("http/1.1 {status}")).count();
    assert!(of("200") >= 3 && of("429") > 0 && of("200") + of("429") == 30, "{said}");
    assert_eq!(said.matches("retry-after: 1").count(), of("429"));
    let pages = vec![format!("-o body {}", checker.url("/pki/health")); 10].join(" ");
    let said = checker.must(&format!("curl -sS -w '%{{http_code}} ' {pages}"));
    assert_eq!(said.trim(), ["200"; 10].join(" "));
}

/// A date with the capitals that HTTP asks for.
fn dated(small: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    };
    small.split(' ').map(word).collect::<Vec<_>>().join(" ").replace("Gmt", "GMT")
}
