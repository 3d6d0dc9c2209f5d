//! The provider looks after the quality of the work: a checklist over one request, copies of documents with their times,
//! violations with what the centre did about them [R839-15.2a, R839-15.2b, R839-15.2c].

use qyzmet_domain::{
    AccountId, DutyId,
    conduct::{DutyKind, RetentionClass},
};
use qyzmet_store::{
    Tx,
    repositories::duties::{self, DutyRow},
};

use super::{
    RESPONSIBLE, Upload, accept_papers,
    charge::{Charge, charge},
    duties::{close, duty, enter, some_words},
    tell,
};
use crate::{Access, App, Cx, Draw, Error, UseCase};

/// What is looked at in a request: its application, who came, the papers, the terms, the notice to the recipient.
pub const SAMPLE_ITEMS: [&str; 5] = ["application", "identity", "papers", "terms", "notice"];

/// Looks through one request of an operator.
pub struct CheckSample {
    /// Whose work.
    pub operator: AccountId,
    /// Number of the request, and what was seen.
    pub words: String,
    /// Which of [`SAMPLE_ITEMS`] are in order.
    pub in_order: Vec<String>,
}

impl UseCase for CheckSample {
    type Output = ();
    const NAME: &'static str = "check-sample";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        let words = some_words(&self.words)?;
        cx.write(move |tx, draw| {
            let charge = charge(tx, (&who, &[RESPONSIBLE]), self.operator, draw.now())?;
            let by = (who.person.account, words.as_str());
            let faults: Vec<&str> =
                SAMPLE_ITEMS.into_iter().filter(|item| !self.in_order.iter().any(|ok| ok == item)).collect();
            let outcome = if faults.is_empty() { "in-order" } else { "faults" };
            let sample = DutyRow {
                done_at: Some(draw.now()),
                outcome: Some(outcome.to_owned()),
                answer: Some(faults.join(" ")),
                ..duty(draw, &charge, DutyKind::Sample, by)
            };
            enter(tx, draw, &actor, &sample)?;
            if faults.is_empty() {
                return Ok(());
            }
            violation(tx, draw, &app, &actor, (&charge, by))
        })
        .await
    }
}

/// Tells a body of a violation in the work of its operator.
pub struct ReportViolation {
    /// Whose work.
    pub operator: AccountId,
    /// What was found.
    pub words: String,
}

impl UseCase for ReportViolation {
    type Output = ();
    const NAME: &'static str = "report-violation";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        let words = some_words(&self.words)?;
        cx.write(move |tx, draw| {
            let charge = charge(tx, (&who, &[RESPONSIBLE]), self.operator, draw.now())?;
            violation(tx, draw, &app, &actor, (&charge, (who.person.account, words.as_str())))
        })
        .await
    }
}

fn violation(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    actor: &str,
    (charge, by): (&Charge, (AccountId, &str)),
) -> Result<(), Error> {
    let found = duty(draw, charge, DutyKind::Violation, by);
    enter(tx, draw, actor, &found)?;
    tell::personnel(tx, draw, app, (&charge.body, "violation"))
}

/// Asks an operator for copies of documents.
pub struct AskCopies {
    /// Whom.
    pub operator: AccountId,
    /// Of which documents, of which request.
    pub words: String,
}

impl UseCase for AskCopies {
    type Output = ();
    const NAME: &'static str = "ask-copies";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        let words = some_words(&self.words)?;
        cx.write(move |tx, draw| {
            let charge = charge(tx, (&who, &[RESPONSIBLE]), self.operator, draw.now())?;
            let due = draw.now().checked_add(app.settings.conduct.copies_within).map_err(Error::fault)?;
            let asked = duty(draw, &charge, DutyKind::Copies, (who.person.account, &words));
            let asked = DutyRow { due_at: Some(due), alarm_at: Some(due), ..asked };
            enter(tx, draw, &actor, &asked)?;
            tell::message(tx, draw, &app, charge.account, "copies-asked")
        })
        .await
    }
}

/// Hands over copies that were asked for.
pub struct GiveCopies {
    /// The duty to do so.
    pub duty: DutyId,
    /// The copies, in one document.
    pub copies: Upload,
}

impl UseCase for GiveCopies {
    type Output = ();
    const NAME: &'static str = "give-copies";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        let ready = cx.app.documents.prepare(self.copies.bytes()).await?;
        cx.write(move |tx, draw| {
            let asked = duties::find(tx, self.duty)?;
            let is_mine =
                |duty: &DutyRow| duty.account == who.person.account && duty.kind == DutyKind::Copies;
            let asked = asked.filter(is_mine).ok_or(Error::NotFound)?;
            close(tx, draw, &actor, &asked, ("given", None))?;
            let (owner, kinds) = (asked.id.to_string(), [("copies", Some(ready.write(tx)?))]);
            accept_papers(tx, &app, (&owner, RetentionClass::Service), &kinds, draw.now())
        })
        .await
    }
}
