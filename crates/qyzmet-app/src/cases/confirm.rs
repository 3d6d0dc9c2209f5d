//! A person confirms the request with what the class of the service asks: the code, the signature, or both.

use jiff::Timestamp;
use qyzmet_domain::{CaseId, DocumentId, Iin, Locale, Means, otp::CodeRefused};
use qyzmet_engine::{Case, Command, Denial, Proof, Regulation, Waiting, waiting};
use qyzmet_pki::Signed;
use qyzmet_store::{Tx, documents::Prepared, repositories::cases::CaseRow};
use serde_json::json;

use super::{
    advance::{Work, advance},
    code,
    document::request_document,
    load::{owned, parse, regulation_of},
    seen::Seen,
};
use crate::{Access, Cx, Draw, Error, SignatureProblem, UseCase, record::Record, signature};

/// Confirms a request.
pub struct ConfirmRequest {
    /// Which case.
    pub case: CaseId,
    /// What the page showed.
    pub seen: Seen,
    /// The code from the message, as typed.
    pub code: Option<String>,
    /// Detached CMS over the exact bytes of the request.
    pub signature: Option<Vec<u8>>,
}

/// The request is accepted.
pub struct Confirmed {
    /// Its number.
    pub request_number: String,
    /// When the statutory term ends.
    pub due_at: Option<Timestamp>,
}

impl UseCase for ConfirmRequest {
    type Output = Confirmed;
    const NAME: &'static str = "confirm-request";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<Confirmed, Error> {
        let (account, id) = (cx.account()?, self.case);
        let row = cx.read(move |tx| owned(tx, account, id)).await?;
        let regulation = regulation_of(&cx.app, &row)?;
        let case = parse(&row)?;
        let (action, means) = asked(&regulation, &case)?;
        self.seen.still(&case, action)?;
        let document = request_document(&regulation, &case);
        let signer = match self.signed(&cx, &means, &document) {
            Ok(signer) => signer,
            Err(error) => return Err(journal_refusal(&cx, &row, error).await),
        };
        let ready = self.ready(&cx, &document, signer.as_deref()).await?;
        let given = given(&means, signer.is_some());
        let due_at = due(&regulation, cx.now);
        let (app, actor) = (cx.app.clone(), cx.caller.actor());
        let outcome = cx
            .write(move |tx, draw| {
                let row = owned(tx, account, id)?;
                let work =
                    Work { app: &app, regulation: &regulation, actor: &actor, locale: Locale::Kk, above: 0 };
                let attempt =
                    Attempt { seen: self.seen, given: &given, typed: self.code.as_deref(), ready: &ready };
                attempt.make(tx, draw, &work, row)
            })
            .await?;
        cx.app.tell(id);
        let request_number = outcome.map_err(Error::Code)?;
        Ok(Confirmed { request_number, due_at })
    }
}

impl ConfirmRequest {
    /// Verifies the signature, if one is asked for or given in place of a code [R10-A1.1.4], outside the write.
    fn signed(&self, cx: &Cx, means: &[Means], document: &[u8]) -> Result<Option<Box<Signed>>, Error> {
        let instead = self.signature.is_some() && means.iter().any(|means| Means::Eds.stands_for(*means));
        if !means.contains(&Means::Eds) && !instead {
            return Ok(None);
        }
        let cms = self.signature.as_deref().ok_or(Error::Signature(SignatureProblem::Malformed))?;
        let signed = signature::of_document(&cx.app, document, cms, cx.now)?;
        let owner = cx.caller.session().map(|session| &session.iin);
        let signer: Option<Iin> =
            signed.certificate.subject().iin.as_deref().and_then(|iin| iin.parse().ok());
        if signer.is_some() && signer.as_ref() == owner {
            Ok(Some(signed))
        } else {
            Err(Error::Signature(SignatureProblem::OtherPerson))
        }
    }

    /// Makes document and signature ready to be kept by the write that names them.
    async fn ready(&self, cx: &Cx, document: &[u8], signer: Option<&Signed>) -> Result<Ready, Error> {
        let documents = &cx.app.documents;
        let signature = match (&self.signature, signer) {
            (Some(cms), Some(_)) => Some(documents.prepare(cms).await?),
            _ => None,
        };
        Ok(Ready {
            id: DocumentId::of(document),
            document: documents.prepare(document).await?,
            signature,
            signer: signer.map(|signed| signed.certificate.fingerprint()),
        })
    }
}

/// What the write keeps and names.
struct Ready {
    id: DocumentId,
    document: Prepared,
    signature: Option<Prepared>,
    signer: Option<String>,
}

/// One try to confirm.
struct Attempt<'a> {
    seen: Seen,
    given: &'a [Means],
    typed: Option<&'a str>,
    ready: &'a Ready,
}

impl Attempt<'_> {
    /// A wrong code is written too: it costs an attempt, and the last one ends the case [R58-9].
    fn make(
        &self,
        tx: &mut Tx<'_>,
        draw: &mut Draw,
        work: &Work<'_>,
        mut row: CaseRow,
    ) -> Result<Result<String, CodeRefused>, Error> {
        let case = parse(&row)?;
        self.seen.still(&case, asked(work.regulation, &case)?.0)?;
        if DocumentId::of(&request_document(work.regulation, &case)) != self.ready.id {
            return Err(Error::Late);
        }
        let by_code = self.given.iter().any(|means| matches!(means, Means::Otp(_)));
        if by_code && let Err(refused) = code::present(tx, work, &case, self.typed.unwrap_or_default(), draw)?
        {
            return self.refuse(tx, draw, work, row, refused).map(Err);
        }
        let Ready { document, signature, signer, .. } = self.ready;
        let request = document.write(tx)?;
        row.request_document = Some(request);
        row.request_signature = signature.as_ref().map(|signature| signature.write(tx)).transpose()?;
        let proof = Proof { request, means: self.given.to_vec(), signer: signer.clone(), at: draw.now() };
        let Seen { action, visit } = self.seen;
        let row = advance(tx, draw, work, row, Command::Confirm { action, visit, proof })?;
        row.request_number.map(Ok).ok_or_else(|| Error::fault("a confirmed request without a number"))
    }

    fn refuse(
        &self,
        tx: &mut Tx<'_>,
        draw: &mut Draw,
        work: &Work<'_>,
        row: CaseRow,
        refused: CodeRefused,
    ) -> Result<CodeRefused, Error> {
        Record::of(work.actor.to_owned(), "code-refused")
            .clause(&work.clause(self.seen.action))
            .subject(row.account)
            .payload(json!({ "case": row.id, "why": refused }))
            .write(tx, draw)?;
        if refused == CodeRefused::NoAttemptsLeft {
            let (Seen { action, visit }, reason) = (self.seen, Denial::WrongCode);
            advance(tx, draw, work, row, Command::Deny { action, visit, reason })?;
        }
        Ok(refused)
    }
}

/// What is asked, with the signature in the place of the code for which it may stand [R10-A1.1.4].
fn given(asked: &[Means], signed: bool) -> Vec<Means> {
    let given = |means: &Means| if signed && Means::Eds.stands_for(*means) { Means::Eds } else { *means };
    asked.iter().map(given).collect()
}

/// The action that waits for a confirmation, and what it asks.
pub(super) fn asked(regulation: &Regulation, case: &Case) -> Result<(u32, Vec<Means>), Error> {
    let confirm =
        |wait| if let Waiting::Confirm { action, means } = wait { Some((action, means)) } else { None };
    waiting(regulation, case).into_iter().find_map(confirm).ok_or(Error::Late)
}

/// When the statutory term ends, if a clock can tell; working days are reckoned by the calendar.
pub(super) fn due(regulation: &Regulation, accepted: Timestamp) -> Option<Timestamp> {
    regulation.service.term.limit.length().and_then(|length| accepted.checked_add(length).ok())
}

/// A signature that is refused concerns a person, so the journal knows of it.
async fn journal_refusal(cx: &Cx, row: &CaseRow, error: Error) -> Error {
    let Error::Signature(problem) = &error else { return error };
    let (account, case, why, actor) = (row.account, row.id, problem.key(), cx.caller.actor());
    let written = cx
        .write(move |tx, draw| {
            Record::of(actor.clone(), "signature-refused")
                .clause("10-2016:A1.1")
                .subject(account)
                .payload(json!({ "case": case, "why": why }))
                .write(tx, draw)
        })
        .await;
    written.err().unwrap_or(error)
}
