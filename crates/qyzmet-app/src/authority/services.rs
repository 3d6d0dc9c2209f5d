//! What this deployment does as an authority: its issuers with their responders, its time-stamps, how often it publishes.

use std::sync::Arc;

use jiff::SignedDuration;
use qyzmet_pki::{Certificate, authority::Urls, ocsp::Responder, request::KnownKeys, tsp::Stamper};
use qyzmet_store::repositories::lists::Series;

use super::{Issues, Watermark};
use crate::{App, Error, ports::Signing};

/// The authority of this deployment.
pub struct Authorities {
    /// Roots and issuing authorities.
    pub issuers: Vec<Issuer>,
    /// The signing role: it alone holds the keys of issuing authorities.
    pub signing: Arc<dyn Signing>,
    /// Makes time-stamps; nothing where the ceremony founded no such service.
    pub stamper: Option<Stamper>,
    /// The latest moment that this process knows to be over.
    pub watermark: Watermark,
    /// Keys that are never certified.
    pub known_keys: Arc<KnownKeys>,
    /// How long what is published holds.
    pub periods: Periods,
}

/// One authority.
pub struct Issuer {
    /// Its name in the ceremony, for addresses and rows.
    pub name: String,
    /// Its own certificate.
    pub certificate: Certificate,
    /// Answers about its certificates; nothing where the ceremony founded none.
    pub responder: Option<Responder>,
    /// The responder's own certificate.
    pub responder_certificate: Option<Certificate>,
    /// Whether this deployment publishes its lists; those of a root come from the ceremony and from later sessions with its key.
    pub publishes: bool,
    /// Into how many parts its certificates are divided at least.
    pub parts: u32,
    /// What it issues.
    pub issues: Issues,
    /// Number of the list that the folder of the authority has, signed before there were rows.
    pub founded_list: u64,
}

/// How long what is published holds.
#[derive(Clone, Copy, Debug)]
pub struct Periods {
    /// From a list's `thisUpdate` until its `nextUpdate`; the next list comes when half of it is over.
    pub list: SignedDuration,
    /// How long an answer about a certificate may be kept by those who asked without a nonce.
    pub answer: SignedDuration,
    /// How long a list is kept after its `nextUpdate`.
    pub kept: SignedDuration,
}

impl Authorities {
    /// The authority of a name.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn issuer(&self, name: &str) -> Result<&Issuer, Error> {
        self.issuers.iter().find(|issuer| issuer.name == name).ok_or(Error::NotFound)
    }
}

impl App {
    /// What this deployment does as an authority.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none.
    pub fn authority(&self) -> Result<&Authorities, Error> {
        self.authorities.as_ref().ok_or(Error::NotFound)
    }
}

/// The address of a list, exactly as certificates and lists name it.
#[must_use]
pub fn address_of_list(origin: &str, issuer: &str, series: Series) -> String {
    let origin = Urls::plain(origin);
    match series {
        Series::Full => format!("{origin}/pki/crl/{issuer}.crl"),
        Series::Delta | Series::Part(_) => format!("{origin}/pki/crl/{issuer}/{series}.crl"),
    }
}

/// The address of an authority's certificate.
#[must_use]
pub fn address_of_issuer(origin: &str, issuer: &str) -> String {
    format!("{}/pki/ca/{issuer}.crt", Urls::plain(origin))
}
