//! Whether a file holds somebody's private key: the portal takes none of them, whatever they are called [R839-19.5d].

use base64::{Engine, engine::general_purpose::STANDARD};

/// What follows the header of a SEQUENCE that holds a private key.
const PKCS12: &[u8] = &[0x02, 0x01, 0x03, 0x30];
const PKCS1: &[u8] = &[0x02, 0x01, 0x00, 0x02];
const SEC1: &[u8] = &[0x02, 0x01, 0x01, 0x04];
/// Versions of PKCS#8; an algorithm follows, which begins with its identifier.
const PKCS8: [&[u8]; 2] = [&[0x02, 0x01, 0x00], &[0x02, 0x01, 0x01]];
/// How algorithms that encrypt a private key begin: PKCS#5 and the password-based ones of PKCS#12.
const ENCRYPTIONS: [&[u8]; 2] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01],
];
/// Java's containers of keys.
const JAVA: [&[u8]; 2] = [&[0xfe, 0xed, 0xfe, 0xed], &[0xce, 0xce, 0xce, 0xce]];
/// Marks of keys in text, in whatever else they stand.
const TEXTS: [&[u8]; 2] = [b"PRIVATE KEY-----", b"PuTTY-User-Key-File"];

/// Whether these bytes are a private key, encrypted or not, or a container made for one: PKCS#12, PKCS#8, PKCS#1, SEC 1,
/// JKS, JCEKS, PEM, also in Base64. Reads only as far as it must, and takes BER as well as DER.
#[must_use]
pub fn holds_private_key(bytes: &[u8]) -> bool {
    is_key(bytes) || of_base64(bytes).is_some_and(|inner| is_key(&inner))
}

fn is_key(bytes: &[u8]) -> bool {
    JAVA.iter().any(|mark| bytes.starts_with(mark))
        || TEXTS.iter().any(|mark| bytes.windows(mark.len()).any(|part| part == *mark))
        || content(bytes, 0x30).is_some_and(is_key_sequence)
}

fn is_key_sequence(inner: &[u8]) -> bool {
    [PKCS12, PKCS1, SEC1].iter().any(|mark| inner.starts_with(mark))
        || PKCS8.iter().any(|version| inner.strip_prefix(*version).is_some_and(begins_with_algorithm))
        || content(inner, 0x30).and_then(|algorithm| content(algorithm, 0x06)).is_some_and(encrypts)
}

fn begins_with_algorithm(rest: &[u8]) -> bool {
    content(rest, 0x30).is_some_and(|algorithm| algorithm.first() == Some(&0x06))
}

fn encrypts(identifier: &[u8]) -> bool {
    ENCRYPTIONS.iter().any(|mark| identifier.starts_with(mark))
}

/// What follows the header of an element with this tag, whatever length it claims.
fn content(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    let (first, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    let more = if *length > 0x80 { usize::from(*length & 0x7f) } else { 0 };
    (*first == tag).then(|| rest.get(more..)).flatten()
}

/// The bytes behind a text in Base64; nothing for what is none.
fn of_base64(bytes: &[u8]) -> Option<Vec<u8>> {
    let packed: Vec<u8> = bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(packed).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyKind, Signer};

    /// [R839-19.5d]
    #[test]
    fn a_private_key_is_known_in_every_dress_that_people_send_it_in() {
        let key = Signer::generate(KeyKind::EcP256).unwrap();
        let sealed = key.to_encrypted_pem("Құпия").unwrap();
        assert!(holds_private_key(sealed.as_bytes()), "PEM");
        let body: String = sealed.lines().filter(|line| !line.starts_with('-')).collect();
        assert!(holds_private_key(body.as_bytes()), "Base64 without its PEM lines");
        assert!(holds_private_key(&STANDARD.decode(&body).unwrap()), "encrypted PKCS#8");
        for (dress, bytes) in [
            ("PKCS#12 in DER", &[0x30, 0x82, 0x0a, 0x00, 0x02, 0x01, 0x03, 0x30, 0x82][..]),
            ("PKCS#12 in BER", &[0x30, 0x80, 0x02, 0x01, 0x03, 0x30, 0x80]),
            ("PKCS#8", &[0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70]),
            ("PKCS#1", &[0x30, 0x82, 0x04, 0xa4, 0x02, 0x01, 0x00, 0x02, 0x82]),
            ("SEC 1", &[0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20]),
            ("JKS", &[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]),
            ("JCEKS", &[0xce, 0xce, 0xce, 0xce, 0, 0, 0, 2]),
        ] {
            assert!(holds_private_key(bytes), "{dress}");
        }
        let hidden = [b"%PDF-1.7 ... -----BEGIN RSA ".as_slice(), b"PRIVATE KEY-----"].concat();
        assert!(holds_private_key(&hidden), "inside another document");
    }

    #[test]
    fn certificates_signatures_documents_and_nonsense_are_no_keys() {
        for (name, bytes) in [
            ("nothing", &[][..]),
            ("a cut-off header", &[0x30]),
            ("a length beyond the end", &[0x30, 0xff, 0x02]),
            ("a PDF", b"%PDF-1.7"),
            (
                "a certificate",
                &[0x30, 0x82, 0x03, 0x00, 0x30, 0x82, 0x02, 0x00, 0xa0, 0x03, 0x02, 0x01, 0x02],
            ),
            (
                "a CMS signature",
                &[0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02],
            ),
            ("a time-stamp request", &[0x30, 0x3a, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09]),
            ("a text", "Хат № 12".as_bytes()),
        ] {
            assert!(!holds_private_key(bytes), "{name}");
        }
    }
}
