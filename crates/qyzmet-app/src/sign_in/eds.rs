//! Signing in by electronic signature over the portal's challenge [R74-4.2].

use qyzmet_domain::{Iin, SignInMethod};
use qyzmet_pki::Signed;
use qyzmet_store::repositories::{accounts, challenges};

use super::open_session::open_session;
use crate::{Access, Cx, Error, SignatureProblem, SignedIn, UseCase, signature};

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
        let signed = signature::of_challenge(&cx.app, &content, &self.signature, cx.now)?;
        let iin = person(&signed)?;
        let (app, challenge) = (cx.app.clone(), self.challenge);
        cx.write(move |tx, draw| {
            if !challenges::take(tx, &challenge)? {
                return Err(Error::Signature(SignatureProblem::OtherContent));
            }
            let account =
                accounts::by_iin(tx, &iin)?.ok_or(Error::Signature(SignatureProblem::OtherPerson))?;
            open_session(tx, draw, &app, &account, SignInMethod::Eds)
        })
        .await
    }
}

/// Whether it can be the number of a challenge at all; not every text is one that a database can be asked about.
fn is_number(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whose certificate it is.
fn person(signed: &Signed) -> Result<Iin, Error> {
    let iin = signed.certificate.subject().iin.as_deref();
    iin.and_then(|iin| iin.parse().ok()).ok_or(Error::Signature(SignatureProblem::OtherPerson))
}
