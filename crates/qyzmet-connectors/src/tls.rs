//! The one choice of TLS implementation: rustls on aws-lc, the library that the PKI uses as well.

use std::sync::{Arc, OnceLock};

use rustls::{ClientConfig, RootCertStore, crypto::CryptoProvider};

/// The provider, made once.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    PROVIDER.get_or_init(|| Arc::new(rustls::crypto::aws_lc_rs::default_provider())).clone()
}

/// Makes the provider the one of the process, for libraries that ask there; another one already installed stays.
pub(crate) fn install_provider() {
    // The error only says that somebody installed one before, which is as good.
    let _ = CryptoProvider::install_default((*provider()).clone());
}

/// A configuration that trusts nobody: for plain connections, so that a machine without a certificate store can start.
pub(crate) fn trusting_nobody() -> Result<ClientConfig, rustls::Error> {
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
    Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}
