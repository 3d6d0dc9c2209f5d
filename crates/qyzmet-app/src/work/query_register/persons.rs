//! The state database of individuals: asked about a person by IIN [R839-5.11].

use std::collections::BTreeMap;

use qyzmet_domain::{Iin, Register};

use super::{Failure, RegisterWord, consent};
use crate::{
    App,
    ports::{DocumentStatus, IdentityDocument, LifeStatus, PersonQuestion, PersonRecord},
};

/// Obtains the consent token and asks for the person, with the names where they are needed.
pub(super) async fn ask(
    app: &App,
    iin: Iin,
    named: bool,
    purpose: String,
) -> Result<(RegisterWord, String), Failure> {
    let (consent, message) = consent(app, iin.clone(), Register::Individuals, purpose).await?;
    let question = PersonQuestion { message, at: app.now(), iin, consent };
    let answer = app.ports.persons.person(question).await?;
    let person = answer.person.as_ref();
    let word = person.map_or(RegisterWord::Nobody, |person| RegisterWord::Knows(facts(person, named)));
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
