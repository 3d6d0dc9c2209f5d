//! Verifying the signatures of people: always before a write, against the trust of the moment.

use jiff::Timestamp;
use qyzmet_pki::{
    Invalid, Signed, Verdict,
    cms::{self, Expect},
};

use crate::{App, Error, SignatureProblem};

/// Verifies a signature over a document: the certificate must be one for signing.
///
/// # Errors
/// [`Error::Signature`] with the one thing that the person can do something about.
pub(crate) fn of_document(
    app: &App,
    content: &[u8],
    signature: &[u8],
    at: Timestamp,
) -> Result<Box<Signed>, Error> {
    accept(cms::verify(content, signature, &app.trust.load(), Expect::sign(), at))
}

/// Verifies a signature over a challenge: a certificate for signing in, or, as one key serves both since 2024, for signing.
///
/// # Errors
/// As [`of_document`].
pub(crate) fn of_challenge(
    app: &App,
    content: &[u8],
    signature: &[u8],
    at: Timestamp,
) -> Result<Box<Signed>, Error> {
    let trust = app.trust.load();
    match cms::verify(content, signature, &trust, Expect::auth(), at) {
        Verdict::Invalid(Invalid::WrongPurpose { .. }) => {
            accept(cms::verify(content, signature, &trust, Expect::sign(), at))
        }
        verdict => accept(verdict),
    }
}

fn accept(verdict: Verdict) -> Result<Box<Signed>, Error> {
    match verdict {
        Verdict::Valid(signed) => Ok(signed),
        other => Err(Error::Signature(SignatureProblem::of(&other).unwrap_or(SignatureProblem::Malformed))),
    }
}
