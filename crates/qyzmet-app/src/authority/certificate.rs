//! The certificate of an authority, which paths are built with.

use super::Published;
use crate::{Access, Cx, Error, UseCase};

/// Shows the certificate of an authority as DER.
pub struct ShowIssuer {
    /// Name of the authority.
    pub issuer: String,
}

impl UseCase for ShowIssuer {
    type Output = Published;
    const NAME: &'static str = "show-issuer";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Published, Error> {
        let certificate = &cx.app.authority()?.issuer(&self.issuer)?.certificate;
        let (bytes, since) = (certificate.der().to_vec(), certificate.not_before());
        Ok(Published { bytes, since, until: None, now: cx.now })
    }
}
