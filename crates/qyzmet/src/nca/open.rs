//! Opening a founded authority for work: its key, its chain, and the numbers of its revocation lists.

use std::collections::BTreeMap;

use jiff::Timestamp;
use qyzmet_pki::{
    Certificate, Identity, Pin, Signer,
    authority::{Authority, Revoked},
};
use secrecy::{ExposeSecret, SecretString};

use super::{
    NcaError,
    folder::{BEGUN, CEREMONY, Folder, RECORD, Readers, STATE, replace},
    keys,
    plan::{KeyPlace, Plan, Planned},
    record::{self, Begun, CertificateRecord, Record, State},
    secret::Secrets,
};
use crate::files;

/// A founded authority: all that is public of it, read and compared with its record.
#[derive(Clone, Debug)]
pub struct Nca {
    folder: Folder,
    plan: Plan,
    record: Record,
    certificates: BTreeMap<String, Certificate>,
}

impl Nca {
    /// Reads the folder.
    ///
    /// # Errors
    /// When no ceremony was finished here, or a file is not the one that was recorded.
    pub fn open(folder: &Folder) -> Result<Self, NcaError> {
        let path = folder.file(RECORD);
        let record = record::read::<Record>(&path)?.ok_or_else(|| NcaError::file(&path, "is not there"))?;
        let plan = Plan::read(&folder.file(CEREMONY))?;
        if plan.sha256 != record.ceremony_sha256 {
            return Err(NcaError::file(&folder.file(CEREMONY), "is not the file of the record"));
        }
        let mut certificates = BTreeMap::new();
        for made in &record.certificates {
            certificates.insert(made.name.clone(), certificate(folder, made)?);
        }
        Ok(Self { folder: folder.clone(), plan, record, certificates })
    }

    /// What was recorded.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The checked plan of its ceremony.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// A certificate that the ceremony made.
    #[must_use]
    pub fn certificate(&self, name: &str) -> Option<&Certificate> {
        self.certificates.get(name)
    }

    /// The latest revocation list of an authority in the folder, with its number.
    ///
    /// # Errors
    /// When the list or its number cannot be read.
    pub fn list(&self, name: &str) -> Result<(u64, Vec<u8>), NcaError> {
        let path = self.folder.file(STATE);
        let state = record::read::<State>(&path)?.ok_or_else(|| NcaError::file(&path, "is not there"))?;
        let number = state.list_numbers.get(name).copied();
        let number = number.ok_or_else(|| NcaError::file(&path, "knows no such authority"))?;
        let list = self.folder.list(name);
        let bytes = files::bytes(&list).map_err(|error| NcaError::file(&list, error.why))?;
        Ok((number, bytes))
    }

    /// A key with its chain, opened with the secret that the ceremony file names.
    ///
    /// # Errors
    /// When there is no such name or no secret, or the key does not open.
    pub fn open_identity(&self, name: &str, secrets: &mut Secrets<'_>) -> Result<Identity, NcaError> {
        let source = match &self.planned(name)?.place {
            KeyPlace::File(source) => source,
            KeyPlace::Token(token) => {
                let token = self.plan.tokens.get(token);
                &token.ok_or_else(|| NcaError::file(&self.folder.file(CEREMONY), "is damaged"))?.pin
            }
        };
        let secret = secrets.get(source)?;
        self.identity(name, &secret)
    }

    /// A key with its chain. `secret` is the passphrase of the file, or the PIN of the token, which is not touched before the
    /// first signature.
    ///
    /// # Errors
    /// When there is no such name, or the key does not open.
    pub fn identity(&self, name: &str, secret: &SecretString) -> Result<Identity, NcaError> {
        let planned = self.planned(name)?;
        let chain = self.chain(planned);
        let own =
            chain.first().ok_or_else(|| NcaError::file(&self.folder.certificate(name), "is not there"))?;
        let signer = match &planned.place {
            KeyPlace::File(_) => keys::open_file(&self.folder, name, secret)?,
            KeyPlace::Token(token) => self.in_token(name, token, secret, own)?,
        };
        if signer.public_key_der() != own.public_key_der() {
            return Err(NcaError::file(&self.folder.key(name), "is the key of another certificate"));
        }
        Ok(Identity { signer, chain })
    }

    /// Signs the next revocation list of an authority. Its number is taken before: a crash leaves a gap, never two lists with
    /// one number.
    ///
    /// # Errors
    /// When the key does not open, or the disk refuses.
    pub fn sign_list(
        &self,
        name: &str,
        secret: &SecretString,
        entries: &[Revoked],
        this_update: Timestamp,
        next_update: Timestamp,
    ) -> Result<Vec<u8>, NcaError> {
        let identity = self.identity(name, secret)?;
        let _lock = self.folder.make()?;
        let path = self.folder.file(STATE);
        let mut state = record::read::<State>(&path)?.ok_or_else(|| NcaError::file(&path, "is not there"))?;
        let number = state.list_numbers.get_mut(name);
        let number = number.ok_or_else(|| NcaError::file(&path, "knows no such authority"))?;
        *number += 1;
        let number = *number;
        replace(&path, &record::bytes(&path, &state)?, Readers::All)?;
        let list = Authority::new(identity).crl(entries, this_update, next_update, number);
        let list = list.map_err(NcaError::list(name))?;
        replace(&self.folder.list(name), &list, Readers::All)?;
        Ok(list)
    }

    fn planned(&self, name: &str) -> Result<&Planned, NcaError> {
        self.plan.named(name).ok_or_else(|| NcaError::file(&self.folder.certificate(name), "is not there"))
    }

    /// Own certificate first, then its issuers.
    fn chain(&self, planned: &Planned) -> Vec<Certificate> {
        let mut chain = Vec::new();
        let mut next = Some(planned);
        while let Some(planned) = next {
            chain.extend(self.certificates.get(&planned.name).cloned());
            next = planned.issuer.as_deref().and_then(|issuer| self.plan.named(issuer));
        }
        chain
    }

    fn in_token(
        &self,
        name: &str,
        token: &str,
        pin: &SecretString,
        own: &Certificate,
    ) -> Result<Signer, NcaError> {
        let path = self.folder.file(BEGUN);
        let damaged = || NcaError::file(&path, "is damaged");
        let begun = record::read::<Begun>(&path)?.ok_or_else(damaged)?;
        let id =
            begun.drawn.get(name).and_then(|drawn| hex::decode(&drawn.key_id).ok()).ok_or_else(damaged)?;
        let token = self.plan.tokens.get(token).ok_or_else(damaged)?;
        let key = token.key(name, Some(&id), Pin::new(pin.expose_secret().to_owned()));
        Signer::in_token(key, own.public_key_der()).map_err(NcaError::key(name))
    }
}

fn certificate(folder: &Folder, made: &CertificateRecord) -> Result<Certificate, NcaError> {
    let path = folder.certificate(&made.name);
    let found = files::certificate(&path).map_err(|error| NcaError::file(&path, error.why))?;
    if found.fingerprint() == made.certificate_sha256 {
        Ok(found)
    } else {
        Err(NcaError::file(&path, "is not the certificate of the record"))
    }
}
