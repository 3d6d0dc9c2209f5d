//! The certificates of an order, for its owner to join with the keys that never left them [R839-6.P11].

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use qyzmet_domain::{Locale, RequestNumber};
use qyzmet_engine::{Case, KeyProfile, Regulation};
use qyzmet_pki::Certificate;
use qyzmet_store::repositories::cases;

use crate::{
    Access, Cx, Error, UseCase,
    cases::{key_name, live, parse, regulation_of},
};

/// The subject under whose name the operation that makes certificates answers: `certificate.<profile>`, the base64 DER of
/// each, and `certificate.chain`, those of the authorities above, from the issuing one on, with spaces between.
const SUBJECT: &str = "certificate";

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
        let row = cx.read(move |tx| Ok(cases::by_request_number(tx, &number)?)).await?;
        let row = live(row.filter(|row| row.account == account).ok_or(Error::NotFound)?)?;
        let (regulation, case) = (regulation_of(&cx.app, &row)?, parse(&row)?);
        super::issuing_action(&regulation).ok_or(Error::NotFound)?;
        Ok(InstallView {
            number: self.number.to_string(),
            title: regulation.title(self.locale).to_owned(),
            certificates: certificates(&regulation, &case, self.locale)?,
            chain: chain(&case),
        })
    }
}

/// The certificates that the order has brought, as its case knows them.
fn certificates(regulation: &Regulation, case: &Case, locale: Locale) -> Result<Vec<Installable>, Error> {
    let known = |profile: &KeyProfile| {
        let written = case.facts.get(&written_in(*profile))?;
        Some(installable(*profile, key_name(regulation, *profile, locale), written))
    };
    KeyProfile::ALL.iter().filter_map(known).collect()
}

fn installable(profile: KeyProfile, name: String, written: &str) -> Result<Installable, Error> {
    let der = STANDARD.decode(written).map_err(Error::fault)?;
    let certificate = Certificate::from_der(&der).map_err(Error::fault)?;
    Ok(Installable {
        profile: profile.as_str(),
        name,
        certificate: written.to_owned(),
        serial: certificate.serial(),
        valid_until: certificate.not_after(),
    })
}

/// Whether the certificates of an order are formed.
pub(super) fn are_there(case: &Case) -> bool {
    KeyProfile::ALL.iter().any(|profile| case.facts.get(&written_in(*profile)).is_some())
}

/// The fact that holds the certificate of a profile.
fn written_in(profile: KeyProfile) -> String {
    format!("{SUBJECT}.{}", profile.as_str())
}

fn chain(case: &Case) -> Vec<String> {
    let chain = case.facts.get(&format!("{SUBJECT}.chain")).unwrap_or_default();
    chain.split_ascii_whitespace().map(str::to_owned).collect()
}
