//! Documents that were accepted: kept for the term of their class, read with an entry in the journal, destroyed not a day
//! before the term is over [R839-15.4].

use jiff::Timestamp;
use qyzmet_domain::{Clause, DocumentId, DutyId, Refusal, conduct::RetentionClass};
use qyzmet_store::{
    Tx,
    repositories::{
        duties,
        papers::{self, PaperRow},
    },
};
use serde_json::json;

use super::{
    PERSONNEL, RESPONSIBLE,
    charge::{is_seen, need},
};
use crate::{Access, App, Cx, Document, Error, UseCase, record::Record};

/// Keeps documents that were accepted now.
pub(crate) fn accept_papers(
    tx: &mut Tx<'_>,
    app: &App,
    (owner, class): (&str, RetentionClass),
    kinds: &[(&str, Option<DocumentId>)],
    accepted_at: Timestamp,
) -> Result<(), Error> {
    let kept_until = class.until(accepted_at, &app.settings.conduct);
    for (kind, document) in kinds {
        let (owner, kind, document) = (owner.to_owned(), (*kind).to_owned(), *document);
        papers::insert(tx, &PaperRow { owner, kind, accepted_at, document, class, kept_until })?;
    }
    Ok(())
}

/// A document of a duty.
#[derive(Clone)]
pub struct PaperFile {
    /// The duty.
    pub duty: DutyId,
    /// What it is there.
    pub kind: String,
}

/// Reads a document of a duty; that it was read is journalled, for it is about a person.
pub struct ReadPaper(pub PaperFile);

impl UseCase for ReadPaper {
    type Output = Document;
    const NAME: &'static str = "read-paper";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let (who, actor, PaperFile { duty, kind }) = (cx.officer()?, cx.caller.actor(), self.0);
        let name = format!("{kind}-{duty}");
        let document = cx
            .write(move |tx, draw| {
                need(&who, &[PERSONNEL, RESPONSIBLE])?;
                let duty = duties::find(tx, duty)?.filter(|duty| is_seen(&who, (&duty.body, &duty.unit)));
                let duty = duty.ok_or(Error::NotFound)?;
                let kept = papers::of_owner(tx, &duty.id.to_string())?;
                let paper = kept.into_iter().find(|paper| paper.kind == kind);
                let document = paper.and_then(|paper| paper.document).ok_or(Error::NotFound)?;
                Record::of(actor.clone(), "paper-read")
                    .clause(&duty.kind.clause().to_string())
                    .subject(duty.account)
                    .payload(json!({ "duty": duty.id, "kind": kind }))
                    .write(tx, draw)?;
                Ok(document)
            })
            .await?;
        let bytes = cx.app.documents.get(document).await?;
        Ok(Document { bytes, name, media: "application/octet-stream" })
    }
}

/// Destroys an accepted document whose term is over.
pub struct DestroyPaper {
    /// Number of the duty or case.
    pub owner: String,
    /// What it is there.
    pub kind: String,
}

impl UseCase for DestroyPaper {
    type Output = ();
    const NAME: &'static str = "destroy-paper";
    const ACCESS: Access = Access::Administrator;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let actor = cx.caller.actor();
        cx.write(move |tx, draw| {
            let kept = papers::of_owner(tx, &self.owner)?;
            let paper = kept.into_iter().find(|paper| paper.kind == self.kind).ok_or(Error::NotFound)?;
            if !papers::delete(tx, &paper, draw.now())? {
                let (ground, clause) = ("kept".to_owned(), Clause::fixed("839-2012", "15.4"));
                return Err(Error::Refused(Refusal { ground, clause, evidence: Vec::new() }));
            }
            Record::of(actor.clone(), "paper-destroyed")
                .clause("839-2012:15.4")
                .payload(json!({ "owner": paper.owner, "kind": paper.kind, "kept_until": paper.kept_until }))
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}
