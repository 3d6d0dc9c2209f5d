//! A key together with the certificates that say whose it is.

use crate::{
    certificate::Certificate,
    key::{SignError, Signer},
};

/// A signer and its chain; `chain[0]` is its own certificate, the next ones are issuers up to (not necessarily) the root.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The private key.
    pub signer: Signer,
    /// Own certificate first.
    pub chain: Vec<Certificate>,
}

impl Identity {
    /// The own certificate.
    ///
    /// # Errors
    /// [`SignError::NoCertificate`] when the chain is empty.
    pub fn certificate(&self) -> Result<&Certificate, SignError> {
        self.chain.first().ok_or(SignError::NoCertificate)
    }
}
