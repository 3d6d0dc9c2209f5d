//! The certificate for `localhost`, made at each start and signed by its own key; nothing secret is kept in the repository.

use std::sync::Arc;

use aws_lc_rs::digest;
use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    KeyKind, Signer,
    authority::{Authority, Holder, Profiles, SubjectFacts, Urls},
};
use rustls::{
    ServerConfig, SignatureAlgorithm, SignatureScheme,
    pki_types::CertificateDer,
    sign::{CertifiedKey, SingleCertAndKey},
};
use tokio_rustls::TlsAcceptor;

use crate::{simulation::SimulatorError, tls};

/// TLS as the program on the user's machine offers it.
pub(super) fn acceptor(now: Timestamp) -> Result<TlsAcceptor, SimulatorError> {
    let signer = Signer::generate(KeyKind::EcP256).map_err(failed)?;
    let certificate = localhost(&signer, now)?;
    let certified = CertifiedKey::new(vec![certificate], Arc::new(Key(signer)));
    let config = ServerConfig::builder_with_provider(tls::provider())
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(SingleCertAndKey::from(certified)));
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn localhost(signer: &Signer, now: Timestamp) -> Result<CertificateDer<'static>, SimulatorError> {
    let profile = Profiles::nca().map_err(failed)?.get("server").map_err(failed)?;
    let facts = SubjectFacts::new(Holder::Server { hosts: vec!["localhost".to_owned()] }).map_err(failed)?;
    let validity = profile.validity(now - SignedDuration::from_hours(1)).map_err(failed)?;
    // The key is new, so a number drawn from it is new as well.
    let hash = digest::digest(&digest::SHA256, signer.public_key_der());
    let mut serial = [0; 20];
    serial.copy_from_slice(&hash.as_ref()[..20]);
    serial[0] = serial[0] & 0x7f | 0x10;
    let urls = Urls::default();
    let made =
        Authority::self_signed(signer.clone(), profile, &facts, serial, validity, urls).map_err(failed)?;
    let der = made.certificate().map_err(failed)?.der().to_vec();
    Ok(CertificateDer::from(der))
}

fn failed(error: impl std::fmt::Display) -> SimulatorError {
    SimulatorError::Tls(error.to_string())
}

/// Lets rustls sign with the platform's own signer, which does not give its key away.
#[derive(Debug)]
struct Key(Signer);

impl rustls::sign::SigningKey for Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn rustls::sign::Signer>> {
        let ours = offered.contains(&SignatureScheme::ECDSA_NISTP256_SHA256);
        ours.then(|| Box::new(Self(self.0.clone())) as Box<dyn rustls::sign::Signer>)
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl rustls::sign::Signer for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        self.0.sign(message).map_err(|_| rustls::Error::General("the key does not sign".to_owned()))
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ECDSA_NISTP256_SHA256
    }
}
