//! Requests for certificates that OpenSSL and other code made: good ones are read, weak keys are told apart.

use std::{fs, path::Path};

use qyzmet_pki::request::{Request, RequestError, WeakKey};
use tempfile::TempDir;

use crate::support::{must, samples, tool};

/// A request by OpenSSL over a key that `generate` makes; the key is as `openssl pkey` writes it.
fn request(folder: &Path, generate: &str, options: &str) -> (Vec<u8>, Vec<u8>) {
    must(folder, &format!("openssl {generate} > key.pem 2>/dev/null"));
    let subject = "-utf8 -subj '/CN=БІРЕУ/serialNumber=IIN000000000000'";
    must(folder, &format!("openssl req -new -key key.pem {subject} {options} -outform DER -out req.der"));
    must(folder, "openssl pkey -in key.pem -pubout -outform DER -out pub.der");
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    (read("req.der"), read("pub.der"))
}

const P256: &str = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";

#[test]
fn requests_of_openssl_are_read_and_their_keys_kept_byte_for_byte() {
    if !tool("openssl") {
        return;
    }
    let folder = TempDir::new().unwrap();
    for generate in [
        P256,
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072",
        "genpkey -algorithm ED25519",
    ] {
        for options in ["-sha256", "-sha256 -addext subjectAltName=email:a@example.kz"] {
            let (request, key) = request(folder.path(), generate, options);
            let read = Request::from_der(&request).unwrap_or_else(|error| panic!("{generate}: {error}"));
            assert_eq!(read.key().der(), key, "{generate}");
        }
    }
}

/// As the official client asks: the extension of the key storage in the request, here put there by OpenSSL.
#[test]
fn the_place_of_the_key_is_read_from_the_extension_that_the_official_client_asks_for() {
    if !tool("openssl") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let storage = "-sha256 -addext 1.2.398.3.3.5=ASN1:SEQUENCE:place -config place.cnf";
    let config = "[req]\ndistinguished_name = name\n[name]\n[place]\noid = OID:1.2.398.3.3.5.2.2\n";
    fs::write(folder.path().join("place.cnf"), config).unwrap();
    let (request, _) = request(folder.path(), P256, storage);
    assert_eq!(Request::from_der(&request).unwrap().asked_storage(), Some("1.2.398.3.3.5.2.2"));
}

/// The curve by its parameters instead of its name, a point in the short form, a small exponent, a short key.
#[test]
fn weak_and_unusual_keys_of_openssl_are_refused() {
    if !tool("openssl") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let explicit = format!("{P256} -pkeyopt ec_param_enc:explicit");
    for (generate, refused) in [
        ("genrsa 1024", WeakKey::Size(1024)),
        ("genrsa -3 2048", WeakKey::Exponent),
        ("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521", WeakKey::UnsupportedKind),
        ("ecparam -name secp256k1 -genkey -noout", WeakKey::UnsupportedKind),
        (&explicit, WeakKey::UnsupportedKind),
        ("ecparam -name prime256v1 -genkey -noout | openssl ec -conv_form compressed", WeakKey::Point),
    ] {
        let (request, _) = request(folder.path(), generate, "-sha256");
        assert_eq!(Request::from_der(&request), Err(RequestError::Key(refused)), "{generate}");
    }
    let (request, _) =
        request(folder.path(), "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048", "-sha1");
    assert_eq!(Request::from_der(&request), Err(RequestError::Algorithm), "SHA-1 proves nothing");
}

#[test]
fn a_request_made_by_other_code_is_read_and_damage_is_not() {
    let Some(path) = samples("pki/golden/req.der") else { return };
    let good = fs::read(path).unwrap();
    assert!(Request::from_der(&good).is_ok());
    for length in 0..good.len() {
        assert!(Request::from_der(&good[..length]).is_err(), "cut to {length}");
    }
    for place in 0..good.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = good.clone();
            damaged[place] ^= change;
            assert!(Request::from_der(&damaged).is_err(), "byte {place} changed by {change:#x}");
        }
    }
}
