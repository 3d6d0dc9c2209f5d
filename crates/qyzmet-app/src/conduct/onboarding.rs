//! Onboarding of an operator: a case with three documents, a carrier, and the provider's answer
//! [R839-15.1b, R839-15.1c, R839-15.1d].

use qyzmet_domain::{
    DocumentId, DutyId, Iin,
    conduct::{Bar, Carrier, DutyKind, RetentionClass},
};
use qyzmet_store::{
    Tx,
    repositories::{
        accounts, carriers,
        duties::{self, DutyRow},
        officers::{self, OfficerRow},
    },
};
use serde_json::json;

use super::{
    OPERATOR, PERSONNEL, RESPONSIBLE, Upload, accept_papers,
    charge::{Charge, duty_in_charge, need},
    duties::{close, duty, enter, some_words},
    standing::refused,
    tell,
};
use crate::{
    Access, Cx, DeskProblem, Draw, Error, OFFICER, UseCase, authority::of_operators, record::Record,
};

/// The documents without which there is no case.
const MANDATORY: [&str; 3] = ["letter", "application", "order"];

/// Files a case: the official letter, the operator's application, a copy of the order of appointment.
pub struct FileOnboarding {
    /// Who is to become an operator.
    pub iin: Iin,
    /// Number and date of the letter.
    pub words: String,
    /// The three documents in the order of [R839-15.1c]: letter, application, order.
    pub papers: [Option<Upload>; 3],
}

impl UseCase for FileOnboarding {
    type Output = DutyId;
    const NAME: &'static str = "file-onboarding";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<DutyId, Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        need(&who, &[PERSONNEL])?;
        let words = some_words(&self.words)?;
        let [Some(letter), Some(application), Some(order)] = &self.papers else {
            return Err(Error::Desk(DeskProblem::PapersMissing));
        };
        let mut ready = Vec::new();
        for paper in [letter, application, order] {
            ready.push(cx.app.documents.prepare(paper.bytes()).await?);
        }
        cx.write(move |tx, draw| {
            let account = accounts::by_iin(tx, &self.iin)?.ok_or(Error::Desk(DeskProblem::NoSuchOfficer))?;
            if account.id == who.person.account {
                return Err(Error::Desk(DeskProblem::SameOfficer));
            }
            let is_filed = |duty: &DutyRow| duty.kind == DutyKind::Onboarding;
            if duties::open_of_account(tx, account.id)?.iter().any(is_filed) {
                return Err(Error::Late);
            }
            let (body, unit) = (who.body.clone(), who.unit.clone());
            let charge = Charge { account: account.id, body, unit, officer: None };
            let filed = duty(draw, &charge, DutyKind::Onboarding, (who.person.account, &words));
            enter(tx, draw, &actor, &filed)?;
            let mut kinds: Vec<(&str, Option<DocumentId>)> = Vec::new();
            for (kind, paper) in MANDATORY.into_iter().zip(&ready) {
                kinds.push((kind, Some(paper.write(tx)?)));
            }
            let owner = filed.id.to_string();
            accept_papers(tx, &app, (&owner, RetentionClass::Operator), &kinds, draw.now())?;
            tell::provider(tx, draw, &app, "onboarding")?;
            Ok(filed.id)
        })
        .await
    }
}

/// What the provider answers.
#[derive(Clone)]
pub enum OnboardingVerdict {
    /// Certificates are ordered and the operator is appointed.
    Accepted,
    /// The case goes back.
    Returned {
        /// Why.
        reason: String,
    },
}

/// Answers a case; whoever sent the letter is told.
pub struct AnswerOnboarding {
    /// The case.
    pub duty: DutyId,
    /// The answer.
    pub verdict: OnboardingVerdict,
}

impl UseCase for AnswerOnboarding {
    type Output = ();
    const NAME: &'static str = "answer-onboarding";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        let reason = match &self.verdict {
            OnboardingVerdict::Returned { reason } => Some(some_words(reason)?),
            OnboardingVerdict::Accepted => None,
        };
        cx.write(move |tx, draw| {
            let case = duty_in_charge(tx, (&who, &[RESPONSIBLE]), self.duty)?;
            if case.kind != DutyKind::Onboarding {
                return Err(Error::NotFound);
            }
            let outcome = match &reason {
                Some(reason) => ("returned", Some(reason.as_str())),
                None => {
                    accept(tx, draw, &case)?;
                    ("accepted", None)
                }
            };
            close(tx, draw, &actor, &case, outcome)?;
            tell::message(tx, draw, &app, case.entered_by, "answered")?;
            Record::of("system".to_owned(), "executor-told")
                .clause("839-2012:15.1")
                .subject(case.account)
                .payload(json!({ "duty": case.id, "told": case.entered_by, "outcome": outcome.0 }))
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}

/// Orders the certificates on the carrier that the operator has, and appoints the operator.
fn accept(tx: &mut Tx<'_>, draw: &mut Draw, case: &DutyRow) -> Result<(), Error> {
    let in_hand = carriers::of_account(tx, case.account)?;
    let in_hand = in_hand.into_iter().find(|carrier| carrier.returned_at.is_none());
    let row = in_hand.ok_or_else(|| refused(Bar::NoCarrier))?;
    let carrier = Carrier::parse(row.kind.storage(), &row.serial).map_err(Error::fault)?;
    of_operators::order_of_operator(tx, draw, case.account, &carrier)?;
    let (body, unit, now) = (case.body.clone(), case.unit.clone(), draw.now());
    let former = officers::in_force(tx, case.account, now)?;
    let mut roles =
        former.filter(|row| row.body == body && row.unit == unit).map_or(Vec::new(), |row| row.roles);
    for role in [OFFICER, OPERATOR] {
        if roles.iter().all(|other| other != role) {
            roles.push(role.to_owned());
        }
    }
    let payload = json!({ "body": body, "unit": unit, "roles": roles, "from": now });
    officers::put(
        tx,
        &OfficerRow { account: case.account, body, unit, roles, begins_at: now, ends_at: None },
    )?;
    Record::of("system".to_owned(), "officer-appointed")
        .subject(case.account)
        .payload(payload)
        .write(tx, draw)?;
    Ok(())
}
