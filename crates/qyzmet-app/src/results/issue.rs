//! Issuing: the employee's signature and the portal's seal over the bytes, then the row, the journal and the case.

use qyzmet_domain::{AccountId, CaseId, Locale};
use qyzmet_engine::{Case, Command, Regulation, Waiting, waiting};
use qyzmet_pki::cms;
use qyzmet_store::{
    documents::Prepared,
    jobs::{self, Job},
    repositories::{
        cases,
        results::{self, ResultRow},
    },
};
use serde_json::json;

use super::content;
use crate::{
    Access, App, Cx, Error, UseCase,
    cases::{Work, advance, parse, regulation_of},
    record::Record,
};

/// The documents of a result, ready to be kept by the write that names them.
pub(crate) struct Signed {
    /// The bytes.
    document: Prepared,
    /// The employee's signature.
    signature: Prepared,
    /// The portal's seal.
    seal: Prepared,
    /// Fingerprint of the employee's certificate.
    certificate: String,
}

/// Signs; signing again gives another signature over the same bytes, and only one is ever named by the row.
pub(crate) async fn sign(
    app: &App,
    regulation: &Regulation,
    case: &Case,
    row: &ResultRow,
) -> Result<Signed, Error> {
    let owner = &regulation.service.owner;
    let employee =
        app.keys.employees.get(owner).ok_or_else(|| Error::fault(format!("nobody may sign for {owner}")))?;
    if !employee.may_sign(row.issued_at) {
        return Err(Error::fault(format!("the signing right for {owner} does not hold at this time")));
    }
    let bytes = content::bytes(app, regulation, case, row)?;
    let signature = cms::sign(&bytes, &employee.identity, row.issued_at).map_err(Error::fault)?;
    let seal = cms::sign(&bytes, &app.keys.seal, row.issued_at).map_err(Error::fault)?;
    let certificate =
        employee.identity.chain.first().map(qyzmet_pki::Certificate::fingerprint).unwrap_or_default();
    let documents = &app.documents;
    let (document, signature, seal) =
        tokio::try_join!(documents.prepare(&bytes), documents.prepare(&signature), documents.prepare(&seal))?;
    Ok(Signed { document, signature, seal, certificate })
}

/// Names the signed documents in the row of the result, and lets the case end.
pub(crate) struct CompleteResult {
    /// The job that issued it.
    pub(crate) job: Job,
    /// Whose result.
    pub(crate) account: AccountId,
    /// Of which case.
    pub(crate) case: CaseId,
    /// What was signed.
    pub(crate) signed: Signed,
}

impl UseCase for CompleteResult {
    type Output = ();
    const NAME: &'static str = "complete-result";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (app, id) = (cx.app.clone(), self.case);
        cx.write(move |tx, draw| {
            let row = results::by_case(tx, self.case)?.ok_or(Error::NotFound)?;
            let Signed { document, signature, seal, certificate } = &self.signed;
            let document = document.write(tx)?;
            let documents = [document, signature.write(tx)?, seal.write(tx)?];
            let entry = Record::of("system".to_owned(), "result.issued")
                .clause("74-2016:5.4")
                .subject(self.account)
                .payload(json!({
                    "number": row.number,
                    "kind": row.kind,
                    "document": document,
                    "certificate": certificate,
                }))
                .write(tx, draw)?;
            if !results::complete(tx, &row.number, documents, entry)? {
                return Err(Error::Late);
            }
            let case = cases::find(tx, self.account, self.case)?.ok_or(Error::NotFound)?;
            let regulation = regulation_of(&app, &case)?;
            let work =
                Work { app: &app, regulation: &regulation, actor: "system", locale: Locale::Kk, above: 0 };
            if let Some(action) = issuing(&regulation, &parse(&case)?) {
                advance(tx, draw, &work, case, Command::Done { action, facts: [].into() })?;
            }
            if jobs::complete(tx, &self.job, draw.now())? { Ok(()) } else { Err(Error::Late) }
        })
        .await?;
        cx.app.tell(id);
        Ok(())
    }
}

/// The action that waits for the result; none when the case has already ended with a refusal.
fn issuing(regulation: &Regulation, case: &Case) -> Option<u32> {
    let issue = |wait| if let Waiting::Issue { action } = wait { Some(action) } else { None };
    waiting(regulation, case).into_iter().find_map(issue)
}
