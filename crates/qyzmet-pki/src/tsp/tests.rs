//! Tests of what a request may say, of failures bit by bit, and of damaged tokens.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::{
    Identity, KeyKind, PathRules, Revocation, Signer, Trust,
    asn1::{self, tag},
    authority::{Validity, testing},
    oids,
};

const CONTENT: &[u8] = b"content";

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn stamper() -> (Stamper, Trust) {
    let validity = Validity { not_before: now(), not_after: now() + SignedDuration::from_hours(24) };
    let root = testing::root(KeyKind::EcP256, validity);
    let (profile, key) = (testing::profile("time-stamp"), Signer::generate(KeyKind::EcP256).unwrap());
    let identity: Identity = root.enrol(profile, &testing::service("TSA"), key, [2; 20], validity).unwrap();
    let rules = PathRules { revocation: Revocation::NotChecked, ..PathRules::default() };
    let trust = Trust::new(vec![root.certificate().unwrap().clone()], vec![]).with_rules(rules);
    (Stamper::new(identity, &["1.2.3", "1.2.4"], Accuracy::seconds(1)).unwrap(), trust)
}

/// A request from its parts; each may be left out or replaced.
fn request(version: u64, digest: (const_oid::ObjectIdentifier, usize), rest: &[u8]) -> Vec<u8> {
    let identifier = asn1::sequence(&[&asn1::oid(digest.0)]);
    let imprint = asn1::sequence(&[&identifier, &asn1::octet_string(&vec![7; digest.1])]);
    asn1::sequence(&[&asn1::uint(version), &imprint, rest])
}

#[test]
fn each_fault_of_a_request_has_its_own_failure() {
    let sha256 = (oids::SHA256, 32);
    let extension = asn1::explicit(0, &asn1::extension(oids::OCSP_NONCE, false, &[]));
    let long_nonce = asn1::integer(&[0x11; 200]);
    for (bytes, failure) in [
        (request(2, sha256, &[]), Failure::BadRequest),
        (request(1, (oids::SHA1, 20), &[]), Failure::BadAlg),
        (request(1, (oids::MD5, 16), &[]), Failure::BadAlg),
        (request(1, (oids::SHA256, 31), &[]), Failure::BadDataFormat),
        (request(1, sha256, &extension), Failure::UnacceptedExtension),
        (request(1, sha256, &long_nonce), Failure::BadDataFormat),
        (request(1, sha256, &asn1::null()), Failure::BadDataFormat),
        (vec![0x30; MAX_REQUEST + 1], Failure::BadDataFormat),
        (vec![], Failure::BadDataFormat),
    ] {
        assert_eq!(Request::from_der(&bytes), Err(failure), "{bytes:x?}");
        let (stamper, _) = stamper();
        assert_eq!(stamper.answer(&bytes, [9; 20], Some(now())), failure.der());
    }
    for accepted in [(oids::SHA512, 64), (oids::STREEBOG_256, 32), (oids::STREEBOG_512, 64)] {
        assert!(Request::from_der(&request(1, accepted, &[])).is_ok());
    }
}

#[test]
fn without_a_trusted_clock_and_for_a_foreign_policy_there_is_no_token() {
    let (stamper, _) = stamper();
    let request = Request::new(Imprint::of(CONTENT), None);
    assert_eq!(stamper.answer(&request.to_der(), [9; 20], None), Failure::TimeNotAvailable.der());
    let foreign = Request { policy: Some(oids::ANY_POLICY), ..request.clone() };
    assert_eq!(stamper.stamp(&foreign, [9; 20], now()), Err(Failure::UnacceptedPolicy));
    let second = Request { policy: Some(const_oid::ObjectIdentifier::new_unwrap("1.2.4")), ..request };
    let token = stamper.stamp(&second, [9; 20], now()).unwrap();
    assert_eq!(claimed(&token).unwrap().policy(), "1.2.4");
}

#[test]
fn a_failure_is_one_bit() {
    for (failure, bits) in [
        (Failure::BadAlg, &[7, 0x80][..]),
        (Failure::BadRequest, &[5, 0x20]),
        (Failure::BadDataFormat, &[2, 0x04]),
        (Failure::TimeNotAvailable, &[1, 0, 0x02]),
        (Failure::UnacceptedPolicy, &[0, 0, 0x01]),
        (Failure::UnacceptedExtension, &[7, 0, 0, 0x80]),
        (Failure::SystemFailure, &[6, 0, 0, 0, 0x40]),
    ] {
        assert!(failure.der().ends_with(&asn1::raw_tlv(tag::BIT_STRING, bits)), "{failure:?}");
    }
}

#[test]
fn a_nonce_below_zero_comes_back_as_it_was() {
    let (stamper, _) = stamper();
    for nonce in [&[0x86, 0x6c][..], &[0x00, 0x86], &[0x00], &[0xff; 16]] {
        let request = Request::new(Imprint::of(CONTENT), Some(nonce));
        let again = Request::from_der(&request.to_der()).unwrap();
        assert_eq!(again, request);
        let response = stamper.answer(&request.to_der(), [0xff; 20], Some(now()));
        let info = claimed(&token_of(&response, &request).unwrap()).unwrap();
        assert_eq!(info.nonce, request.nonce);
        assert_eq!(info.serial.as_bytes().first(), Some(&0x7f), "serials have no sign");
    }
}

#[test]
fn accuracies_and_fractions_are_read_as_they_were_written() {
    let (stamper, _) = stamper();
    let token = stamper.stamp(&Request::new(Imprint::of(CONTENT), None), [9; 20], now()).unwrap();
    let info = claimed(&token).unwrap();
    for accuracy in [
        None,
        Some(Accuracy::seconds(1)),
        Some(Accuracy { seconds: 0, millis: 500, micros: 999 }),
        Some(Accuracy { seconds: 70_000, millis: 0, micros: 200 }),
    ] {
        let written = Info { accuracy, ..info.clone() };
        assert_eq!(Info::from_der(&written.to_der()).unwrap(), written);
    }
    let whole = asn1::write_generalized_time(now());
    let with = |fraction: &str| {
        let text = [&b"20261121120000"[..], fraction.as_bytes()].concat();
        let time = asn1::raw_tlv(tag::GENERALIZED_TIME, &text);
        let der = info.to_der();
        let place = der.windows(whole.len()).position(|window| window == whole).unwrap();
        let content = [&der[2..place], &time, &der[place + whole.len()..]].concat();
        // The header of a sequence between 128 and 255 octets takes three.
        Info::from_der(&asn1::sequence(&[content.get(1..).unwrap_or_default()])).map(|info| info.at)
    };
    assert_eq!(with(".25Z"), Ok(now() + SignedDuration::from_millis(250)));
    assert_eq!(with(".000000001Z"), Ok(now() + SignedDuration::from_nanos(1)));
    for fraction in [".Z", ".250Z", ".0000000001Z", ".2", ".2x Z"] {
        assert!(with(fraction).is_err(), "{fraction}");
    }
}

/// Cut at every place and changed at every byte, a token proves nothing, but for bytes that no decision rests on.
#[test]
fn no_damaged_token_is_valid() {
    let (stamper, trust) = stamper();
    let token = stamper.stamp(&Request::new(Imprint::of(CONTENT), None), [9; 20], now()).unwrap();
    assert!(verify(&token, CONTENT, &trust, now()).is_ok());
    for length in 0..token.len() {
        assert!(verify(&token[..length], CONTENT, &trust, now()).is_err(), "cut to {length}");
    }
    let root = stamper_root(&trust, &token);
    let mut accepted = Vec::new();
    for place in 0..token.len() {
        let mut damaged = token.clone();
        damaged[place] ^= 0x01;
        if verify(&damaged, CONTENT, &trust, now()).is_ok() && !root.contains(&place) {
            accepted.push(place);
        }
    }
    // Two version numbers, the outer list of digests, and letters of the issuer's name in the signer's identifier.
    assert!(accepted.len() <= 16, "{accepted:?}");
    let info = claimed(&token).unwrap().to_der();
    let start = token.windows(info.len()).position(|window| window == info).unwrap();
    let within: Vec<&usize> =
        accepted.iter().filter(|place| (start..start + info.len()).contains(place)).collect();
    assert!(within.is_empty(), "no byte of what the token says: {within:?}");
}

/// Where the enclosed copy of the root lies, instead of which the trusted one is used.
fn stamper_root(trust: &Trust, token: &[u8]) -> std::ops::Range<usize> {
    let stamped = verify(token, CONTENT, trust, now()).unwrap();
    let root = stamped.chain.last().unwrap().der();
    let start = token.windows(root.len()).position(|window| window == root).unwrap();
    start..start + root.len()
}
