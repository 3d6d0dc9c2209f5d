//! Carrying a ceremony out, step by step. After a crash the same command goes on where it was: what is there is found, what
//! is missing is made, and no name ever gets a second key.

use std::collections::BTreeMap;

use jiff::Timestamp;
use qyzmet_pki::Identity;

use super::{
    NcaError, approval,
    approval::Approval,
    folder::{BEGUN, CEREMONY, Folder, RECORD, Readers, STATE, ensure, put_new, replace},
    keys,
    plan::{Plan, Planned},
    record::{self, ApproverRecord, Begun, CertificateRecord, Drawn, FORMAT, Record, State},
    secret::Secrets,
    work::Work,
};

/// Number of the first, empty revocation list.
pub(super) const FIRST_LIST: u64 = 1;

/// A ceremony to carry out.
#[derive(Debug)]
pub struct Ceremony<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Signatures of the approvers.
    pub signatures: &'a [Vec<u8>],
    /// The moment.
    pub now: Timestamp,
    /// Whether the report is printed; the demonstration does without.
    pub printed: bool,
}

/// What a ceremony has made.
#[derive(Debug)]
pub struct Founded {
    /// The record, as it stands in the folder.
    pub record: Record,
    /// Keys with their chains by name, still open.
    pub identities: BTreeMap<String, Identity>,
}

/// What comes next; told before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Serial numbers are drawn and written down, or found.
    Begin,
    /// The plan and its approvals are kept.
    Keep,
    /// A key is made, or found.
    Key(&'a str),
    /// A certificate is issued, or found.
    Certificate(&'a str),
    /// A first revocation list is signed, or found.
    List(&'a str),
    /// The numbers that go on are written.
    State,
    /// The report is printed.
    Report,
    /// The record is written: the ceremony is over.
    Record,
}

impl Ceremony<'_> {
    /// Carries it out in a folder. `random` fills a buffer with random bytes; `tell` hears of each step before it is done.
    ///
    /// # Errors
    /// [`NcaError`]; calling again goes on, or is refused for the same reason.
    pub fn carry_out(
        &self,
        folder: &Folder,
        random: &dyn Fn(&mut [u8]) -> Result<(), NcaError>,
        tell: &mut dyn FnMut(Step<'_>),
    ) -> Result<Founded, NcaError> {
        let approvals = approval::approvals(self.plan, self.signatures, self.now)?;
        let _lock = folder.make()?;
        if folder.file(RECORD).exists() {
            return Err(NcaError::Finished(folder.root().to_owned()));
        }
        let mut secrets = Secrets::at(&self.plan.folder);
        let begun = self.begin(folder, random, &mut secrets, tell)?;
        tell(Step::Keep);
        self.keep(folder, &approvals)?;
        let mut made: Vec<(&Planned, Identity)> = Vec::new();
        for planned in &self.plan.certificates {
            let issuer = made.iter().find(|(above, _)| Some(&above.name) == planned.issuer.as_ref());
            let issuer = issuer.map(|(_, identity)| identity);
            let work = Work { folder, plan: self.plan, planned, begun: &begun };
            let identity = work.make(issuer, &mut secrets, tell)?;
            made.push((planned, identity));
        }
        let record = self.finish(folder, &begun, &approvals, &made, tell)?;
        let identities =
            made.into_iter().map(|(planned, identity)| (planned.name.clone(), identity)).collect();
        Ok(Founded { record, identities })
    }

    /// Finds what an earlier run has drawn, or draws.
    fn begin(
        &self,
        folder: &Folder,
        random: &dyn Fn(&mut [u8]) -> Result<(), NcaError>,
        secrets: &mut Secrets<'_>,
        tell: &mut dyn FnMut(Step<'_>),
    ) -> Result<Begun, NcaError> {
        tell(Step::Begin);
        let path = folder.file(BEGUN);
        if let Some(begun) = record::read::<Begun>(&path)? {
            let same = begun.format == FORMAT && begun.ceremony_sha256 == self.plan.sha256;
            return if same { Ok(begun) } else { Err(NcaError::Foreign(folder.root().to_owned())) };
        }
        if folder.holds_something()? {
            return Err(NcaError::Foreign(folder.root().to_owned()));
        }
        keys::refuse_existing(self.plan, secrets)?;
        let mut begun = Begun {
            format: FORMAT,
            ceremony_sha256: self.plan.sha256.clone(),
            // Certificates know whole seconds only.
            at: Timestamp::from_second(self.now.as_second()).unwrap_or(self.now),
            drawn: BTreeMap::new(),
        };
        for planned in &self.plan.certificates {
            let (mut serial, mut key_id) = ([0; 20], [0; 16]);
            random(&mut serial)?;
            random(&mut key_id)?;
            let drawn = Drawn { serial: hex::encode(serial), key_id: hex::encode(key_id) };
            begun.drawn.insert(planned.name.clone(), drawn);
        }
        put_new(&path, &record::bytes(&path, &begun)?, Readers::All)?;
        Ok(begun)
    }

    fn keep(&self, folder: &Folder, approvals: &[Approval]) -> Result<(), NcaError> {
        ensure(&folder.file(CEREMONY), &self.plan.bytes, Readers::All)?;
        for approval in approvals {
            let name: String = approval.certificate.fingerprint().chars().take(16).collect();
            replace(&folder.file(&format!("approvals/{name}.p7s")), &approval.signature, Readers::All)?;
        }
        Ok(())
    }

    fn finish(
        &self,
        folder: &Folder,
        begun: &Begun,
        approvals: &[Approval],
        made: &[(&Planned, Identity)],
        tell: &mut dyn FnMut(Step<'_>),
    ) -> Result<Record, NcaError> {
        tell(Step::State);
        let authorities = made.iter().filter(|(planned, _)| planned.duty.is_authority());
        let list_numbers = authorities.map(|(planned, _)| (planned.name.clone(), FIRST_LIST)).collect();
        let path = folder.file(STATE);
        ensure(&path, &record::bytes(&path, &State { format: FORMAT, list_numbers })?, Readers::All)?;
        let record = Record {
            format: FORMAT,
            title: self.plan.title.clone(),
            ceremony_sha256: self.plan.sha256.clone(),
            begun_at: begun.at,
            ended_at: self.now,
            product: env!("CARGO_PKG_VERSION").to_owned(),
            approvers: approvals.iter().map(ApproverRecord::of).collect(),
            certificates: made
                .iter()
                .filter_map(|(planned, made)| CertificateRecord::of(planned, made))
                .collect(),
        };
        if self.printed {
            tell(Step::Report);
            print(folder, &record)?;
        }
        tell(Step::Record);
        let path = folder.file(RECORD);
        put_new(&path, &record::bytes(&path, &record)?, Readers::All)?;
        Ok(record)
    }
}

#[cfg(feature = "print")]
fn print(folder: &Folder, record: &Record) -> Result<(), NcaError> {
    super::report::write(folder, record)
}

/// This build prints nothing; the record is complete without the report.
#[cfg(not(feature = "print"))]
fn print(_: &Folder, _: &Record) -> Result<(), NcaError> {
    Ok(())
}
