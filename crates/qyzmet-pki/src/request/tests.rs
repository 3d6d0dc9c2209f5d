//! Weak keys by construction, forged and overfilled requests, and requests with bits changed at random.

use num_bigint::BigUint;
use proptest::prelude::*;

use super::{KeyId, MAX_BYTES, Request, RequestError, SubjectKey, WeakKey};
use crate::{
    KeyKind, Signer,
    asn1::{self, tag},
    oids,
    spki::PublicKey,
};

/// The SubjectPublicKeyInfo of an RSA key with these numbers.
fn rsa(modulus: &BigUint, exponent: u32) -> Vec<u8> {
    let number = |value: &BigUint| asn1::integer(&[&[0], &value.to_bytes_be()[..]].concat());
    PublicKey::rsa_to_der(&asn1::sequence(&[&number(modulus), &number(&exponent.into())]))
}

/// A modulus of 2048 bits from a real generator.
fn modulus() -> BigUint {
    let key = Signer::generate(KeyKind::Rsa2048).unwrap();
    let key = PublicKey::from_der(key.public_key_der()).unwrap();
    let mut fields = asn1::Reader::only(key.bytes(), tag::SEQUENCE).unwrap().reader();
    BigUint::from_bytes_be(fields.next().unwrap().value)
}

fn judge(modulus: &BigUint, exponent: u32) -> Option<WeakKey> {
    SubjectKey::from_der(&rsa(modulus, exponent)).err()
}

/// The next number that is prime to all small factors, so that only the tested weakness is left.
fn without_small_factors(mut number: BigUint) -> BigUint {
    number.set_bit(0, true);
    while super::rsa::small_primes().any(|prime| &number % prime == BigUint::ZERO) {
        number += 2u32;
    }
    number
}

#[test]
fn strong_keys_are_taken_and_have_one_name_each() {
    for kind in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048, KeyKind::Rsa3072, KeyKind::Ed25519] {
        let (one, other) = (Signer::generate(kind).unwrap(), Signer::generate(kind).unwrap());
        let key = |signer: &Signer| SubjectKey::from_der(signer.public_key_der()).unwrap();
        assert_eq!(key(&one).id(), key(&one).id());
        assert_ne!(key(&one).id(), key(&other).id());
        let name = key(&one).id().to_string();
        assert_eq!(name.parse(), Ok(key(&one).id()));
    }
    assert!("abc".parse::<KeyId>().is_err());
}

#[test]
fn exponents_and_sizes_are_judged() {
    let good = modulus();
    assert_eq!(judge(&good, 65537), None);
    for exponent in [1, 3, 65535, 65536, 65538] {
        assert_eq!(judge(&good, exponent), Some(WeakKey::Exponent), "{exponent}");
    }
    assert_eq!(judge(&(&good >> 8), 65537), Some(WeakKey::Size(2040)));
    assert_eq!(judge(&(&good << 1), 65537), Some(WeakKey::Size(2049)));
    assert_eq!(judge(&(BigUint::from(1u8) << 8199), 65537), Some(WeakKey::Size(8200)));
}

#[test]
fn a_modulus_with_a_small_factor_is_weak() {
    let even = modulus() - 1u32;
    assert_eq!(judge(&even, 65537), Some(WeakKey::SmallFactor));
    let seven_five_one = (BigUint::from(1u8) << 2047) / 751u32 * 751u32 + BigUint::from(751u32);
    assert_eq!(judge(&seven_five_one, 65537), Some(WeakKey::SmallFactor));
}

/// Made as that generator made primes, `k * M + 65537^a mod M`; a product of two such primes has the same form.
#[test]
fn keys_of_the_broken_generator_are_known_by_their_fingerprint() {
    let product =
        super::rsa::small_primes().filter(|prime| *prime <= 167).fold(BigUint::from(1u8), |m, p| m * p);
    let rest = BigUint::from(65537u32).modpow(&BigUint::from(12_345u32), &product);
    let mut forged = (BigUint::from(3u8) << 2046) / &product * &product + rest;
    while super::rsa::small_primes().any(|prime| &forged % prime == BigUint::ZERO) {
        forged += &product;
    }
    assert_eq!(judge(&forged, 65537), Some(WeakKey::Roca));
    assert_eq!(judge(&without_small_factors(forged + 2u32), 65537), None, "a neighbour");
}

#[test]
fn close_primes_are_found_and_distant_ones_are_not() {
    let base = without_small_factors((BigUint::from(3u8) << 1022) + BigUint::from(12_345u32));
    let close = without_small_factors(&base + 1_000u32);
    assert_eq!(judge(&(&base * &close), 65537), Some(WeakKey::ClosePrimes));
    assert_eq!(judge(&(&base * &base), 65537), Some(WeakKey::ClosePrimes));
    let distant = without_small_factors(&base + (BigUint::from(1u8) << 1000));
    assert_eq!(judge(&(&base * &distant), 65537), None);
}

#[test]
fn a_point_must_be_on_its_curve_and_written_in_full() {
    let good = Signer::generate(KeyKind::EcP256).unwrap();
    let key = PublicKey::from_der(good.public_key_der()).unwrap();
    let judge = |point: &[u8]| SubjectKey::from_der(&PublicKey::ec_to_der(KeyKind::EcP256, point)).err();
    assert_eq!(judge(key.bytes()), None);
    let mut beside = key.bytes().to_vec();
    beside[64] ^= 1;
    assert_eq!(judge(&beside), Some(WeakKey::Point));
    assert_eq!(judge(&[0]), Some(WeakKey::Point), "the identity");
    assert_eq!(judge(&[&[4], &[0; 64][..]].concat()), Some(WeakKey::Point));
    let compressed = [&[2 | key.bytes()[64] & 1], &key.bytes()[1..33]].concat();
    assert_eq!(judge(&compressed), Some(WeakKey::Point), "a second encoding would be a second name");
    let hybrid = [&[6 | key.bytes()[64] & 1], &key.bytes()[1..]].concat();
    assert_eq!(judge(&hybrid), Some(WeakKey::Point));
}

/// An RSA key with other parameters than NULL, or an EC key with anything after its curve, is the same key under another name.
#[test]
fn a_second_encoding_of_a_key_is_refused() {
    let signer = Signer::generate(KeyKind::Rsa2048).unwrap();
    let key = PublicKey::from_der(signer.public_key_der()).unwrap();
    let bits = asn1::bit_string(key.bytes());
    let without = asn1::sequence(&[&asn1::sequence(&[&asn1::oid(oids::RSA)]), &bits]);
    assert_eq!(SubjectKey::from_der(&without), Err(WeakKey::Malformed));
    let curve = asn1::sequence(&[&asn1::oid(oids::EC_PUBLIC_KEY), &asn1::oid(oids::P521)]);
    let other = asn1::sequence(&[&curve, &asn1::bit_string(&[4; 133])]);
    assert_eq!(SubjectKey::from_der(&other), Err(WeakKey::UnsupportedKind));
}

/// A request as a client makes it, with these attributes.
fn request(signer: &Signer, key_der: &[u8], attributes: &[u8]) -> Vec<u8> {
    let rdn = asn1::sequence(&[&asn1::oid(oids::COMMON_NAME), &asn1::utf8("Біреу")]);
    let name = asn1::sequence(&[&asn1::set(&[&rdn])]);
    let info = asn1::sequence(&[&asn1::uint(0), &name, key_der, &asn1::explicit(0, attributes)]);
    let signature = asn1::bit_string(&signer.sign(&info).unwrap());
    asn1::sequence(&[&info, &signer.algorithm().to_der(), &signature])
}

/// The request for an extension, as the official client writes it.
fn asks_for(value: &[u8]) -> Vec<u8> {
    let extension = asn1::sequence(&[&asn1::oid(oids::NCA_KEY_STORAGE), &asn1::octet_string(value)]);
    asn1::sequence(&[&asn1::oid(oids::EXTENSION_REQUEST), &asn1::set(&[&asn1::sequence(&[&extension])])])
}

fn storage() -> Vec<u8> {
    let place = const_oid::ObjectIdentifier::new_unwrap("1.2.398.3.3.5.2.2");
    asks_for(&asn1::sequence(&[&asn1::oid(place)]))
}

#[test]
fn a_request_gives_its_key_and_the_place_where_the_key_is_said_to_lie() {
    for kind in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048] {
        let signer = Signer::generate(kind).unwrap();
        let read = Request::from_der(&request(&signer, signer.public_key_der(), &storage())).unwrap();
        assert_eq!(read.key().der(), signer.public_key_der());
        assert_eq!(read.asked_storage(), Some("1.2.398.3.3.5.2.2"));
        let read = Request::from_der(&request(&signer, signer.public_key_der(), &[])).unwrap();
        assert_eq!(read.asked_storage(), None);
    }
}

/// Whoever has only somebody's public key gets no certificate for it.
#[test]
fn a_key_of_somebody_else_is_not_possessed() {
    let (own, other) =
        (Signer::generate(KeyKind::EcP256).unwrap(), Signer::generate(KeyKind::EcP256).unwrap());
    let stolen = request(&own, other.public_key_der(), &[]);
    assert_eq!(Request::from_der(&stolen), Err(RequestError::NoPossession));
    let rsa = Signer::generate(KeyKind::Rsa2048).unwrap();
    let mixed = request(&rsa, own.public_key_der(), &[]);
    assert_eq!(Request::from_der(&mixed), Err(RequestError::Algorithm));
}

#[test]
fn hostile_requests_get_their_own_answers() {
    let signer = Signer::generate(KeyKind::EcP256).unwrap();
    let with =
        |attributes: &[u8]| Request::from_der(&request(&signer, signer.public_key_der(), attributes)).err();
    assert_eq!(Request::from_der(&vec![0x30; MAX_BYTES + 1]), Err(RequestError::TooLong));
    let deep = (0..40).fold(vec![], |inner, _| asn1::sequence(&[&inner]));
    assert_eq!(Request::from_der(&deep), Err(RequestError::TooComplex));
    let unknown = |n: u32| {
        let kind = const_oid::ObjectIdentifier::new(&format!("1.2.3.{n}")).unwrap();
        asn1::sequence(&[&asn1::oid(kind), &asn1::set(&[&asn1::null()])])
    };
    assert_eq!(with(&unknown(1)), None, "an attribute that tells nothing");
    assert_eq!(with(&(1..=17).flat_map(unknown).collect::<Vec<u8>>()), Some(RequestError::TooComplex));
    let attributes = Some(RequestError::Malformed("attributes"));
    assert_eq!(with(&[storage(), storage()].concat()), attributes);
    assert_eq!(with(&asn1::null()), attributes);
    assert_eq!(with(&asks_for(&asn1::null())), Some(RequestError::Malformed("requested extensions")));
    assert_eq!(Request::from_der(b"\x30\x00"), Err(RequestError::Malformed("form")));
}

/// One good request, made once: its bits are what the property test plays with.
fn good() -> &'static [u8] {
    static GOOD: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    GOOD.get_or_init(|| {
        let signer = Signer::generate(KeyKind::EcP256).unwrap();
        request(&signer, signer.public_key_der(), &storage())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever is changed, cut out or put in: no panic, and never another key or an accepted change of what was signed.
    #[test]
    fn changed_requests_never_pass(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..6),
    ) {
        let mut bytes = good().to_vec();
        for (place, value, how) in changes {
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] ^= value.max(1),
                1 => { bytes.remove(place); }
                _ => bytes.insert(place, value),
            }
        }
        prop_assume!(bytes != good());
        prop_assert!(Request::from_der(&bytes).is_err());
    }
}
