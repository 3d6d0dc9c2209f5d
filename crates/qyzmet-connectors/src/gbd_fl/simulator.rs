//! The register's side: consent first, then the invented person in the register's own schema.

use jiff::Timestamp;
use roxmltree::Node;

use super::{
    NAMESPACE, SERVICE_ID,
    people::{Document, DocumentState, Life, People, Person},
    result,
};
use crate::{
    kdp::simulator::Consents,
    shep::{
        answer::text,
        namespace::XSI,
        simulator::{Reply, answer_number},
        status,
        xml::Xml,
    },
};

/// Answers one question.
pub(crate) fn answer(people: &People, consents: &Consents, data: Node<'_, '_>, now: Timestamp) -> Reply {
    let iin = text(data, "iin").unwrap_or_default();
    let token = text(data, "kdpToken").zip(text(data, "publicKey"));
    let agreed = token.is_some_and(|(token, key)| consents.holds((iin, SERVICE_ID), token, key, now));
    let (code, person) = match people.find(iin) {
        _ if !agreed => (result::NO_CONSENT, None),
        Some(person) => (result::FOUND, Some(person)),
        None => (result::NOBODY, None),
    };
    let number = answer_number("gbd-fl", text(data, "messageId").unwrap_or_default());
    Reply {
        status: if person.is_some() { status::DONE } else { status::BUSINESS_NO },
        outcome: code,
        subject: iin.to_owned(),
        data: response(&number, code, person.as_ref(), now),
    }
}

fn response(number: &str, code: &str, person: Option<&Person>, now: Timestamp) -> String {
    let mut xml = Xml::new();
    let attributes = [("xmlns:ns", NAMESPACE), ("xmlns:xsi", XSI), ("xsi:type", "ns:Response")];
    xml.element("data", &attributes, |xml| {
        xml.leaf("messageId", number)
            .leaf("messageDate", &now.to_string())
            .leaf("requestId", number)
            .leaf("sender", "GBDFL")
            .leaf("receiver", "EGOV");
        dictionary(xml, "messageResult", code, ["", ""]);
        xml.group("persons", |xml| {
            if let Some(person) = person {
                xml.group("person", |xml| write_person(xml, person));
            }
        });
    });
    xml.finish()
}

fn write_person(xml: &mut Xml, person: &Person) {
    xml.leaf("iin", &person.iin).leaf("surname", &person.surname).leaf("name", &person.name);
    if let Some(patronymic) = &person.patronymic {
        xml.leaf("patronymic", patronymic);
    }
    xml.leaf("birthDate", &person.born.to_string());
    let life = match person.life {
        Life::Dead(day) => {
            xml.leaf("deathDate", &day.to_string());
            ["1", "Қайтыс болған", "Умерший"]
        }
        Life::Alive | Life::Missing => ["0", "Қалыпты", "Нормальный"],
    };
    let gender =
        if person.woman { ["2", "Әйел", "Женский"] } else { ["1", "Ер", "Мужской"] };
    dictionary(xml, "gender", gender[0], [gender[1], gender[2]]);
    dictionary(xml, "citizenship", "398", ["Қазақстан", "Казахстан"]);
    dictionary(xml, "lifeStatus", life[0], [life[1], life[2]]);
    write_address(xml, person);
    if person.life == Life::Missing {
        xml.group("missingStatus", |xml| {
            xml.leaf("missing", "true");
        });
    }
    xml.group("documents", |xml| {
        for document in &person.documents {
            xml.group("document", |xml| write_document(xml, document, person));
        }
    });
    xml.leaf("removed", "false");
}

fn write_address(xml: &mut Xml, person: &Person) {
    let address = &person.address;
    xml.group("regAddress", |xml| {
        dictionary(xml, "country", "398", ["Қазақстан", "Казахстан"]);
        dictionary(xml, "district", address.kato, [address.district_kk, address.district_ru]);
        xml.leaf("city", address.city)
            .leaf("street", address.street)
            .leaf("building", &address.building.to_string())
            .leaf("flat", &address.flat.to_string());
    });
}

fn write_document(xml: &mut Xml, document: &Document, person: &Person) {
    let state = match document.state {
        DocumentState::InForce => ["00", "Құжат жарамды", "Документ действителен"],
        DocumentState::Invalid => ["01", "Құжат жарамсыз", "Документ недействителен"],
    };
    dictionary(xml, "type", "002", ["Жеке куәлік", "Удостоверение личности"]);
    xml.leaf("number", &document.number)
        .leaf("beginDate", &document.begins.to_string())
        .leaf("endDate", &document.ends.to_string());
    dictionary(xml, "issueOrganization", "002", ["ҚР Ішкі істер министрлігі", "МВД РК"]);
    dictionary(xml, "status", state[0], [state[1], state[2]]);
    xml.leaf("surname", &person.surname)
        .leaf("name", &person.name)
        .leaf("birthDate", &person.born.to_string());
}

/// A dictionary value: code and its names, Kazakh first.
fn dictionary(xml: &mut Xml, element: &str, code: &str, names: [&str; 2]) {
    xml.group(element, |xml| {
        xml.leaf("code", code).leaf("nameRu", names[1]).leaf("nameKz", names[0]);
    });
}
