//! The person's own certificates, with the services that renew and revoke them.

use askama::Template;
use qyzmet_app::{
    Error,
    authority::{CertificateView, ListCertificates, RenewCertificate},
};

use crate::{
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page},
};

/// The certificates [R839-8.P1].
#[derive(Template)]
#[template(path = "screens/cabinet/certificates.html")]
pub(crate) struct Certificates {
    pub(crate) f: Frame,
    pub(crate) certificates: Vec<CertificateView>,
}

/// `GET /cabinet/certificates`
pub(crate) async fn show(visit: Visit) -> Answer {
    let certificates = visit.run(ListCertificates).await?;
    page(&Certificates { f: visit.cabinet_frame("certificates-title").await?, certificates })
}

/// `POST /cabinet/certificates`: the button of the banner begins the renewal at its first unanswered question. What can no
/// longer be renewed is shown as it stands now.
pub(crate) async fn renew(visit: Visit, mut sent: Sent) -> Answer {
    match visit.run(RenewCertificate { serial: sent.take("serial") }).await {
        Ok(case) => go(&format!("/requests/{case}")),
        Err(Error::NotFound) => go("/cabinet/certificates"),
        Err(error) => Err(error.into()),
    }
}
