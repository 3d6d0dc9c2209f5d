//! Signing in by electronic signature over the portal's challenge [R74-4.2].
//!
//! Failures are counted by address and by whom the certificate names. A signature cannot be guessed, and anybody can make
//! a certificate with a foreign IIN: so the right key opens the door however many wrong ones came in its name, and only
//! the wrong ones are no longer written down one by one.

use jiff::Timestamp;
use qyzmet_domain::{Iin, PersonSession, SignInMethod};
use qyzmet_pki::cms;
use qyzmet_store::{
    Tx,
    repositories::{
        accounts::{self, Account},
        challenges,
    },
};
use serde_json::json;

use super::{
    limit,
    open_session::{Proven, is_other, open_session, token_digest},
};
use crate::{Access, App, Cx, Draw, Error, SignatureProblem, SignedIn, UseCase, record::Record, signature};

/// A person returns the signed challenge.
pub struct SignInWithEds {
    /// Number of the challenge.
    pub challenge: String,
    /// Detached CMS over its exact bytes.
    pub signature: Vec<u8>,
    /// The address from which the attempt comes, for the limits.
    pub from: String,
    /// Whether it must be the person who is signed in already, and proves it anew.
    pub again: bool,
}

impl UseCase for SignInWithEds {
    type Output = SignedIn;
    const NAME: &'static str = "sign-in-with-eds";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<SignedIn, Error> {
        let address = format!("eds-from:{}", self.from);
        limit::check_address(&cx, address.clone(), "sign-in").await?;
        let content = challenge(&cx, &self.challenge).await?;
        let proven = match person(&cx, &content, &self.signature) {
            Ok(iin) => Ok(iin),
            Err(Error::Signature(problem)) => Err(problem),
            Err(other) => return Err(other),
        };
        let attempt = Attempt {
            app: cx.app.clone(),
            proven,
            owner: owner_key(&self.signature),
            address,
            former: cx.caller.session().cloned(),
            again: self.again,
        };
        let number = self.challenge;
        cx.write(move |tx, draw| {
            if !challenges::take(tx, &number)? {
                return Err(Error::Signature(SignatureProblem::OtherContent));
            }
            attempt.make(tx, draw)
        })
        .await?
        .map_err(Error::from)
    }
}

/// The exact bytes of a living challenge.
async fn challenge(cx: &Cx, number: &str) -> Result<Vec<u8>, Error> {
    let unknown = || Error::Signature(SignatureProblem::OtherContent);
    if !is_number(number) {
        return Err(unknown());
    }
    let id = number.to_owned();
    let (content, expires_at) =
        cx.read(move |tx| Ok(challenges::find(tx, &id)?)).await?.ok_or_else(unknown)?;
    if expires_at > cx.now { Ok(content) } else { Err(unknown()) }
}

/// An attempt whose signature has been looked at.
struct Attempt {
    app: App,
    proven: Result<Iin, SignatureProblem>,
    owner: Option<String>,
    address: String,
    former: Option<PersonSession>,
    again: bool,
}

/// Why an attempt that was written down did not let anybody in.
enum Refused {
    Signature(SignatureProblem),
    TooMany(Timestamp),
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Signature(problem) => Self::Signature(problem),
            Refused::TooMany(until) => Self::TooMany { until, what: "sign-in" },
        }
    }
}

impl Attempt {
    fn make(&self, tx: &mut Tx<'_>, draw: &mut Draw) -> Result<Result<SignedIn, Refused>, Error> {
        let account = match self.account(tx)? {
            Ok(account) => account,
            Err(problem) => return self.refuse(tx, draw, problem).map(Err),
        };
        if let Some(owner) = &self.owner {
            limit::clear(tx, owner)?;
        }
        let (method, former) = (SignInMethod::Eds, self.former.as_ref());
        open_session(tx, draw, &self.app, &Proven { account: &account, method, former }).map(Ok)
    }

    fn account(&self, tx: &mut Tx<'_>) -> Result<Result<Account, SignatureProblem>, Error> {
        let iin = match &self.proven {
            Ok(iin) => iin,
            Err(problem) => return Ok(Err(*problem)),
        };
        let found = accounts::by_iin(tx, iin)?;
        let may = |account: &Account| !(self.again && is_other(self.former.as_ref(), account));
        Ok(found.filter(may).ok_or(SignatureProblem::OtherPerson))
    }

    /// Journals an attempt that failed [R10-2.11]; who it was is not proven, so it is nobody's entry. It costs its
    /// challenge, so that one challenge makes one entry. That a revocation source is down is nobody's failure.
    fn refuse(&self, tx: &mut Tx<'_>, draw: &mut Draw, problem: SignatureProblem) -> Result<Refused, Error> {
        if problem != SignatureProblem::Undetermined {
            let keys = (self.owner.as_deref(), self.address.as_str());
            if let Some(until) = limit::fail(tx, keys, self.app.settings.sign_in_attempts, draw.now())? {
                return Ok(Refused::TooMany(until));
            }
        }
        Record::of("anonymous".to_owned(), "sign-in-refused")
            .clause("74-2016:4.2")
            .payload(json!({ "method": "eds", "why": problem.key() }))
            .write(tx, draw)?;
        Ok(Refused::Signature(problem))
    }
}

/// Whether it can be the number of a challenge at all; not every text is one that a database can be asked about.
fn is_number(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whose signature it is.
fn person(cx: &Cx, content: &[u8], signature: &[u8]) -> Result<Iin, Error> {
    let signed = signature::of_challenge(&cx.app, content, signature, cx.now)?;
    let iin = signed.certificate.subject().iin.as_deref();
    iin.and_then(|iin| iin.parse().ok()).ok_or(Error::Signature(SignatureProblem::OtherPerson))
}

/// Under what the failures of somebody are counted: a digest of whom the certificate names, proven or not.
fn owner_key(signature: &[u8]) -> Option<String> {
    let certificate = cms::claimed_signer(signature)?;
    let iin: Iin = certificate.subject().iin.as_deref()?.parse().ok()?;
    Some(format!("eds:{}", token_digest(iin.as_str())))
}
