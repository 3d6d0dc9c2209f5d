//! Key files (PKCS#12) that browsers, NCALayer and OpenSSL open.

use p12_keystore::{
    Certificate as FileCertificate, KeyStore, KeyStoreEntry, Pkcs12ImportPolicy, PrivateKey, PrivateKeyChain,
    error::Error,
};
use zeroize::Zeroizing;

use crate::{
    algorithms::Digest,
    certificate::Certificate,
    identity::Identity,
    key::{KeyError, Signer},
};

/// A key file larger than this is refused unread.
const MAX_BYTES: usize = 1 << 20;
/// Rounds of PBKDF2 for the key and the MAC: twice what Java writes, ten times what OpenSSL writes.
const ITERATIONS: u32 = 20_000;

/// Writes a key file with the key and its chain: PBES2 with AES-256-CBC, MAC with HMAC-SHA-256.
///
/// # Errors
/// [`KeyError::OtherCertificate`] when the identity has no certificate of its key; [`KeyError::Generation`] when the
/// file cannot be made; [`KeyError::InToken`] for a key that does not leave its token.
pub fn write(identity: &Identity, password: &str, friendly_name: &str) -> Result<Vec<u8>, KeyError> {
    let certificate = identity.certificate().map_err(|_| KeyError::OtherCertificate)?;
    if certificate.public_key_der() != identity.signer.public_key_der() {
        return Err(KeyError::OtherCertificate);
    }
    let failed = |_| KeyError::Generation;
    let key = PrivateKey::from_der(identity.signer.pkcs8()?).map_err(failed)?;
    let chain = identity.chain.iter().map(|member| FileCertificate::from_der(member.der()));
    let chain: Vec<FileCertificate> = chain.collect::<Result<_, _>>().map_err(failed)?;
    let key_id = Digest::Sha256.of(certificate.der());
    let mut store = KeyStore::new();
    let entry = PrivateKeyChain::new(key_id.as_ref(), key, chain);
    store.add_entry(friendly_name, KeyStoreEntry::PrivateKeyChain(entry));
    store
        .writer(password)
        .encryption_iterations(ITERATIONS)
        .mac_iterations(ITERATIONS)
        .write()
        .map_err(failed)
}

/// Opens a key file, modern or legacy (3DES and RC2 with SHA-1), and takes its first key.
///
/// # Errors
/// [`KeyError::WrongPassword`] when the password does not open it; [`KeyError::Malformed`] when it is no key file with
/// a key and a certificate; [`KeyError::UnsupportedKind`] for GOST keys; [`KeyError::OtherCertificate`] when key and
/// certificate do not belong together.
pub fn read(bytes: &[u8], password: &str) -> Result<Identity, KeyError> {
    if bytes.len() > MAX_BYTES {
        return Err(KeyError::Malformed);
    }
    let store = KeyStore::from_pkcs12(bytes, password, Pkcs12ImportPolicy::Relaxed).map_err(refusal)?;
    let (_, entry) = store.private_key_chain().ok_or(KeyError::Malformed)?;
    let signer = Signer::from_pkcs8(Zeroizing::new(entry.key().as_der().to_vec()))?;
    let chain = entry.certs().iter().map(|member| Certificate::from_der(member.as_der()));
    let chain: Vec<Certificate> = chain.collect::<Result<_, _>>().map_err(|_| KeyError::Malformed)?;
    match chain.first() {
        None => Err(KeyError::Malformed),
        Some(own) if own.public_key_der() != signer.public_key_der() => Err(KeyError::OtherCertificate),
        Some(_) => Ok(Identity { signer, chain }),
    }
}

/// A wrong password shows as a wrong MAC, or as wrong padding in files without one.
fn refusal(error: Error) -> KeyError {
    match error {
        Error::MacError(_) | Error::UnpadError | Error::Pkcs5Error(_) => KeyError::WrongPassword,
        _ => KeyError::Malformed,
    }
}
