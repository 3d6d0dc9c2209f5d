//! Signing in by electronic signature over the portal's challenge [R74-4.2].

use qyzmet_domain::{Iin, SignInMethod};
use qyzmet_store::{
    Tx,
    repositories::{accounts, challenges},
};
use serde_json::json;

use super::open_session::open_session;
use crate::{Access, Cx, Draw, Error, SignatureProblem, SignedIn, UseCase, record::Record, signature};

/// A person returns the signed challenge.
pub struct SignInWithEds {
    /// Number of the challenge.
    pub challenge: String,
    /// Detached CMS over its exact bytes.
    pub signature: Vec<u8>,
    /// The address from which the attempt comes.
    pub from: String,
}

impl UseCase for SignInWithEds {
    type Output = SignedIn;
    const NAME: &'static str = "sign-in-with-eds";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<SignedIn, Error> {
        if !is_number(&self.challenge) {
            return Err(Error::Signature(SignatureProblem::OtherContent));
        }
        let id = self.challenge.clone();
        let found = cx.read(move |tx| Ok(challenges::find(tx, &id)?)).await?;
        let (content, expires_at) = found.ok_or(Error::Signature(SignatureProblem::OtherContent))?;
        if expires_at <= cx.now {
            return Err(Error::Signature(SignatureProblem::OtherContent));
        }
        let proven = match person(&cx, &content, &self.signature) {
            Ok(iin) => Ok(iin),
            Err(Error::Signature(problem)) => Err(problem),
            Err(other) => return Err(other),
        };
        let (app, challenge) = (cx.app.clone(), self.challenge);
        let outcome = cx.write(move |tx, draw| {
            if !challenges::take(tx, &challenge)? {
                return Err(Error::Signature(SignatureProblem::OtherContent));
            }
            let account = match &proven {
                Ok(iin) => accounts::by_iin(tx, iin)?.ok_or(SignatureProblem::OtherPerson),
                Err(problem) => Err(*problem),
            };
            match account {
                Ok(account) => open_session(tx, draw, &app, &account, SignInMethod::Eds).map(Ok),
                Err(problem) => refuse(tx, draw, problem).map(|()| Err(problem)),
            }
        });
        outcome.await?.map_err(Error::Signature)
    }
}

/// Journals an attempt that failed [R10-2.11]; who it was is not proven, so it is nobody's entry. It costs its challenge,
/// so that one challenge makes one entry.
fn refuse(tx: &mut Tx<'_>, draw: &mut Draw, problem: SignatureProblem) -> Result<(), Error> {
    Record::of("anonymous".to_owned(), "sign-in-refused")
        .clause("74-2016:4.2")
        .payload(json!({ "method": "eds", "why": problem.key() }))
        .write(tx, draw)?;
    Ok(())
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
