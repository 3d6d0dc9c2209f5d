//! The question as the register's schema writes it.

use qyzmet_app::ports::OrganisationQuestion;

use super::NAMESPACE;
use crate::shep::{namespace::XSI, xml::Xml};

/// The `data` element of a question.
pub(super) fn data(question: &OrganisationQuestion) -> String {
    let mut xml = Xml::new();
    let attributes = [("xmlns:ns", NAMESPACE), ("xmlns:xsi", XSI), ("xsi:type", "ns:Request")];
    xml.element("data", &attributes, |xml| {
        xml.leaf("requestNumber", &question.message.to_string())
            .leaf("declarantId", question.requestor.as_str())
            .leaf("requestDate", &question.at.to_string())
            .leaf("requestSystemId", "EGOV")
            .group("businessData", |xml| business(xml, question));
    });
    xml.finish()
}

fn business(xml: &mut Xml, question: &OrganisationQuestion) {
    xml.leaf("BIN", question.bin.as_str())
        .group("Requestor", |xml| {
            xml.group("Person", |xml| {
                xml.leaf("IIN", question.requestor.as_str());
            });
        })
        .group("InfoAbtToken", |xml| {
            xml.group("tokens", |xml| {
                xml.leaf("Code", &question.consent.token).leaf("PublicKey", &question.consent.public_key);
            });
        });
}
