//! The certificates of an order, for its owner to join with the keys that never left them [R839-6.P11].

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use qyzmet_domain::{Locale, RequestNumber};
use qyzmet_engine::Regulation;
use qyzmet_store::repositories::{
    cases,
    certificates::{self, CertificateRow},
};

use super::{Issuer, holders::key_of};
use crate::{
    Access, App, Cx, Error, UseCase,
    cases::{key_name, live, regulation_of},
};

/// More certificates than one order can bring.
const MOST: u32 = 8;

/// Shows what an order has brought.
pub struct ShowInstall {
    /// Its number.
    pub number: RequestNumber,
    /// In which language.
    pub locale: Locale,
}

/// What is to be installed.
#[derive(Clone, Debug)]
pub struct InstallView {
    /// The number of the order.
    pub number: String,
    /// The service in words.
    pub title: String,
    /// Empty as long as the certificates are not formed.
    pub certificates: Vec<Installable>,
    /// Certificates of the authorities above, as base64 DER.
    pub chain: Vec<String>,
}

/// One certificate.
#[derive(Clone, Debug)]
pub struct Installable {
    /// For which profile of the form.
    pub profile: &'static str,
    /// What people call its key.
    pub name: String,
    /// Base64 DER.
    pub certificate: String,
    /// Its serial number.
    pub serial: String,
    /// Until when it is valid.
    pub valid_until: Timestamp,
}

impl UseCase for ShowInstall {
    type Output = InstallView;
    const NAME: &'static str = "show-install";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<InstallView, Error> {
        let (account, number) = (cx.account()?, self.number.to_string());
        let (row, certificates) = cx
            .read(move |tx| {
                let row = cases::of_order_number(tx, &number)?.filter(|row| row.account == account);
                Ok((row, certificates::of_order(tx, &number, MOST)?))
            })
            .await?;
        let regulation = regulation_of(&cx.app, &live(row.ok_or(Error::NotFound)?)?)?;
        super::issuing_action(&regulation).ok_or(Error::NotFound)?;
        let chain = certificates.first().map(|row| chain(&cx.app, &row.issuer)).transpose()?;
        Ok(InstallView {
            number: self.number.to_string(),
            title: regulation.title(self.locale).to_owned(),
            certificates: certificates
                .iter()
                .filter_map(|row| installable(&regulation, row, self.locale))
                .collect(),
            chain: chain.unwrap_or_default(),
        })
    }
}

/// A certificate beside the key of the form for which it was asked.
fn installable(regulation: &Regulation, row: &CertificateRow, locale: Locale) -> Option<Installable> {
    let profile = key_of(&row.profile)?;
    Some(Installable {
        profile: profile.as_str(),
        name: key_name(regulation, profile, locale),
        certificate: STANDARD.encode(&row.der),
        serial: hex::encode(&row.serial),
        valid_until: row.not_after,
    })
}

/// The issuing authority and those above it, as base64 DER.
fn chain(app: &App, issuer: &str) -> Result<Vec<String>, Error> {
    let authorities = app.authority()?;
    let mut next = authorities.issuer(issuer)?.certificate.clone();
    let mut chain = vec![STANDARD.encode(next.der())];
    while !next.names_as_issuer(&next) {
        let above = |issuer: &&Issuer| next.names_as_issuer(&issuer.certificate);
        let Some(above) = authorities.issuers.iter().find(above) else { break };
        next = above.certificate.clone();
        chain.push(STANDARD.encode(next.der()));
    }
    Ok(chain)
}
