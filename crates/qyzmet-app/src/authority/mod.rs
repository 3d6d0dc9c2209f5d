//! The certification authority: who issues, in which state a certificate is, and what is published about it.

pub(crate) mod own;

pub use self::own::{CertificateView, ListCertificates, Phase};
