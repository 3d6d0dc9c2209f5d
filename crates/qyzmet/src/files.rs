//! Reading what the configuration names: keys, certificates, lists, secrets; errors name the file, never its content.

use std::path::{Path, PathBuf};

use qyzmet_pki::{Certificate, Identity, Signer, Trust};

use crate::config::{KeyFile, Trust as TrustConfig};

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
/// When a file cannot be read or the password does not open the key.
pub fn signer(file: &KeyFile) -> Result<Signer, FileError> {
    let password = text(&file.password_file)?;
    Signer::from_encrypted_pem(&text(&file.key)?, &password).map_err(|why| FileError::new(&file.key, why))
}

/// A private key with its certificates.
///
/// # Errors
/// When a file cannot be read or the password does not open the key.
pub fn identity(file: &KeyFile) -> Result<Identity, FileError> {
    let chain = file.certificates.iter().map(|path| certificate(path)).collect::<Result<Vec<_>, _>>()?;
    Ok(Identity { signer: signer(file)?, chain })
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
