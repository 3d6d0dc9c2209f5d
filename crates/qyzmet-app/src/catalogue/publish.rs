//! A body publishes a version of its regulation: checked, signed for the body, kept by its content.

use std::{collections::BTreeMap, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use qyzmet_domain::ServiceId;
use qyzmet_engine::{Finding, FindingKind, Folder, Regulation, Severity};
use qyzmet_pki::cms;
use qyzmet_store::repositories::{
    regulations::{self, Published},
    rejected,
};
use serde_json::json;

use super::{Reasons, RefreshCatalogue, reasons::note};
use crate::{Access, Cx, Error, UseCase, authority::unknown_profile, check_template, record::Record, run};

/// Publishes the folder of a service.
pub struct PublishService {
    /// What its publisher calls it, for a folder whose passport cannot be read: the folder's own name.
    pub name: String,
    /// Its files.
    pub folder: BTreeMap<String, Vec<u8>>,
}

/// Why a folder is not published.
#[derive(Debug)]
pub enum PublishError {
    /// The checker found errors.
    Findings(Vec<Finding>),
    /// No authorised employee of the owning body has a key here.
    NoKey {
        /// The body.
        owner: String,
    },
}

impl UseCase for PublishService {
    type Output = Result<(ServiceId, String), PublishError>;
    const NAME: &'static str = "publish-service";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        let folder = Folder(self.folder);
        // Trying the printed form takes a thread for a moment.
        let published = cx.app.catalogue.all(cx.app.today());
        let checked = tokio::task::spawn_blocking(move || (check(&folder, &published), folder));
        let (regulation, folder) = match checked.await.map_err(Error::fault)? {
            (Ok(regulation), folder) => (regulation, folder),
            (Err(findings), folder) => return refused(&cx, self.name, &folder, findings).await,
        };
        let owner = regulation.service.owner.clone();
        let Some(employee) = cx.app.keys.employees.get(&owner).filter(|employee| employee.may_sign(cx.now))
        else {
            let reason = Reasons::whole(format!("no key of an authorised employee of {owner}"));
            let key = (regulation.id().to_string(), folder.version().to_string());
            note(&cx, key, false, &reason).await?;
            return Ok(Err(PublishError::NoKey { owner }));
        };
        let version = folder.version().to_string();
        let signature = cms::sign(version.as_bytes(), &employee.identity, cx.now).map_err(Error::fault)?;
        let service = regulation.id().clone();
        let published = Published {
            service: service.clone(),
            version: version.clone(),
            folder: pack(&folder)?,
            owner,
            signature,
            published_at: cx.now,
        };
        cx.write(move |tx, draw| {
            regulations::insert(tx, &published)?;
            rejected::settled(tx, published.service.as_str(), &published.version)?;
            Record::of("system".to_owned(), "service-published")
                .clause("10-2016:7")
                .payload(json!({ "service": published.service, "version": published.version, "owner": published.owner }))
                .write(tx, draw)
        })
        .await?;
        run(&cx.app, &cx.caller, RefreshCatalogue).await?;
        Ok(Ok((service, version)))
    }
}

/// The versions that were published before serve on; the administrator is told why there is no newer one.
async fn refused(
    cx: &Cx,
    name: String,
    folder: &Folder,
    findings: Vec<Finding>,
) -> Result<<PublishService as UseCase>::Output, Error> {
    let service = qyzmet_engine::inspect(folder).service.map_or(name, |service| service.to_string());
    note(cx, (service, folder.version().to_string()), false, &Reasons::of(&findings)).await?;
    Ok(Err(PublishError::Findings(findings)))
}

/// Reads and checks a folder beside what is published; warnings do not keep it from being published.
fn check(folder: &Folder, published: &[Arc<Regulation>]) -> Result<Regulation, Vec<Finding>> {
    let regulation = qyzmet_engine::read(folder)?;
    let mut findings = qyzmet_engine::check(&regulation);
    findings.extend(qyzmet_engine::nesting(&regulation, published));
    findings.extend(qyzmet_engine::unpublished(&regulation, published));
    findings.extend(check_template(&regulation));
    findings.extend(check_profiles(&regulation));
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        Err(findings)
    } else {
        Ok(regulation)
    }
}

/// A form offers only certificates that the authority has a profile for.
fn check_profiles(regulation: &Regulation) -> Option<Finding> {
    let profile = unknown_profile(regulation)?;
    Some(Finding {
        severity: Severity::Error,
        kind: FindingKind::UnknownName,
        action: None,
        file: "form.toml".to_owned(),
        line: 0,
        column: 0,
        message: format!(
            "the form offers certificates by the profile `{profile}`, and there is no such profile"
        ),
    })
}

/// The folder in the form in which it is kept.
pub(crate) fn pack(folder: &Folder) -> Result<String, Error> {
    let files: BTreeMap<&String, String> =
        folder.0.iter().map(|(name, bytes)| (name, STANDARD.encode(bytes))).collect();
    serde_json::to_string(&files).map_err(Error::fault)
}

/// The folder from the form in which it is kept.
pub(crate) fn unpack(text: &str) -> Result<Folder, Error> {
    let files: BTreeMap<String, String> = serde_json::from_str(text).map_err(Error::fault)?;
    let decode = |(name, text): (String, String)| Ok((name, STANDARD.decode(text).map_err(Error::fault)?));
    Ok(Folder(files.into_iter().map(decode).collect::<Result<_, Error>>()?))
}
