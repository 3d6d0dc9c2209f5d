//! Encrypted PKCS#8 files: PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC, as OpenSSL 3 writes them by default.

use std::num::NonZeroU32;

use aws_lc_rs::{
    cipher::{
        AES_256, DecryptionContext, PaddedBlockDecryptingKey, PaddedBlockEncryptingKey, UnboundCipherKey,
    },
    iv::FixedLength,
    pbkdf2, rand,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{KeyError, KeyKind};
use crate::{
    asn1::{self, Malformed, Reader, small_uint, tag},
    oids,
};

/// Work factor of new files (OWASP's figure for PBKDF2-HMAC-SHA-256 in 2023).
const ITERATIONS: u32 = 600_000;
/// A file that asks for more work than this is refused, so that a hostile file cannot stop the process.
const MAX_ITERATIONS: u32 = 10_000_000;
const LABEL: &str = "ENCRYPTED PRIVATE KEY";

impl From<Malformed> for KeyError {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// The kind of key in an unencrypted PKCS#8 structure.
pub(super) fn kind_of_pkcs8(pkcs8: &[u8]) -> Result<KeyKind, KeyError> {
    let mut fields = Reader::only(pkcs8, tag::SEQUENCE)?.reader();
    fields.expect(tag::INTEGER)?;
    let mut algorithm = fields.sequence()?;
    match algorithm.oid()? {
        oids::EC_PUBLIC_KEY => match algorithm.oid()? {
            oids::P256 => Ok(KeyKind::EcP256),
            oids::P384 => Ok(KeyKind::EcP384),
            other => Err(KeyError::UnsupportedKind(other.to_string())),
        },
        oids::ED25519 => Ok(KeyKind::Ed25519),
        oids::RSA => {
            let inner = fields.expect(tag::OCTET_STRING)?;
            let mut key = Reader::only(inner.value, tag::SEQUENCE)?.reader();
            key.expect(tag::INTEGER)?;
            match key.expect(tag::INTEGER)?.value.len() {
                250..=257 => Ok(KeyKind::Rsa2048),
                378..=385 => Ok(KeyKind::Rsa3072),
                _ => Err(KeyError::UnsupportedKind(oids::RSA.to_string())),
            }
        }
        other => Err(KeyError::UnsupportedKind(other.to_string())),
    }
}

/// Encrypts a PKCS#8 key under the password.
pub(super) fn encrypt(pkcs8: &[u8], password: &str) -> Result<String, KeyError> {
    let failed = |_| KeyError::Generation;
    let mut salt = [0; 16];
    rand::fill(&mut salt).map_err(failed)?;
    let key = PaddedBlockEncryptingKey::cbc_pkcs7(derive(password, &salt, ITERATIONS)?).map_err(failed)?;
    let mut data = Zeroizing::new(pkcs8.to_vec());
    let DecryptionContext::Iv128(iv) = key.encrypt(&mut *data).map_err(failed)? else {
        return Err(KeyError::Generation);
    };
    let iv: &[u8; 16] = iv.as_ref();
    let prf = asn1::sequence(&[&asn1::oid(oids::HMAC_SHA256), &asn1::null()]);
    let parameters = asn1::sequence(&[&asn1::octet_string(&salt), &asn1::uint(ITERATIONS.into()), &prf]);
    let derivation = asn1::sequence(&[&asn1::oid(oids::PBKDF2), &parameters]);
    let cipher = asn1::sequence(&[&asn1::oid(oids::AES_256_CBC), &asn1::octet_string(iv)]);
    let scheme = asn1::sequence(&[&asn1::oid(oids::PBES2), &asn1::sequence(&[&derivation, &cipher])]);
    Ok(to_pem_block(LABEL, &asn1::sequence(&[&scheme, &asn1::octet_string(&data)])))
}

/// Opens an encrypted PKCS#8 file.
pub(super) fn decrypt(pem: &str, password: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let der = from_pem_block(pem, LABEL).ok_or(KeyError::Malformed)?;
    let mut fields = Reader::only(&der, tag::SEQUENCE)?.reader();
    let mut scheme = fields.sequence()?;
    require(scheme.oid()?, oids::PBES2)?;
    let mut parameters = scheme.sequence()?;
    let (salt, iterations) = read_derivation(parameters.sequence()?)?;
    let mut cipher = parameters.sequence()?;
    require(cipher.oid()?, oids::AES_256_CBC)?;
    let iv =
        <[u8; 16]>::try_from(cipher.expect(tag::OCTET_STRING)?.value).map_err(|_| KeyError::Malformed)?;
    let mut data = Zeroizing::new(fields.expect(tag::OCTET_STRING)?.value.to_vec());
    let wrong = |_| KeyError::WrongPassword;
    let key = PaddedBlockDecryptingKey::cbc_pkcs7(derive(password, salt, iterations)?).map_err(wrong)?;
    let opened = key.decrypt(&mut data, DecryptionContext::Iv128(FixedLength::from(iv))).map_err(wrong)?;
    let opened = Zeroizing::new(opened.to_vec());
    Reader::only(&opened, tag::SEQUENCE).map_err(|_| KeyError::WrongPassword)?;
    Ok(opened)
}

fn require(found: const_oid::ObjectIdentifier, wanted: const_oid::ObjectIdentifier) -> Result<(), KeyError> {
    if found == wanted { Ok(()) } else { Err(KeyError::UnsupportedKind(found.to_string())) }
}

/// Salt and iterations of a PBKDF2 block with HMAC-SHA-256.
fn read_derivation(mut derivation: Reader<'_>) -> Result<(&[u8], u32), KeyError> {
    require(derivation.oid()?, oids::PBKDF2)?;
    let mut parameters = derivation.sequence()?;
    let salt = parameters.expect(tag::OCTET_STRING)?.value;
    let iterations = small_uint(parameters.expect(tag::INTEGER)?)?;
    parameters.optional(tag::INTEGER)?;
    require(parameters.sequence()?.oid()?, oids::HMAC_SHA256)?;
    Ok((salt, iterations))
}

fn derive(password: &str, salt: &[u8], iterations: u32) -> Result<UnboundCipherKey, KeyError> {
    let iterations = NonZeroU32::new(iterations).filter(|count| count.get() <= MAX_ITERATIONS);
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2::derive(
        pbkdf2::PBKDF2_HMAC_SHA256,
        iterations.ok_or(KeyError::Malformed)?,
        salt,
        password.as_bytes(),
        &mut *key,
    );
    UnboundCipherKey::new(&AES_256, &*key).map_err(|_| KeyError::Generation)
}

/// Wraps DER in a PEM block with lines of 64 characters.
pub(crate) fn to_pem_block(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    for (at, character) in text.chars().enumerate() {
        if at > 0 && at % 64 == 0 {
            out.push('\n');
        }
        out.push(character);
    }
    out.push_str(&format!("\n-----END {label}-----\n"));
    out
}

/// The DER in the first PEM block with this label.
pub(crate) fn from_pem_block(pem: &str, label: &str) -> Option<Vec<u8>> {
    let (_, after) = pem.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = after.split_once(&format!("-----END {label}-----"))?;
    let text: String = body.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    STANDARD.decode(text).ok()
}
