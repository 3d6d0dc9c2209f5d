//! A case waits for a register: ask it over its real protocol and bring the answer in as a command.

use std::collections::BTreeMap;

use qyzmet_domain::{AccountId, CaseId, Iin, Locale, MessageId};
use qyzmet_engine::{Waiting, waiting};
use qyzmet_store::{jobs::Job, repositories::cases};
use serde::Deserialize;

use super::Failure;
use crate::{
    Access, App, Cx, Error, UseCase,
    authority::issuing_action,
    cases::{AnswerQuery, RegisterWord, live, parse, regulation_of},
    ports::{ConsentQuestion, DocumentStatus, IdentityDocument, LifeStatus, PersonQuestion, PersonRecord},
    run,
};

/// What a job for a case says.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Subject {
    pub(super) account: AccountId,
    pub(super) case: CaseId,
    pub(super) action: u32,
}

impl Subject {
    pub(super) fn of(job: &Job) -> Result<Self, Failure> {
        serde_json::from_value(job.payload.clone()).map_err(|_| Failure::for_good("a job without its case"))
    }
}

/// Carries the job out.
pub(super) async fn query(app: &App, job: &Job) -> Result<(), Failure> {
    let subject = Subject::of(job)?;
    let system = qyzmet_domain::Caller::System;
    let question = run(app, &system, FindQuestion { subject }).await?;
    let Some(Question { register, iin, named, purpose }) = question else {
        return Err(Failure::for_good("the case no longer waits for this answer"));
    };
    let (word, answer_id) = match register.as_str() {
        "gbd-fl" => person(app, (iin, named), purpose).await?,
        _ => return Err(Failure::for_good("no connector for this register")),
    };
    let Subject { account, case, action } = subject;
    run(app, &system, AnswerQuery { job: job.clone(), account, case, action, word, answer_id }).await?;
    Ok(())
}

/// What is asked, as far as a register needs to know.
struct Question {
    register: String,
    iin: Iin,
    /// Whether the names of the person are needed.
    named: bool,
    /// What for, as the person reads it in the list of uses of their data.
    purpose: String,
}

/// Finds what a case waits for; nothing when it has been answered.
struct FindQuestion {
    subject: Subject,
}

impl UseCase for FindQuestion {
    type Output = Option<Question>;
    const NAME: &'static str = "find-question";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Option<Question>, Error> {
        let Subject { account, case, action } = self.subject;
        let row = cx.read(move |tx| Ok(cases::find(tx, account, case)?)).await?;
        let row = live(row.ok_or(Error::NotFound)?)?;
        let regulation = regulation_of(&cx.app, &row)?;
        let asked = waiting(&regulation, &parse(&row)?).into_iter().find_map(|wait| match wait {
            Waiting::Query { action: number, register, ask, .. } if number == action => Some((register, ask)),
            _ => None,
        });
        let Some((register, ask)) = asked else { return Ok(None) };
        let iin = ask.get("person").and_then(|iin| iin.parse().ok());
        let iin = iin.ok_or_else(|| Error::fault("a question about nobody"))?;
        let named = issuing_action(&regulation).is_some();
        Ok(Some(Question { register, iin, named, purpose: regulation.title(Locale::Kk).to_owned() }))
    }
}

/// Obtains the consent token and asks for the person. Each attempt has a message number of its own, as gateways refuse
/// numbers that they have seen.
async fn person(
    app: &App,
    (iin, named): (Iin, bool),
    purpose: String,
) -> Result<(RegisterWord, String), Failure> {
    let seed = app.entropy.seed().map_err(|error| Failure::from(Error::fault(error)))?;
    let mut draw = crate::Draw::new(seed, app.now());
    let message: MessageId = draw.message();
    let consent = ConsentQuestion { message, at: app.now(), iin: iin.clone(), purpose };
    let consent = app.ports.consents.token(consent).await?;
    let question = PersonQuestion { message: draw.message(), at: app.now(), iin, consent };
    let answer = app.ports.persons.person(question).await?;
    let word = answer
        .person
        .as_ref()
        .map_or(RegisterWord::Nobody, |person| RegisterWord::Knows(facts(person, named)));
    Ok((word, answer.answer_id))
}

/// The facts that conditions may compare, and the names where certificates are made of them [R839-6.P2].
fn facts(person: &PersonRecord, named: bool) -> BTreeMap<String, String> {
    let mut facts =
        BTreeMap::from([("person.life-status".to_owned(), life_word(person.life_status).to_owned())]);
    if named {
        let patronymic = person.patronymic.clone().unwrap_or_default();
        let names = [("surname", &person.surname), ("given-name", &person.name), ("patronymic", &patronymic)];
        facts.extend(names.map(|(name, value)| (format!("person.{name}"), value.clone())));
    }
    if let Some(document) = best_document(&person.documents) {
        facts.insert("person.document.status".to_owned(), status_word(document.status).to_owned());
        facts.insert("person.document.end-date".to_owned(), document.ends.to_string());
    }
    facts
}

/// Of several documents the one that can be used: valid before invalid, then the one that ends last.
fn best_document(documents: &[IdentityDocument]) -> Option<&IdentityDocument> {
    documents.iter().max_by_key(|document| (document.status == DocumentStatus::Valid, document.ends))
}

fn life_word(status: LifeStatus) -> &'static str {
    match status {
        LifeStatus::Alive => "alive",
        LifeStatus::Dead => "dead",
        LifeStatus::Missing => "missing",
    }
}

fn status_word(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::Valid => "valid",
        DocumentStatus::Invalid => "invalid",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn document(status: DocumentStatus, ends: jiff::civil::Date) -> IdentityDocument {
        let (kind, number, issuer) = ("002".to_owned(), "012345678".to_owned(), "ІІМ".to_owned());
        IdentityDocument { kind, number, status, begins: date(2015, 1, 1), ends, issuer }
    }

    #[test]
    fn of_several_documents_the_valid_one_that_ends_last_counts() {
        let documents = [
            document(DocumentStatus::Invalid, date(2040, 1, 1)),
            document(DocumentStatus::Valid, date(2027, 1, 1)),
            document(DocumentStatus::Valid, date(2031, 5, 8)),
        ];
        assert_eq!(best_document(&documents).unwrap().ends, date(2031, 5, 8));
        assert!(best_document(&[]).is_none());
    }
}
