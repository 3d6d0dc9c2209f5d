//! Appeals about the work of a centre's people: the centre names who answers for them, and Support forwards each to that
//! person [R839-15.3a, R839-15.3e].

use jiff::{Timestamp, civil::Date};
use qyzmet_domain::{
    Clause, Locale, Refusal,
    conduct::{DutyKind, RetentionClass},
};
use qyzmet_engine::Phrases;
use qyzmet_store::repositories::{
    appeal_contacts::{self, AppealContact},
    duties::DutyRow,
};
use serde_json::json;

use super::{
    PERSONNEL, SUPPORT, Upload, accept_papers,
    charge::{Charge, need},
    duties::{duty, enter, some_words},
};
use crate::{
    Access, Cx, DeskProblem, Error, UseCase,
    access::has,
    cases::{MailMessage, mail_message},
    record::Record,
};

/// Names the person who answers for appeals, by order and official letter.
pub struct NameAppealContact {
    /// The person's name.
    pub name: String,
    /// The corporate e-mail address.
    pub mail: String,
    /// Number of the order.
    pub order_number: String,
    /// Its date.
    pub order_day: Date,
    /// The official letter to Support.
    pub letter: Upload,
}

impl UseCase for NameAppealContact {
    type Output = ();
    const NAME: &'static str = "name-appeal-contact";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        need(&who, &[PERSONNEL])?;
        let (name, order_number) = (some_words(&self.name)?, some_words(&self.order_number)?);
        let mail = self.mail.trim().to_owned();
        if !is_address(&mail) {
            return Err(Error::Desk(DeskProblem::BadMail));
        }
        let ready = cx.app.documents.prepare(self.letter.bytes()).await?;
        cx.write(move |tx, draw| {
            let (letter, body, since) = (ready.write(tx)?, who.body.clone(), draw.now());
            let (name, mail, order_number) = (name.clone(), mail.clone(), order_number.clone());
            let payload = json!({ "body": body, "order": order_number, "day": self.order_day });
            let order_day = self.order_day;
            let contact = AppealContact { body, name, mail, order_number, order_day, letter, since };
            appeal_contacts::put(tx, &contact)?;
            let owner = format!("appeals:{}", who.body);
            let kinds = [("letter", Some(letter))];
            accept_papers(tx, &app, (&owner, RetentionClass::Operator), &kinds, since)?;
            Record::of(actor.clone(), "appeal-contact-named")
                .clause("839-2012:15.3")
                .subject(who.person.account)
                .payload(payload)
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}

/// Whether a text can be an e-mail address: the relay has the last word.
fn is_address(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._+".contains(&byte))
    };
    text.len() <= 254
        && text.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host) && host.contains('.'))
}

/// Forwards an appeal about the work of a body's people.
pub struct ForwardAppeal {
    /// The body.
    pub body: String,
    /// Number of the appeal in Support, and what it is about.
    pub words: String,
}

impl UseCase for ForwardAppeal {
    type Output = ();
    const NAME: &'static str = "forward-appeal";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        need(&who, &[SUPPORT])?;
        let words = some_words(&self.words)?;
        cx.write(move |tx, draw| {
            let contact = appeal_contacts::of_body(tx, &self.body)?.ok_or_else(nobody_named)?;
            let account = who.person.account;
            let charge = Charge { account, body: self.body.clone(), unit: String::new(), officer: None };
            let sent = duty(draw, &charge, DutyKind::Appeal, (account, &words));
            let sent = DutyRow { done_at: Some(draw.now()), outcome: Some("forwarded".to_owned()), ..sent };
            enter(tx, draw, &actor, &sent)?;
            // The letter says where the appeal is, and nothing of it.
            let link = format!("{}/desk/operators/appeals", app.origin());
            let text = Phrases::of(Locale::Kk).filled("mail.appeal", &[("link", &link)]);
            let letter = MailMessage { account, purpose: "appeal", to: &contact.mail, text: &text };
            mail_message(tx, draw, &app, &letter)?;
            Ok(())
        })
        .await
    }
}

fn nobody_named() -> Error {
    let (ground, clause) = ("no-appeal-contact".to_owned(), Clause::fixed("839-2012", "15.3"));
    Error::Refused(Refusal { ground, clause, evidence: Vec::new() })
}

/// Shows who answers for appeals.
pub struct ShowAppeals;

/// Who answers for appeals.
pub struct AppealsView {
    /// Whether the officer names the person of the own body.
    pub may_name: bool,
    /// Whether the officer forwards appeals.
    pub may_forward: bool,
    /// The persons who are named: of the own body, or of all for Support.
    pub contacts: Vec<ContactView>,
    /// Appeals that were forwarded to the own body, newest first.
    pub appeals: Vec<(Timestamp, String)>,
}

/// A person who answers for appeals.
pub struct ContactView {
    /// The body.
    pub body: String,
    /// The name.
    pub name: String,
    /// The address.
    pub mail: String,
    /// Number of the order.
    pub order_number: String,
    /// Its date.
    pub order_day: Date,
}

impl UseCase for ShowAppeals {
    type Output = AppealsView;
    const NAME: &'static str = "show-appeals";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<AppealsView, Error> {
        let who = cx.officer()?;
        need(&who, &[PERSONNEL, SUPPORT])?;
        cx.read(move |tx| {
            let all = appeal_contacts::all(tx)?.into_iter();
            let seen = all.filter(|contact| has(&who, SUPPORT) || contact.body == who.body);
            let view = |AppealContact { body, name, mail, order_number, order_day, .. }| ContactView {
                body,
                name,
                mail,
                order_number,
                order_day,
            };
            let appeals = qyzmet_store::repositories::duties::of_kind(tx, &who.body, DutyKind::Appeal)?;
            Ok(AppealsView {
                may_name: has(&who, PERSONNEL),
                may_forward: has(&who, SUPPORT),
                contacts: seen.map(view).collect(),
                appeals: appeals.into_iter().map(|duty| (duty.begins_at, duty.words)).collect(),
            })
        })
        .await
    }
}
