//! The register's side: consent of whoever asks first, then the invented entity in the register's own schema.

use jiff::Timestamp;
use roxmltree::Node;

use super::{
    NAMESPACE, SERVICE_ID,
    demo::{self, Head, Organisation},
    result,
};
use crate::{
    kdp::simulator::Consents,
    shep::{
        answer::{child, text},
        namespace::XSI,
        simulator::{Reply, answer_number},
        status,
        xml::Xml,
    },
};

/// Answers one question.
pub(crate) fn answer(consents: &Consents, data: Node<'_, '_>, now: Timestamp) -> Reply {
    let business = child(data, "businessData");
    let bin = business.and_then(|business| text(business, "BIN")).unwrap_or_default();
    let agreed = business.is_some_and(|business| has_consent(consents, business, now));
    let (code, entity) = match demo::find(bin) {
        _ if !agreed => (result::NO_CONSENT, None),
        Some(entity) => (result::FOUND, Some(entity)),
        None => (result::NOBODY, None),
    };
    Reply {
        status: if entity.is_some() { status::DONE } else { status::BUSINESS_NO },
        outcome: code,
        subject: bin.to_owned(),
        data: response(data, code, entity.as_ref(), now),
    }
}

/// Whether the person who asks has agreed that this register is asked.
fn has_consent(consents: &Consents, business: Node<'_, '_>, now: Timestamp) -> bool {
    let person = child(business, "Requestor").and_then(|requestor| child(requestor, "Person"));
    let iin = person.and_then(|person| text(person, "IIN")).unwrap_or_default();
    let tokens = child(business, "InfoAbtToken").into_iter().flat_map(|info| info.children());
    let mut pairs = tokens
        .filter(|node| node.has_tag_name("tokens"))
        .filter_map(|token| text(token, "Code").zip(text(token, "PublicKey")));
    pairs.any(|(token, key)| consents.holds((iin, SERVICE_ID), token, key, now))
}

fn response(asked: Node<'_, '_>, code: &str, entity: Option<&Organisation>, now: Timestamp) -> String {
    let said = |name| text(asked, name).unwrap_or_default();
    let mut xml = Xml::new();
    let attributes = [("xmlns:ns", NAMESPACE), ("xmlns:xsi", XSI), ("xsi:type", "ns:Response")];
    xml.element("data", &attributes, |xml| {
        xml.leaf("requestNumber", said("requestNumber"))
            .leaf("declarantId", said("declarantId"))
            .leaf("requestDate", &now.to_string())
            .leaf("requestSystemId", "GBDUL");
        xml.group("status", |xml| {
            xml.leaf("Code", code).leaf("NameRu", "").leaf("NameKz", "");
        });
        xml.group("businessData", |xml| {
            xml.leaf("ReportNumber", &answer_number("gbd-ul", said("requestNumber")));
            if let Some(entity) = entity {
                xml.group("Organization", |xml| write_entity(xml, entity));
            }
        });
    });
    xml.finish()
}

fn write_entity(xml: &mut Xml, entity: &Organisation) {
    xml.leaf("BIN", entity.bin.as_str())
        .leaf("OrganizationNameRu", entity.name_ru)
        .leaf("OrganizationNameKz", entity.name_kk)
        .leaf("RegistrationDate", &entity.registered.to_string());
    if let Some(head) = &entity.leader {
        xml.group("OrganizationLeader", |xml| write_head(xml, head));
    }
    xml.group("LegalAddress", |xml| {
        xml.leaf("NameRu", entity.address[1]).leaf("NameKz", entity.address[0]);
    });
}

fn write_head(xml: &mut Xml, head: &Head) {
    xml.leaf("FIO", &head.name)
        .group("PositionInfo", |xml| {
            xml.leaf("NameRu", head.position[1]).leaf("NameKz", head.position[0]);
        })
        .leaf("IIN", head.iin.as_str());
}
