//! `qyzmet certificate`: hold, release and revocation at the console, for when no operator's desk can be reached.

use clap::{Args, Subcommand, ValueEnum};
use qyzmet_app::{
    authority::{ChangeCertificate, Changed, Step},
    run,
};
use qyzmet_domain::Caller;
use qyzmet_pki::{Reason, SerialNumber};

use super::{At, Failure, say};
use crate::wire::wire;

/// Who acts, as the journal writes it.
const ACTOR: &str = "console";

/// The state of a certificate.
#[derive(Debug, Subcommand)]
pub enum Certificate {
    /// Puts a certificate on hold; it may come back.
    Hold(Which),
    /// Takes a certificate back from hold.
    Release(Which),
    /// Revokes a certificate for ever.
    Revoke {
        /// Which.
        #[command(flatten)]
        which: Which,
        /// Why.
        #[arg(long)]
        reason: Why,
    },
}

/// Which certificate, and by which clause.
#[derive(Debug, Args)]
pub struct Which {
    /// Name of the issuing authority in its ceremony.
    #[arg(long, default_value = "ca")]
    issuer: String,
    /// Serial number in hexadecimal digits.
    #[arg(long)]
    serial: String,
    /// By which clause.
    #[arg(long, default_value = "839-2012:T5.9")]
    clause: String,
    /// Configuration.
    #[command(flatten)]
    at: At,
}

/// Reasons for which a certificate is revoked (RFC 5280 section 5.3.1).
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Why {
    /// None is given.
    Unspecified,
    /// The private key is no longer only in the holder's hands.
    KeyCompromise,
    /// The holder's name or role changed.
    AffiliationChanged,
    /// A newer certificate takes its place.
    Superseded,
    /// No longer needed.
    CessationOfOperation,
    /// A privilege was withdrawn.
    PrivilegeWithdrawn,
}

impl From<Why> for Reason {
    fn from(why: Why) -> Self {
        match why {
            Why::Unspecified => Self::Unspecified,
            Why::KeyCompromise => Self::KeyCompromise,
            Why::AffiliationChanged => Self::AffiliationChanged,
            Why::Superseded => Self::Superseded,
            Why::CessationOfOperation => Self::CessationOfOperation,
            Why::PrivilegeWithdrawn => Self::PrivilegeWithdrawn,
        }
    }
}

impl Certificate {
    /// Does it, and says what became of it; what is impossible is an error.
    pub(super) async fn run(self) -> Result<(), Failure> {
        let (which, step) = match self {
            Self::Hold(which) => (which, Step::Hold),
            Self::Release(which) => (which, Step::Release),
            Self::Revoke { which, reason } => {
                (which, Step::Revoke { reason: reason.into(), suspect_since: None })
            }
        };
        let wired = wire(&which.at.load()?).await?;
        let change = ChangeCertificate {
            serial: serial(&which.serial)?,
            issuer: which.issuer,
            step,
            actor: ACTOR.to_owned(),
            clause: which.clause,
        };
        let changed = run(&wired.app, &Caller::System, change).await?;
        wired.app.store.clone().close().await;
        match changed {
            Changed::Done(entry) => say(&format!("done; the journal entry is {entry}")),
            Changed::Already => say("it was so already"),
            Changed::Impossible => return Err("no way leads there: what is revoked stays revoked".into()),
        }
        Ok(())
    }
}

/// The content of the INTEGER for digits without a sign.
fn serial(digits: &str) -> Result<Vec<u8>, Failure> {
    let even = if digits.len().is_multiple_of(2) { digits.to_owned() } else { format!("0{digits}") };
    let bytes = hex::decode(even).map_err(|_| "the serial number is not hexadecimal")?;
    let serial = SerialNumber::new(&[&[0], &bytes[..]].concat()).ok_or("the serial number is too long")?;
    Ok(serial.as_bytes().to_vec())
}
