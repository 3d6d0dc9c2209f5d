//! Trust: keys, certificates, revocation lists, signed messages and sealed documents, with verdicts in three outcomes.
//!
//! Knows no rule of a service and no Kazakh rule beyond the object identifiers and names of the National
//! Certification Authority. Time is always an argument; nothing here looks at a clock, a file or the network, but for the
//! library of a token, which is loaded when a key in it is first used.

mod algorithms;
mod asn1;
pub mod authority;
mod certificate;
pub mod cms;
pub mod crl;
mod freshness;
mod identity;
mod key;
pub mod lint;
pub mod ocsp;
mod oids;
pub mod pdf;
pub mod pkcs12;
pub mod request;
mod secret_file;
mod spki;
mod trust;
pub mod tsp;
mod verdict;
pub mod xml;

pub use algorithms::verify_signature;
pub use certificate::{Certificate, CertificateError, Purpose, Role, SerialNumber, Subject};
pub use freshness::Freshness;
pub use identity::Identity;
pub use key::{KeyError, KeyKind, Pin, SignError, Signer, TokenError, TokenKey, token, token::card};
pub use secret_file::holds_private_key;
pub use spki::KeyAlgorithm;
pub use trust::{PathRules, Revocation, Trust, TrustError};
pub use verdict::{Invalid, Reason, Signed, Undetermined, Verdict};
