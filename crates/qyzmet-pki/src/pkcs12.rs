//! Key files (PKCS#12) that browsers, NCALayer and OpenSSL open.

use crate::{identity::Identity, key::KeyError};

/// Writes a key file with the key and its chain.
///
/// # Errors
/// [`KeyError`] when the file cannot be made.
pub fn write(identity: &Identity, password: &str, friendly_name: &str) -> Result<Vec<u8>, KeyError> {
    let _ = (identity, password, friendly_name);
    Err(KeyError::Malformed)
}

/// Opens a key file.
///
/// # Errors
/// [`KeyError::WrongPassword`] when the password does not open it; [`KeyError::Malformed`] otherwise.
pub fn read(bytes: &[u8], password: &str) -> Result<Identity, KeyError> {
    let _ = (bytes, password);
    Err(KeyError::Malformed)
}
