//! The person's own certificates, with the services that renew and revoke them.

use askama::Template;
use qyzmet_app::authority::{CertificateView, ListCertificates};

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
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
    page(&Certificates { f: visit.frame("certificates-title"), certificates })
}
