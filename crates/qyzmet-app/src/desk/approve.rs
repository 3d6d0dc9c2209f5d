//! An officer approves with the own EDS over exactly the bytes that the desk showed [R839-6.P9].

use jiff::Timestamp;
use qyzmet_domain::{DocumentId, Iin, Means, OfficerSession, conduct::RetentionClass};
use qyzmet_engine::{Channel, Command, Proof, Verb};
use qyzmet_pki::Signed;
use qyzmet_store::{Tx, repositories::waits};
use serde_json::json;

use super::load::{Loaded, Place, at, command, load};
use crate::{
    Access, App, Cx, Document, Error, SignatureProblem, UseCase,
    authority::orders::check_approval,
    cases::{canonical, has_certified},
    conduct::{accept_papers, standing},
    record::Record,
    signature,
};

/// The word under which a signed application is kept.
const APPLICATION: &str = "application";

/// Shows the exact bytes that an officer is asked to sign.
pub struct ShowDecision {
    /// The work.
    pub place: Place,
}

impl UseCase for ShowDecision {
    type Output = Document;
    const NAME: &'static str = "show-decision";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let (officer, app, place, now) = (cx.officer()?, cx.app.clone(), self.place, cx.now);
        let shown =
            cx.read(move |tx| Ok(decision(&officer, &load_to_approve(tx, &app, &officer, (place, now))?)));
        let bytes = shown.await?;
        let name = format!("decision-{}-{}.json", place.case, place.action);
        Ok(Document { bytes, name, media: "application/json" })
    }
}

/// Canonical JSON of what is approved: it follows from the case and the officer alone. An order of certificates is approved
/// in the very form that the signer will verify [R839-6.P9].
pub(super) fn decision(officer: &OfficerSession, loaded: &Loaded) -> Vec<u8> {
    let Loaded { wait, row, case, regulation, order } = loaded;
    if let Some(order) = order {
        return order.clone();
    }
    let decided = |step: &qyzmet_engine::Step| {
        let by = step.by.as_ref()?;
        Some(json!({ "action": step.action, "at": step.done_at, "branch": step.branch, "by": by.id }))
    };
    let facts: serde_json::Map<_, _> = case
        .facts
        .0
        .iter()
        .map(|(name, fact)| (name.clone(), json!({ "source": fact.source, "value": fact.value })))
        .collect();
    canonical(&json!({
        "action": wait.action,
        "body": wait.body,
        "case": case.id,
        "clause": regulation.process.action(wait.action).map(|action| action.clause.to_string()),
        "decided": case.steps.iter().filter_map(decided).collect::<Vec<_>>(),
        "facts": facts,
        "kind": "approval",
        "officer": officer.person.account,
        "recipient": { "identifier": case.recipient.identifier, "name": case.recipient.name },
        "request": { "document": row.request_document, "number": row.request_number },
        "service": { "act": regulation.service.act, "id": regulation.id(), "version": case.version },
        "unit": wait.unit,
        "visit": wait.visit,
    }))
}

/// Loads what is to be approved. Whoever certifies a request of the authority may do so only as the signer will see it.
fn load_to_approve(
    tx: &mut Tx<'_>,
    app: &App,
    officer: &OfficerSession,
    (place, now): (Place, Timestamp),
) -> Result<Loaded, Error> {
    let loaded = load(tx, app, officer, (place, now))?;
    let rules = (&app.settings.conduct, now);
    if has_certified(&loaded.regulation)
        && let Some(bar) = standing::bar_certifying(tx, officer.person.account, rules)?
    {
        return Err(standing::refused(bar));
    }
    Ok(loaded)
}

/// Approves.
pub struct ApproveWork {
    /// The work.
    pub place: Place,
    /// The visit that the page showed.
    pub visit: u32,
    /// Detached CMS over the exact bytes of the decision.
    pub signature: Vec<u8>,
}

impl UseCase for ApproveWork {
    type Output = ();
    const NAME: &'static str = "approve-work";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let Self { place, visit, signature: cms } = self;
        let (officer, app) = (cx.officer()?, cx.app.clone());
        let (who, reading) = (officer.clone(), app.clone());
        let now = cx.now;
        let shown =
            cx.read(move |tx| Ok(decision(&who, &load_to_approve(tx, &reading, &who, (place, now))?))).await;
        let bytes = match shown {
            Ok(bytes) => bytes,
            Err(error) => return Err(standing::journal_refusal(&cx, error).await),
        };
        let signed = match of_officer(&cx, &officer, &bytes, &cms) {
            Ok(signed) => signed,
            Err(error) => return Err(journal_refusal(&cx, place, error).await),
        };
        let documents = &cx.app.documents;
        let ready = [documents.prepare(&bytes).await?, documents.prepare(&cms).await?];
        let signer = signed.certificate.fingerprint();
        command(&cx, place, move |officer, loaded, tx, draw| {
            let [document, signature] = [ready[0].write(tx)?, ready[1].write(tx)?];
            if DocumentId::of(&decision(officer, loaded)) != document {
                return Err(Error::Late);
            }
            waits::signed(tx, &loaded.wait, document, signature)?;
            keep_application(tx, &app, loaded, draw.now())?;
            if let (Some(_), Some(number)) = (&loaded.order, &loaded.case.number) {
                // Whether it holds is an outcome of the case, not of this page: the table has an action for it.
                let _ = check_approval(tx, draw, &app, &number.to_string(), &cms)?;
            }
            let proof = Proof {
                request: document,
                means: vec![Means::Eds],
                signer: Some(signer.clone()),
                at: draw.now(),
            };
            Ok(Command::Approve { action: place.action, at: at(officer, visit), proof })
        })
        .await
    }
}

/// The application that a visitor has signed by hand stays in the centre with the papers [R839-9.P7, R839-15.4]; where papers are
/// taken in by an action of their own, it is among them.
fn keep_application(tx: &mut Tx<'_>, app: &App, loaded: &Loaded, now: Timestamp) -> Result<(), Error> {
    let Loaded { case, regulation, .. } = loaded;
    let receives = regulation.process.actions.iter().any(|action| matches!(action.does, Verb::Receive(_)));
    if case.channel != Channel::ServiceCentre || case.number.is_none() || receives {
        return Ok(());
    }
    accept_papers(tx, app, (&case.id.to_string(), RetentionClass::Service), &[(APPLICATION, None)], now)
}

/// Verifies the signature outside the write; it must be the officer's own [R839-19.5b].
pub(crate) fn of_officer(
    cx: &Cx,
    officer: &OfficerSession,
    bytes: &[u8],
    cms: &[u8],
) -> Result<Box<Signed>, Error> {
    let signed = signature::of_document(&cx.app, bytes, cms, cx.now)?;
    let signer: Option<Iin> = signed.certificate.subject().iin.as_deref().and_then(|iin| iin.parse().ok());
    if signer.as_ref() == Some(&officer.person.iin) {
        Ok(signed)
    } else {
        Err(Error::Signature(SignatureProblem::OtherPerson))
    }
}

/// A signature of an officer that is refused is journalled.
async fn journal_refusal(cx: &Cx, place: Place, error: Error) -> Error {
    let Error::Signature(problem) = &error else { return error };
    let (why, actor) = (problem.key(), cx.caller.actor());
    let written = cx
        .write(move |tx, draw| {
            Record::of(actor.clone(), "signature-refused")
                .clause("10-2016:A1.1")
                .payload(json!({ "case": place.case, "action": place.action, "why": why }))
                .write(tx, draw)
        })
        .await;
    written.err().unwrap_or(error)
}
