//! Reading what the configuration names: keys, certificates, lists, secrets; errors name the file, never its content.

use std::path::{Path, PathBuf};

use qyzmet_pki::{Certificate, Identity, Pin, Signer, TokenKey, Trust};
use secrecy::ExposeSecret;

use crate::config::{KeyFile, TokenPlace, Trust as TrustConfig};

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", path.display())]
pub struct FileError {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub why: String,
}

impl FileError {
    /// An error about a file.
    pub fn new(path: &Path, why: impl std::fmt::Display) -> Self {
        Self { path: path.to_owned(), why: why.to_string() }
    }
}

/// The bytes of a file.
///
/// # Errors
/// When it cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    std::fs::read(path).map_err(|why| FileError::new(path, why))
}

/// The text of a file without white space around it.
///
/// # Errors
/// When it cannot be read or is not text.
pub fn text(path: &Path) -> Result<String, FileError> {
    let text = String::from_utf8(bytes(path)?).map_err(|_| FileError::new(path, "is not text"))?;
    Ok(text.trim().to_owned())
}

/// A secret kept as hex.
///
/// # Errors
/// When it cannot be read or is not hex.
pub fn secret(path: &Path) -> Result<Vec<u8>, FileError> {
    hex::decode(text(path)?).map_err(|_| FileError::new(path, "is not hex"))
}

/// A certificate as PEM or DER.
///
/// # Errors
/// When it cannot be read or is no certificate.
pub fn certificate(path: &Path) -> Result<Certificate, FileError> {
    let bytes = bytes(path)?;
    let read = match std::str::from_utf8(&bytes) {
        Ok(pem) if pem.contains("-----BEGIN") => Certificate::from_pem(pem),
        _ => Certificate::from_der(&bytes),
    };
    read.map_err(|why| FileError::new(path, why))
}

/// A private key without certificates.
///
/// # Errors
/// When a file cannot be read, the password does not open the key, or the key is in a token: which key of the token it is, only a
/// certificate says.
pub fn signer(file: &KeyFile) -> Result<Signer, FileError> {
    if let Some(place) = &file.token {
        return Err(FileError::new(&place.library, "a key in a token needs a certificate"));
    }
    let password = text(&file.password_file)?;
    Signer::from_encrypted_pem(&text(&file.key)?, &password).map_err(|why| FileError::new(&file.key, why))
}

/// A private key with its certificates. A token is not touched before the key first signs.
///
/// # Errors
/// When a file cannot be read or the password does not open the key.
pub fn identity(file: &KeyFile) -> Result<Identity, FileError> {
    let chain = file.certificates.iter().map(|path| certificate(path)).collect::<Result<Vec<_>, _>>()?;
    let signer = match (&file.token, chain.first()) {
        (Some(place), Some(own)) => in_token(place, own)?,
        _ => signer(file)?,
    };
    Ok(Identity { signer, chain })
}

fn in_token(place: &TokenPlace, own: &Certificate) -> Result<Signer, FileError> {
    let failed = |why: &dyn std::fmt::Display| FileError::new(&place.library, why);
    let id =
        place.id.as_ref().map(hex::decode).transpose().map_err(|_| failed(&"the key's id is not hex"))?;
    let pin = place.pin.read(Path::new("")).map_err(|why| failed(&why))?;
    let key = TokenKey {
        library: place.library.clone(),
        token: place.token.clone(),
        label: place.label.clone(),
        id,
        pin: Pin::new(pin.expose_secret().to_owned()),
    };
    Signer::in_token(key, own.public_key_der()).map_err(|why| failed(&why))
}

/// Whom we trust; a list that cannot be read is an error, as trusting without it would be blind.
///
/// # Errors
/// When a file cannot be read or is not what it should be.
pub fn trust(config: &TrustConfig) -> Result<Trust, FileError> {
    let all = |paths: &[PathBuf]| paths.iter().map(|path| certificate(path)).collect::<Result<Vec<_>, _>>();
    let trust = Trust::new(all(&config.anchors)?, all(&config.intermediates)?);
    for path in &config.crls {
        trust.add_crl(&bytes(path)?).map_err(|why| FileError::new(path, why))?;
    }
    Ok(trust)
}
