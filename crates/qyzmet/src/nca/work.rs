//! The work of a ceremony at one certificate: its key, the certificate itself, and an authority's first revocation list. What an
//! earlier run has made is found.

use jiff::SignedDuration;
use qyzmet_pki::{
    Certificate, Identity, Signer,
    authority::{Authority, Serial, Validity},
};

use super::{
    NcaError,
    ceremony::{FIRST_LIST, Step},
    folder::{BEGUN, Folder, Readers, put_new},
    keys,
    plan::{Plan, Planned},
    profile,
    record::{Begun, Drawn},
    secret::Secrets,
};
use crate::files;

/// Clocks of others may be behind ours by so much.
const BEFORE: SignedDuration = SignedDuration::from_mins(5);

/// The work at one certificate.
pub(super) struct Work<'a> {
    pub(super) folder: &'a Folder,
    pub(super) plan: &'a Plan,
    pub(super) planned: &'a Planned,
    pub(super) begun: &'a Begun,
}

impl Work<'_> {
    /// Makes or finds everything; the answer is the open key with its chain.
    pub(super) fn make(
        &self,
        issuer: Option<&Identity>,
        secrets: &mut Secrets<'_>,
        tell: &mut dyn FnMut(Step<'_>),
    ) -> Result<Identity, NcaError> {
        let name = &self.planned.name;
        let drawn = self.begun.drawn.get(name).and_then(Drawn::read);
        let (serial, key_id) = drawn.ok_or_else(|| NcaError::file(&self.folder.file(BEGUN), "is damaged"))?;
        tell(Step::Key(name));
        let signer = keys::make_or_find(self.folder, self.plan, self.planned, &key_id, secrets)?;
        tell(Step::Certificate(name));
        let identity = self.certify(signer, issuer, serial)?;
        if let Some(days) = self.planned.list_days {
            tell(Step::List(name));
            self.list(&identity, days)?;
        }
        Ok(identity)
    }

    /// The certificate that is there, when it is the planned one for this key; otherwise a new one.
    fn certify(
        &self,
        signer: Signer,
        issuer: Option<&Identity>,
        serial: Serial,
    ) -> Result<Identity, NcaError> {
        let path = self.folder.certificate(&self.planned.name);
        let above = issuer.map(|issuer| issuer.chain.clone()).unwrap_or_default();
        if path.exists() {
            let found: Certificate =
                files::certificate(&path).map_err(|error| NcaError::file(&path, error.why))?;
            if found.public_key_der() != signer.public_key_der() {
                return Err(NcaError::file(&path, "is the certificate of another key"));
            }
            return Ok(Identity { signer, chain: [vec![found], above].concat() });
        }
        let validity =
            self.validity(self.planned.days).ok_or_else(|| NcaError::file(&path, "ends too late"))?;
        let chain = profile::certify(self.planned, &signer, issuer, serial, validity)?;
        let pem = chain.first().map(Certificate::pem).unwrap_or_default();
        put_new(&path, pem.as_bytes(), Readers::All)?;
        Ok(Identity { signer, chain })
    }

    fn list(&self, identity: &Identity, days: u32) -> Result<(), NcaError> {
        let path = self.folder.list(&self.planned.name);
        if path.exists() {
            return Ok(());
        }
        let next = self.validity(days).ok_or_else(|| NcaError::file(&path, "ends too late"))?.not_after;
        let list = Authority::new(identity.clone()).crl(&[], self.begun.at, next, FIRST_LIST);
        put_new(&path, &list.map_err(NcaError::list(&self.planned.name))?, Readers::All)
    }

    /// From a little before the beginning, for so many days: what is issued for a year lasts no longer than a year.
    fn validity(&self, days: u32) -> Option<Validity> {
        let length = SignedDuration::from_hours(24 * i64::from(days));
        let not_before = self.begun.at.checked_sub(BEFORE).ok()?;
        Some(Validity { not_before, not_after: not_before.checked_add(length).ok()? })
    }
}
