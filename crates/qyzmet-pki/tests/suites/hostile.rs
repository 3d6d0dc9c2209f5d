//! Damaged input: whatever is cut or changed, nothing panics and nothing is called valid.

use jiff::Timestamp;
use proptest::prelude::*;
use qyzmet_pki::{
    Certificate, KeyKind, Trust, Verdict,
    cms::{self, Expect},
    pdf, pkcs12, xml,
};

use crate::support::{World, now, person};

const CONTENT: &[u8] = b"{\"number\":\"+77010000001\"}";

fn is_valid(trust: &Trust, signature: &[u8], at: Timestamp) -> bool {
    matches!(cms::verify(CONTENT, signature, trust, Expect::sign(), at), Verdict::Valid(_))
}

/// Every single byte of the message is changed in several ways, and the message is cut at every place.
/// [R10-2.15]
#[test]
fn no_damaged_signature_is_valid() {
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("person-sign", KeyKind::EcP256, &person());
    let signature = cms::sign(CONTENT, &identity, now()).unwrap();
    let trust = world.trust();
    assert!(is_valid(&trust, &signature, now()));
    for length in 0..signature.len() {
        assert!(!is_valid(&trust, &signature[..length], now()), "cut to {length}");
    }
    let harmless = harmless_places(&signature, &world);
    let mut accepted = Vec::new();
    for place in 0..signature.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = signature.clone();
            damaged[place] ^= change;
            if is_valid(&trust, &damaged, now()) && !harmless.contains(&place) {
                accepted.push(format!("byte {place}, {:#x} changed by {change:#x}", signature[place]));
            }
        }
    }
    assert_eq!(accepted, Vec::<String>::new());
}

/// Bytes that no signature covers and no decision rests on: version numbers, the outer list of digest algorithms, the
/// enclosed copy of the root, since the trusted one is used, and the issuer's name in the signer's identifier, which only
/// helps to find the certificate and where small and capital letters are the same.
fn harmless_places(signature: &[u8], world: &World) -> Vec<usize> {
    let mut places = Vec::new();
    let root = world.root.certificate().unwrap().der();
    let start = signature.windows(root.len()).position(|window| window == root).unwrap();
    places.extend(start..start + root.len());
    let version_and_digests = [&[0x02, 0x01, 0x01, 0x31, 0x0d, 0x30, 0x0b, 0x06, 0x09][..]].concat();
    let start = signature
        .windows(version_and_digests.len())
        .position(|window| window == version_and_digests)
        .unwrap();
    places.extend(start + 2..start + 18);
    let signer_version = [0x02, 0x01, 0x01, 0x30];
    places
        .extend(signature.windows(4).enumerate().filter(|(_, w)| *w == signer_version).map(|(at, _)| at + 2));
    let issuer = "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (ҮЛГІ)".as_bytes();
    // The last place is in the signed attributes; the one before it is the identifier.
    let named: Vec<usize> =
        signature.windows(issuer.len()).enumerate().filter(|(_, w)| *w == issuer).map(|(at, _)| at).collect();
    let identifier = named[named.len() - 2];
    places.extend(identifier..identifier + issuer.len());
    places
}

#[test]
fn no_damaged_certificate_is_trusted() {
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("person-sign", KeyKind::EcP256, &person());
    let trust = world.trust();
    let der = identity.chain[0].der();
    let check = |der: &[u8]| {
        let certificate = Certificate::from_der(der).ok()?;
        trust.check(&certificate, &identity.chain[1..], now()).valid().map(|_| ())
    };
    assert!(check(der).is_some());
    for length in 0..der.len() {
        assert!(check(&der[..length]).is_none(), "cut to {length}");
    }
    for place in 0..der.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = der.to_vec();
            damaged[place] ^= change;
            assert!(check(&damaged).is_none(), "byte {place} changed by {change:#x}");
        }
    }
}

/// A damaged list never clears anybody: it counts as absent.
#[test]
fn no_damaged_list_clears_a_certificate() {
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("person-sign", KeyKind::EcP256, &person());
    let clears = |list: &[u8]| {
        let trust = world.trust_without_lists();
        trust.add_crl(&world.root_crl).unwrap();
        let _ = trust.add_crl(list);
        trust.check(&identity.chain[0], &identity.chain[1..], now()).valid().is_some()
    };
    assert!(clears(&world.crl));
    for length in 0..world.crl.len() {
        assert!(!clears(&world.crl[..length]), "cut to {length}");
    }
    for place in 0..world.crl.len() {
        for change in [0x01, 0x80] {
            let mut damaged = world.crl.clone();
            damaged[place] ^= change;
            assert!(!clears(&damaged), "byte {place} changed by {change:#x}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn random_bytes_harm_nobody(bytes in proptest::collection::vec(any::<u8>(), 0..400), wrap in any::<bool>()) {
        let mut bytes = bytes;
        if wrap {
            // An outer SEQUENCE of indefinite length leads deeper into the readers.
            bytes.splice(0..0, [0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02, 0xa0, 0x80]);
        }
        let trust = Trust::new(vec![], vec![]);
        prop_assert!(!is_valid(&trust, &bytes, now()));
        prop_assert!(Certificate::from_der(&bytes).is_err());
        prop_assert!(trust.add_crl(&bytes).is_err());
        prop_assert!(pkcs12::read(&bytes, "password").is_err());
        prop_assert!(xml::verify_body(&String::from_utf8_lossy(&bytes), &trust, now()).is_err());
    }
}

#[test]
fn deep_nesting_is_refused_without_harm() {
    let trust = Trust::new(vec![], vec![]);
    for tag in [0x30, 0xa0, 0x24] {
        let deep = [tag, 0x80].repeat(200_000);
        assert!(!is_valid(&trust, &deep, now()));
        assert!(Certificate::from_der(&deep).is_err());
    }
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("person-sign", KeyKind::EcP256, &person());
    let nested = format!("%PDF-1.7\n1 0 obj\n{}\nendobj\n", "[".repeat(50_000));
    assert!(pdf::seal(nested.as_bytes(), &identity, now()).is_err());
}
