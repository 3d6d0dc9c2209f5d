//! Certificates that the demonstration made before there were orders become rows, so that answers and lists know them.

use std::{fs, num::NonZeroU16, path::Path};

use qyzmet_app::{
    App,
    authority::{FoundedCertificate, TakeInFounded},
    run,
};
use qyzmet_domain::{AccountId, Caller};
use qyzmet_pki::{Certificate, authority::Profiles, crl::shard_of, pkcs12};
use qyzmet_store::repositories::{accounts, certificates::Standing};

use super::{super::Failure, KEY_PASSWORD, Places};
use crate::files;

/// Name of the issuing authority in the demonstration's ceremony.
const ISSUER: &str = "ca";

/// Writes down every certificate of the issuing authority that lies in the folder of the demonstration.
pub(super) async fn register(app: &App, places: &Places) -> Result<(), Failure> {
    let issuer = app.authority()?.issuer(ISSUER)?;
    let parts = u16::try_from(issuer.parts).ok().and_then(NonZeroU16::new).ok_or("no parts")?;
    let mut rows = Vec::new();
    let profiles = Profiles::nca()?;
    for certificate in found(places)? {
        if certificate.issuer_common_name() == issuer.certificate.subject().common_name {
            let account = account(app, &certificate).await?;
            let profile = profiles.iter().find(|profile| profile.describes(&certificate));
            let profile = profile.ok_or("a certificate of no profile")?.id();
            rows.push(row(profile, &certificate, account, parts));
        }
    }
    run(app, &Caller::System, TakeInFounded { certificates: rows, lists: Vec::new() }).await?;
    Ok(())
}

/// Certificates of the deployment and of the people.
fn found(places: &Places) -> Result<Vec<Certificate>, Failure> {
    let mut all = Vec::new();
    for folder in [places.pki(""), places.people("")] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("pem") if name != "crowd" => all.push(files::certificate(&path)?),
                Some("p12") => all.extend(own(&path)?),
                _ => {}
            }
        }
    }
    Ok(all)
}

fn own(path: &Path) -> Result<Option<Certificate>, Failure> {
    Ok(pkcs12::read(&fs::read(path)?, KEY_PASSWORD)?.chain.into_iter().next())
}

async fn account(app: &App, certificate: &Certificate) -> Result<Option<AccountId>, Failure> {
    let Some(iin) = certificate.subject().iin.as_ref().and_then(|iin| iin.parse().ok()) else {
        return Ok(None);
    };
    let found = app.store.read(move |tx| accounts::by_iin(tx, &iin)).await?;
    Ok(found.map(|account| account.id))
}

fn row(
    profile: &str,
    certificate: &Certificate,
    account: Option<AccountId>,
    parts: NonZeroU16,
) -> FoundedCertificate {
    let serial = certificate.serial_number();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, certificate.public_key_der());
    let subject = certificate.subject();
    FoundedCertificate {
        issuer: ISSUER.to_owned(),
        serial: serial.as_bytes().to_vec(),
        part: u32::from(shard_of(serial.as_bytes(), parts)),
        account,
        holder: subject.iin.clone().or_else(|| subject.bin.clone()),
        profile: profile.to_owned(),
        order_number: None,
        key_id: digest.as_ref().to_vec(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        der: certificate.der().to_vec(),
        standing: Standing::GOOD,
    }
}
