//! Results: signed by an authorised employee, sealed, numbered, and open to everybody's check.

mod content;
mod download;
mod issue;
mod proof;
#[cfg(feature = "print")]
mod regulation;
#[cfg(feature = "print")]
mod sample;
mod show;
mod template;
mod verify;

#[cfg(feature = "print")]
pub(crate) use download::not_printed;
pub use download::{DownloadResult, ResultPart};
pub(crate) use issue::{CompleteResult, sign};
pub use proof::ProofView;
#[cfg(feature = "print")]
pub use regulation::print_regulation;
pub use show::{ResultView, ShowResult, SignerView};
pub use template::check_template;
pub use verify::{Verification, VerificationOutcome, VerifyDocument, VerifyNumber};
