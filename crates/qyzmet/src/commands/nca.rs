//! `qyzmet nca`: founding an authority by a ceremony, and moving it to another machine.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use qyzmet_app::Clock;
use qyzmet_pki::pkcs12;
use secrecy::ExposeSecret;

use super::{Failure, say};
use crate::{
    files,
    nca::{
        NcaError, archive,
        ceremony::{Ceremony, Step},
        folder::Folder,
        plan::{KeyPlace, Plan},
        secret::Source,
    },
};

/// The certification authority.
#[derive(Debug, Subcommand)]
pub enum Nca {
    /// Reads a ceremony file, says what it would make, and the SHA-256 that approvers compare.
    Check {
        /// The ceremony file.
        #[arg(long)]
        ceremony: PathBuf,
    },
    /// Founds an authority by an approved ceremony file; after a crash the same command goes on.
    Init(Init),
    /// Writes an authority into one encrypted and signed archive.
    Export(Export),
    /// Takes an authority from an archive into a new folder.
    Import(Import),
}

/// Founds an authority.
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The ceremony file.
    #[arg(long)]
    ceremony: PathBuf,
    /// A detached signature over the ceremony file; one per approver.
    #[arg(long, required = true)]
    approval: Vec<PathBuf>,
    /// The folder of the new authority.
    #[arg(long)]
    out: PathBuf,
}

/// Writes an archive.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The folder of the authority.
    #[arg(long)]
    folder: PathBuf,
    /// The new archive.
    #[arg(long)]
    to: PathBuf,
    /// File with the passphrase of the archive; `/dev/fd/3` for a descriptor.
    #[arg(long)]
    passphrase_file: PathBuf,
    /// Key file (PKCS#12) of the person who exports.
    #[arg(long)]
    signer: PathBuf,
    /// File with the password of that key file.
    #[arg(long)]
    signer_password_file: PathBuf,
}

/// Takes an archive in.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The archive.
    #[arg(long)]
    from: PathBuf,
    /// The folder of the authority; it must not be there.
    #[arg(long)]
    folder: PathBuf,
    /// File with the passphrase of the archive; `/dev/fd/3` for a descriptor.
    #[arg(long)]
    passphrase_file: PathBuf,
    /// Certificate of the person who has exported.
    #[arg(long)]
    signed_by: PathBuf,
}

impl Nca {
    /// Does it.
    pub(super) fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Check { ceremony } => check(ceremony),
            Self::Init(init) => init.run(),
            Self::Export(export) => export.run(),
            Self::Import(import) => import.run(),
        }
    }
}

fn check(path: &Path) -> Result<(), Failure> {
    let plan = Plan::read(path)?;
    say(&format!("{}: SHA-256 {}", plan.title, plan.sha256));
    for planned in &plan.certificates {
        let place = match &planned.place {
            KeyPlace::File(_) => "an encrypted file".to_owned(),
            KeyPlace::Token(token) => format!("the token {token}"),
        };
        let issuer = planned.issuer.as_deref().unwrap_or("itself");
        let (name, duty, days) = (&planned.name, planned.duty.as_str(), planned.days);
        let kind = planned.kind_word();
        say(&format!("  {name} ({duty}, {kind}) in {place}, issued by {issuer} for {days} days"));
    }
    for approver in &plan.approvers {
        say(&format!("  may approve: {}, {}", approver.name, approver.certificate_sha256));
    }
    Ok(())
}

impl Init {
    fn run(&self) -> Result<(), Failure> {
        let plan = Plan::read(&self.ceremony)?;
        let signatures =
            self.approval.iter().map(|path| files::bytes(path)).collect::<Result<Vec<_>, _>>()?;
        let folder = Folder::new(&self.out);
        let now = Clock::default().now();
        let ceremony =
            Ceremony { plan: &plan, signatures: &signatures, now, printed: cfg!(feature = "print") };
        let founded = ceremony.carry_out(&folder, &random, &mut |step| say(&words(step)))?;
        for made in &founded.record.certificates {
            say(&format!("  {}: SHA-256 {}", made.name, made.certificate_sha256));
        }
        say(&format!("the authority is in {}", self.out.display()));
        Ok(())
    }
}

fn words(step: Step<'_>) -> String {
    match step {
        Step::Begin => "drawing serial numbers".to_owned(),
        Step::Keep => "keeping the ceremony file and its approvals".to_owned(),
        Step::Key(name) => format!("{name}: key"),
        Step::Certificate(name) => format!("{name}: certificate"),
        Step::List(name) => format!("{name}: first revocation list"),
        Step::State => "writing the numbers that go on".to_owned(),
        Step::Report => "printing the report".to_owned(),
        Step::Record => "writing the record".to_owned(),
    }
}

/// Random bytes of the operating system.
pub(super) fn random(bytes: &mut [u8]) -> Result<(), NcaError> {
    let failed = |_| NcaError::File { path: "/dev/urandom".into(), why: "gives no randomness".to_owned() };
    aws_lc_rs::rand::fill(bytes).map_err(failed)
}

impl Export {
    fn run(&self) -> Result<(), Failure> {
        let passphrase = read(&self.passphrase_file)?;
        let password = read(&self.signer_password_file)?;
        let signer = pkcs12::read(&files::bytes(&self.signer)?, password.expose_secret())?;
        let mut drawn = [0; 23];
        random(&mut drawn)?;
        let (folder, now) = (Folder::new(&self.folder), Clock::default().now());
        archive::export(&folder, &self.to, &passphrase, &signer, &drawn, now)?;
        say(&format!("the authority is in {}; only one machine may go on with it", self.to.display()));
        Ok(())
    }
}

impl Import {
    fn run(&self) -> Result<(), Failure> {
        let passphrase = read(&self.passphrase_file)?;
        let exporter = files::certificate(&self.signed_by)?;
        let folder = Folder::new(&self.folder);
        let nca = archive::import(&self.from, &folder, &passphrase, &exporter, Clock::default().now())?;
        for made in &nca.record().certificates {
            say(&format!("  {} ({}): SHA-256 {}", made.name, made.key_place, made.certificate_sha256));
        }
        say(&format!("the authority is in {}", self.folder.display()));
        Ok(())
    }
}

fn read(path: &Path) -> Result<secrecy::SecretString, NcaError> {
    Source::File(path.to_owned()).read(Path::new(""))
}
