//! Reading a person out of the register's answer. Whatever is not understood is a fault, never a guess about a person.

use qyzmet_app::ports::{DocumentStatus, Fault, IdentityDocument, LifeStatus, PersonAnswer, PersonRecord};
use qyzmet_domain::Iin;
use roxmltree::Node;

use super::result;
use crate::shep::{
    Said,
    answer::{child, code_word, date, malformed, missing, required, text, unexpected},
    status,
};

/// The answer to a question about `iin`.
pub(super) fn read(said: &Said<'_, '_>, iin: &Iin) -> Result<PersonAnswer, Fault> {
    let known = [status::DONE, status::BUSINESS_NO].contains(&said.status);
    let data = said.data.filter(|_| known).ok_or_else(|| unexpected(said.status))?;
    let answer_id = required(data, "requestId")?.to_owned();
    let code = child(data, "messageResult").and_then(|result| text(result, "code"));
    let persons = child(data, "persons").into_iter().flat_map(|list| list.children());
    let mut persons = persons.filter(|node| node.has_tag_name("person"));
    let person = match (code, persons.next(), persons.next()) {
        (Some(result::FOUND), Some(person), None) => Some(person),
        (Some(result::NOBODY), None, None) => None,
        (Some(result::NO_CONSENT), ..) => return Err(Fault::Rejected("no consent".to_owned())),
        (Some(result::FOUND | result::NOBODY), ..) => return Err(malformed("result and persons disagree")),
        (other, ..) => return Err(unexpected(other.unwrap_or("missing"))),
    };
    let person = person.map(|person| record(person, iin)).transpose()?;
    Ok(PersonAnswer { answer_id, person })
}

fn record(node: Node<'_, '_>, asked: &Iin) -> Result<PersonRecord, Fault> {
    if required(node, "iin")? != asked.as_str() {
        return Err(malformed("another person than asked"));
    }
    let documents = child(node, "documents").into_iter().flat_map(|list| list.children());
    let documents = documents.filter(|node| node.has_tag_name("document")).map(document);
    Ok(PersonRecord {
        iin: asked.clone(),
        surname: required(node, "surname")?.to_owned(),
        name: required(node, "name")?.to_owned(),
        patronymic: text(node, "patronymic").map(str::to_owned),
        born: date(node, "birthDate")?,
        life_status: life_status(node)?,
        died: text(node, "deathDate").map(|_| date(node, "deathDate")).transpose()?,
        address: child(node, "regAddress").and_then(address),
        documents: documents.collect::<Result<_, _>>()?,
    })
}

fn life_status(node: Node<'_, '_>) -> Result<LifeStatus, Fault> {
    let missing = child(node, "missingStatus").and_then(|status| text(status, "missing")) == Some("true");
    match code(node, "lifeStatus")? {
        "0" if missing => Ok(LifeStatus::Missing),
        "0" => Ok(LifeStatus::Alive),
        "1" => Ok(LifeStatus::Dead),
        other => Err(malformed(&format!("life status {}", code_word(other)))),
    }
}

fn document(node: Node<'_, '_>) -> Result<IdentityDocument, Fault> {
    // Only the one code for "in force" makes a document usable; every other code is a way of being invalid.
    let status = if code(node, "status")? == "00" { DocumentStatus::Valid } else { DocumentStatus::Invalid };
    let issuer = child(node, "issueOrganization").and_then(name_kk).unwrap_or_default();
    Ok(IdentityDocument {
        kind: code(node, "type")?.to_owned(),
        number: required(node, "number")?.to_owned(),
        status,
        begins: date(node, "beginDate")?,
        ends: date(node, "endDate")?,
        issuer: issuer.to_owned(),
    })
}

/// Oblast, rayon, settlement, street, house, flat: those that are there, in Kazakh, in one line.
fn address(node: Node<'_, '_>) -> Option<String> {
    let named = ["district", "region"].map(|name| child(node, name).and_then(name_kk));
    let plain = ["city", "street", "building", "flat"].map(|name| text(node, name));
    let parts: Vec<&str> = named.into_iter().chain(plain).flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Kazakh name of a dictionary value.
fn name_kk<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    text(node, "nameKz")
}

/// Code of a dictionary value.
fn code<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, Fault> {
    child(node, name).and_then(|value| text(value, "code")).ok_or_else(|| missing(name))
}
