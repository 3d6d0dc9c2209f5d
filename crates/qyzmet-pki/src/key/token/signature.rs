//! Signing with an object of a token, and the forms of the signature: a token's are not those of certificates.

use cryptoki::{mechanism::Mechanism, object::ObjectHandle, session::Session};

use super::{TokenError, objects::unsigned};
use crate::{algorithms::Digest, asn1, key::KeyKind};

/// Signs a digest. Messages are hashed by us and not in the token: what travels to the device stays small, and every
/// device knows the bare mechanisms.
pub(super) fn sign(
    session: &Session,
    key: ObjectHandle,
    kind: KeyKind,
    digest: &[u8],
) -> Result<Vec<u8>, TokenError> {
    match kind {
        KeyKind::EcP256 | KeyKind::EcP384 => to_der(&session.sign(&Mechanism::Ecdsa, key, digest)?),
        KeyKind::Rsa2048 | KeyKind::Rsa3072 => {
            Ok(session.sign(&Mechanism::RsaPkcs, key, &digest_info(kind.algorithm().digest(), digest))?)
        }
        KeyKind::Ed25519 => Err(TokenError::UnsupportedKind),
    }
}

/// From r and s of equal length to DER (r, s).
fn to_der(fixed: &[u8]) -> Result<Vec<u8>, TokenError> {
    let (r, s) = fixed.split_at(fixed.len() / 2);
    if r.is_empty() || r.len() != s.len() {
        return Err(TokenError::Device("a signature of odd length".to_owned()));
    }
    Ok(asn1::sequence(&[&unsigned(r), &unsigned(s)]))
}

/// DigestInfo of PKCS#1 v1.5 (RFC 8017 section 9.2).
fn digest_info(algorithm: Digest, digest: &[u8]) -> Vec<u8> {
    let identifier = asn1::sequence(&[&asn1::oid(algorithm.oid()), &asn1::null()]);
    asn1::sequence(&[&identifier, &asn1::octet_string(digest)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_become_integers_that_are_positive_and_short() {
        let fixed = [[0x00, 0x00, 0x01, 0x02], [0x80, 0x00, 0x00, 0x00]].concat();
        assert_eq!(hex::encode(to_der(&fixed).unwrap()), "300b020201020205008000 0000".replace(' ', ""));
    }

    #[test]
    fn a_signature_without_two_halves_is_a_fault_of_the_device() {
        for bad in [&[][..], &[1], &[1, 2, 3]] {
            assert!(matches!(to_der(bad), Err(TokenError::Device(_))), "{bad:?}");
        }
    }
}
