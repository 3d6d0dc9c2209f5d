//! The authority of this deployment: its folder opened, its services put together, what the ceremony made taken in.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use jiff::SignedDuration;
use qyzmet_app::{
    App, Clock,
    authority::{Authorities, FoundedCertificate, FoundedList, Issuer, Periods, TakeInFounded, Watermark},
    ports::Signing,
    run,
};
use qyzmet_domain::Caller;
use qyzmet_pki::{
    Certificate, crl,
    ocsp::Responder,
    request::KnownKeys,
    tsp::{Accuracy, Stamper},
};
use qyzmet_store::{Store, repositories::certificates::Standing};

use crate::{
    config::{self, Config},
    files::{self, FileError},
    nca::{
        NcaError,
        folder::Folder,
        open::Nca,
        plan::{Duty, Planned},
        secret::Secrets,
    },
    signer::{InProcess, IssuerKey, OverSocket, Role},
    wire::WireError,
};

/// The services, and what was made before there were rows.
pub struct Opened {
    /// The services.
    pub authorities: Authorities,
    founded: TakeInFounded,
}

impl Opened {
    /// The services apart from what is to be taken in.
    #[must_use]
    pub fn parts(self) -> (Authorities, TakeInFounded) {
        (self.authorities, self.founded)
    }
}

/// Opens the folder that the configuration names; nothing when it names none.
///
/// # Errors
/// [`WireError`], with the file concerned: a key that does not open is told at the start, not at the first signature.
pub fn open(
    config: &Config,
    origin: &str,
    store: &Store,
    clock: &Clock,
) -> Result<Option<Opened>, WireError> {
    let (whole, signer, config) = (config, &config.signer, &config.authority);
    if config.folder.as_os_str().is_empty() {
        return Ok(None);
    }
    let nca = Nca::open(&Folder::new(&config.folder))?;
    are_known(config, &nca)?;
    let mut secrets = Secrets::at(&config.secrets);
    let mut issuers = Vec::new();
    for planned in of_duty(&nca, Duty::is_authority) {
        issuers.push(issuer(&nca, planned, config, &mut secrets)?);
    }
    let watermark = Watermark::default();
    watermark.admits(clock.now());
    // A portal with a signer beside it never opens the keys of issuing authorities.
    let signing: Arc<dyn Signing> = if signer.socket.as_os_str().is_empty() {
        let stores = (store.clone(), store.clone());
        Arc::new(InProcess::new(role(whole, origin, stores, clock.clone())?))
    } else {
        let patience = Duration::from_secs(signer.patience_s);
        Arc::new(OverSocket::new(signer.socket.clone(), patience))
    };
    let authorities = Authorities {
        issuers,
        signing,
        stamper: stamper(&nca, config, &mut secrets)?,
        watermark,
        known_keys: known_keys(config)?,
        periods: Periods {
            list: SignedDuration::from_hours(config.list_h),
            answer: SignedDuration::from_secs(config.answer_s),
            kept: SignedDuration::from_hours(i64::from(config.keep_lists_d) * 24),
        },
    };
    Ok(Some(Opened { authorities, founded: founded(&nca)? }))
}

/// What the signing role works with: the portal's store and that of its own record, and the opened keys.
///
/// # Errors
/// [`WireError`], with the file concerned.
pub fn role(
    config: &Config,
    origin: &str,
    (portal, record): (Store, Store),
    clock: Clock,
) -> Result<Role, WireError> {
    let (rules, config) = (config.conduct.rules(), &config.authority);
    let nca = Nca::open(&Folder::new(&config.folder))?;
    let mut secrets = Secrets::at(&config.secrets);
    let (mut known, mut issuers) = (Vec::new(), BTreeMap::new());
    for planned in of_duty(&nca, Duty::is_authority) {
        known.push((planned.name.clone(), certificate(&nca, &planned.name)?.clone()));
        if planned.duty == Duty::Issuing {
            let key = nca.open_identity(&planned.name, &mut secrets)?;
            let issues = config.issues.get(&planned.name).cloned().unwrap_or_default();
            issuers.insert(planned.name.clone(), IssuerKey { key, issues });
        }
    }
    Ok(Role {
        portal,
        record,
        origin: origin.to_owned(),
        clock,
        rules,
        known,
        known_keys: known_keys(config)?,
        issuers,
    })
}

/// The lists of keys that are never certified.
fn known_keys(config: &config::Authority) -> Result<Arc<KnownKeys>, WireError> {
    let mut known = KnownKeys::default();
    for path in &config.known_keys {
        known.add(&files::text(path)?).map_err(|why| FileError::new(path, why))?;
    }
    Ok(Arc::new(known))
}

/// A name that no authority of the ceremony has is a mistake that would let another one issue everything.
fn are_known(config: &config::Authority, nca: &Nca) -> Result<(), WireError> {
    let unknown = config
        .issues
        .keys()
        .find(|name| !of_duty(nca, |duty| duty == Duty::Issuing).any(|planned| planned.name == **name));
    let why = |name: &String| format!("{name} is no issuing authority of the ceremony");
    unknown.map_or(Ok(()), |name| Err(WireError::Value { key: "authority.issues", why: why(name) }))
}

/// Takes in what the ceremony made, and trusts what is published.
///
/// # Errors
/// Those of the store and of the documents.
pub async fn take_in(app: &App, founded: Option<TakeInFounded>) -> Result<(), qyzmet_app::Error> {
    if let Some(founded) = founded {
        run(app, &Caller::System, founded).await?;
    }
    app.trust_own_lists().await
}

fn of_duty(nca: &Nca, wanted: impl Fn(Duty) -> bool) -> impl Iterator<Item = &Planned> {
    nca.plan().certificates.iter().filter(move |planned| wanted(planned.duty))
}

fn certificate<'a>(nca: &'a Nca, name: &str) -> Result<&'a Certificate, WireError> {
    nca.certificate(name).ok_or_else(|| NcaError::file(Path::new(name), "is not in the record").into())
}

fn issuer(
    nca: &Nca,
    planned: &Planned,
    config: &config::Authority,
    secrets: &mut Secrets<'_>,
) -> Result<Issuer, WireError> {
    let own = certificate(nca, &planned.name)?;
    let answers = |other: &&Planned| other.issuer.as_ref() == Some(&planned.name);
    let delegated = of_duty(nca, |duty| duty == Duty::Ocsp).find(answers);
    let responder = match delegated {
        Some(delegated) => {
            let identity = nca.open_identity(&delegated.name, secrets)?;
            Some(Responder::new(identity, own).map_err(wrong)?)
        }
        None => None,
    };
    let responder_certificate = delegated.map(|delegated| certificate(nca, &delegated.name)).transpose()?;
    Ok(Issuer {
        name: planned.name.clone(),
        certificate: own.clone(),
        responder,
        responder_certificate: responder_certificate.cloned(),
        publishes: planned.duty == Duty::Issuing,
        parts: config.parts,
        issues: config.issues.get(&planned.name).cloned().unwrap_or_default(),
        founded_list: nca.list(&planned.name)?.0,
    })
}

fn stamper(
    nca: &Nca,
    config: &config::Authority,
    secrets: &mut Secrets<'_>,
) -> Result<Option<Stamper>, WireError> {
    let Some(planned) = of_duty(nca, |duty| duty == Duty::Timestamp).next() else { return Ok(None) };
    let identity = nca.open_identity(&planned.name, secrets)?;
    let accuracy = Accuracy::seconds(config.stamp_accuracy_s);
    Stamper::new(identity, &[&config.stamp_policy], accuracy).map(Some).map_err(wrong)
}

fn wrong(why: impl std::fmt::Display) -> WireError {
    WireError::Value { key: "authority.folder", why: why.to_string() }
}

/// Certificates that an issuer of the ceremony made, and the lists that lie in the folder.
fn founded(nca: &Nca) -> Result<TakeInFounded, WireError> {
    let mut certificates = Vec::new();
    for planned in &nca.plan().certificates {
        if let Some(issuer) = &planned.issuer {
            certificates.push(row(planned, issuer, certificate(nca, &planned.name)?));
        }
    }
    let mut lists = Vec::new();
    for planned in of_duty(nca, Duty::is_authority) {
        let (number, bytes) = nca.list(&planned.name)?;
        let (this_update, next_update) =
            crl::period(&bytes).ok_or_else(|| wrong(format!("{}: not a revocation list", planned.name)))?;
        let issuer = planned.name.clone();
        lists.push(FoundedList { issuer, bytes, number, this_update, next_update });
    }
    Ok(TakeInFounded { certificates, lists })
}

fn row(planned: &Planned, issuer: &str, certificate: &Certificate) -> FoundedCertificate {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, certificate.public_key_der());
    FoundedCertificate {
        issuer: issuer.to_owned(),
        serial: certificate.serial_number().as_bytes().to_vec(),
        part: 0,
        account: None,
        holder: None,
        profile: planned.duty.as_str().to_owned(),
        order_number: None,
        key_id: digest.as_ref().to_vec(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        der: certificate.der().to_vec(),
        standing: Standing::GOOD,
    }
}
